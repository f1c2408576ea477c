from django.db import migrations

from search.triggers import watching

NAMES = ("name_en", "name_es", "name_fr", "name_pt_br")
STALE = "INSERT INTO search_stale (kind, key, object_id) SELECT 'report', 'pk', id FROM reporting_run WHERE status = 'done'"


class Migration(migrations.Migration):
    """Reports lie with those who read them and are found by what they are about: all that stand are indexed anew."""

    dependencies = [
        ("partnerships", "0009_keys_of_entries"),
        ("reporting", "0009_liaisons_read_the_region"),
        ("search", "0013_more_kinds"),
    ]

    operations = [
        watching("report", "partnerships_agreement", key="agreement_id", only=NAMES),
        watching("report", "partnerships_party", key="agreement_id", column="agreement_id"),
        migrations.RunSQL(STALE, migrations.RunSQL.noop),
    ]
