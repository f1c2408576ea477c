from django.db import migrations

from search.triggers import watching


class Migration(migrations.Migration):
    dependencies = [
        ("action_plan", "0010_activity_parts"),
        ("search", "0005_alerts"),
    ]

    operations = [watching("activity", "action_plan_activity")]
