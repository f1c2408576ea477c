from django.db import migrations

from audit.triggers import KEEPING


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_the_last_day_ends_in_the_west")]

    operations = [
        migrations.RunSQL(KEEPING.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"), migrations.RunSQL.noop)
    ]
