from django.db import migrations

WORDS = """
UPDATE search_word SET kind = entry.kind, object_id = entry.object_id
  FROM search_entry AS entry WHERE entry.id = entry_id
"""
SPELLINGS = """
INSERT INTO search_spelling (gram, word, state_id, audience)
SELECT DISTINCT gram, word, NULL::bigint, audience FROM search_spelling AS of_state
 WHERE state_id IS NOT NULL AND NOT EXISTS (
   SELECT FROM search_spelling AS there
    WHERE (there.gram, there.word, there.audience) = (of_state.gram, of_state.word, of_state.audience)
      AND there.state_id IS NULL);
DELETE FROM search_spelling WHERE state_id IS NOT NULL AND audience IN ('public', 'states');
"""


class Migration(migrations.Migration):
    """What stands in the index gets what the new indexes of it ask for; nothing has to be indexed anew."""

    dependencies = [("search", "0010_words_carry_their_entry")]

    operations = [
        migrations.RunSQL(WORDS, migrations.RunSQL.noop),
        migrations.RunSQL(SPELLINGS, migrations.RunSQL.noop),
    ]
