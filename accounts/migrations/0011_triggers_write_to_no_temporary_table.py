from django.db import migrations

from accounts.triggers import AUDIT_ROW, REFUSE_CHANGE


def anew(function: str) -> migrations.RunSQL:
    return migrations.RunSQL(function.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"), migrations.RunSQL.noop)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0010_memberships_end_at_once")]

    operations = [anew(AUDIT_ROW), anew(REFUSE_CHANGE)]
