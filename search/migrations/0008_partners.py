from django.db import migrations

from search.triggers import watching


class Migration(migrations.Migration):
    dependencies = [
        ("partnerships", "0005_agreements_at_work"),
        ("search", "0007_agreements"),
    ]

    operations = [
        watching("partner", "partnerships_partner"),
<<<<<<< HEAD
=======
        # By the names of its partners an agreement is found: theirs may change.
>>>>>>> a728478 (search: find partners; benchmarks: the tables of 1,000 agreements)
        watching("agreement", "partnerships_partner", key="parties__partner"),
    ]
