from django.db import migrations

from search.triggers import watching


class Migration(migrations.Migration):
    dependencies = [
        ("partnerships", "0005_agreements_at_work"),
        ("search", "0006_activities"),
    ]

    operations = [
        watching("agreement", "partnerships_agreement"),
        watching("agreement", "partnerships_party", column="agreement_id"),
    ]
