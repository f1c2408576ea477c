from django.db import migrations

from search.triggers import watching


class Migration(migrations.Migration):
    dependencies = [
        ("partnerships", "0004_joint_operations"),
        ("search", "0008_partners"),
    ]

    operations = [watching("operation", "partnerships_operation")]
