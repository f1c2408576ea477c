"""What the outbox knows of the reports that were sent until now; the names are those of today."""

from django.db import migrations

COPY = """
INSERT INTO reporting_delivery (run_id, state_id, person_id, name, language, at)
SELECT run.id, run.state_id, person.id, person.name, person.language, mail.queued_at
  FROM notices_mail mail
  JOIN reporting_run run ON run.id = mail.object_id
  JOIN accounts_user person ON person.id = mail.person_id
 WHERE mail.kind = 'brief ready'
 ORDER BY mail.id
    ON CONFLICT DO NOTHING
"""


class Migration(migrations.Migration):
    dependencies = [
        ("reporting", "0003_progress_and_deliveries"),
        ("notices", "0001_initial"),
        ("accounts", "0001_initial"),
    ]

    operations = [migrations.RunSQL(COPY, migrations.RunSQL.noop)]
