from django.db import migrations

from search.triggers import watching


class Migration(migrations.Migration):
    dependencies = [
        ("partnerships", "0005_agreements_at_work"),
        ("search", "0008_partners"),
    ]

    operations = [watching("agreement", "partnerships_partner", key="parties__partner")]
