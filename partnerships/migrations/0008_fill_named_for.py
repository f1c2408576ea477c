from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0007_named_for_whom"), ("notices", "0004_private_mails")]

    operations = [
        # `named_for` of what stands is filled by the trigger; what was mailed so far is the recipient's own too.
        migrations.RunSQL("UPDATE partnerships_operationperson SET team_id = NULL", migrations.RunSQL.noop),
        migrations.RunSQL(
            "UPDATE notices_mail SET is_private = true WHERE kind = 'compartment changed'", migrations.RunSQL.noop
        ),
    ]
