import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_what_staff_say_stays_among_them")]

    operations = [
        migrations.AddField(
            "user", "tour_left", models.BooleanField(default=False, verbose_name="has left the tour of the first day")
        ),
        migrations.AddField(
            "user",
            "tour_done",
            django.contrib.postgres.fields.ArrayField(
                models.CharField(max_length=30), blank=True, default=list, verbose_name="steps of the tour done"
            ),
        ),
    ]
