from django.db import migrations

from accounts.triggers import AUDIT_ROW


class Migration(migrations.Migration):
    dependencies = [("accounts", "0012_what_tokens_send")]

    operations = [
        migrations.RunSQL(AUDIT_ROW.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"), migrations.RunSQL.noop)
    ]
