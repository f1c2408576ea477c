from django.db import migrations

from search.triggers import watching


class Migration(migrations.Migration):
    dependencies = [
        ("csirt_network", "0006_answers_and_talk"),
        ("search", "0004_teams"),
    ]

    operations = [watching("alert", "csirt_network_alert")]
