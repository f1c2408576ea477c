from django.db import migrations, models

# The portal may use every new table (deploy/privileges.sql); of the trail it may read and add, and seal what it added.
TAKEN = """
REVOKE UPDATE, DELETE ON accounts_auditentry, audit_fingerprint, audit_seal FROM oas_app, oas_all;
GRANT UPDATE (seal_id) ON audit_fingerprint TO oas_all;
REVOKE INSERT, UPDATE, DELETE ON audit_tally FROM oas_app;
REVOKE DELETE ON audit_tally FROM oas_all;
"""
GIVEN_BACK = """
GRANT UPDATE, DELETE ON accounts_auditentry, audit_fingerprint, audit_seal TO oas_app, oas_all;
"""
SEALS_SO_FAR = """
INSERT INTO audit_tally (id, seals) SELECT 1, count(*) FROM audit_seal HAVING count(*) > 0;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0004_triggers_write_to_no_temporary_table")]

    operations = [
        migrations.CreateModel(
            name="Tally",
            fields=[
                ("id", models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("seals", models.BigIntegerField(verbose_name="seals made")),
            ],
            options={
                "verbose_name": "count of seals",
                "verbose_name_plural": "counts of seals",
                "constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="one_tally")],
            },
        ),
        migrations.RunSQL(SEALS_SO_FAR, migrations.RunSQL.noop),
        migrations.RunSQL(TAKEN, GIVEN_BACK),
    ]
