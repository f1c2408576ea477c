from django.db import migrations, models

# Drawn once and never again: the ids of all that the portal makes hang on it. It goes with every copy of the database.
DRAWN = """
DO $$
BEGIN
    IF to_regprocedure('exchange_namespace()') IS NULL THEN
        EXECUTE format(
            'CREATE FUNCTION exchange_namespace() RETURNS uuid LANGUAGE sql IMMUTABLE AS %L',
            format('SELECT %L::uuid', gen_random_uuid())
        );
    END IF;
END $$;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('exchange', '0007_about_alert'),
    ]

    operations = [
        migrations.RunSQL(DRAWN, migrations.RunSQL.noop),
        migrations.RemoveConstraint(
            model_name='stixobject',
            name='stix_version_once',
        ),
        migrations.AddField(
            model_name='stixobject',
            name='line',
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AddConstraint(
            model_name='stixobject',
            constraint=models.UniqueConstraint(condition=models.Q(('gone_at', None)), fields=('collection', 'stix_id', 'version', 'line'), name='stix_version_once', nulls_distinct=False),
        ),
    ]
