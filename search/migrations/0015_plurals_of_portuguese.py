from django.db import migrations

STALE = """
INSERT INTO search_stale (kind, key, object_id)
SELECT DISTINCT kind, 'pk', object_id FROM search_word WHERE word ~ '(oes|aes|eis|ens|ins)$'
"""


class Migration(migrations.Migration):
    """Plurals like ações are found by their singular, ação: whatever holds one is indexed anew."""

    dependencies = [("search", "0014_reports_for_their_readers")]

    operations = [migrations.RunSQL(STALE, migrations.RunSQL.noop)]
