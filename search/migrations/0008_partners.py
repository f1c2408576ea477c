from django.db import migrations

from search.triggers import watching


class Migration(migrations.Migration):
    dependencies = [
        ("partnerships", "0005_agreements_at_work"),
        ("search", "0007_agreements"),
    ]

    operations = [
        watching("partner", "partnerships_partner"),
        watching("agreement", "partnerships_partner", key="parties__partner"),
    ]
