from django.db import migrations

from search.triggers import watching


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0003_library"),
        ("csirt_network", "0002_directory"),
    ]

    operations = [
        watching("team", "csirt_network_team", only=("name", "short_name", "host", "kind", "state_id")),
    ]
