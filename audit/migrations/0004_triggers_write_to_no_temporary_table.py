from django.db import migrations

from audit.triggers import KEEPING


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_memberships_end_at_once")]

    operations = [
        migrations.RunSQL(KEEPING.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"), migrations.RunSQL.noop)
    ]
