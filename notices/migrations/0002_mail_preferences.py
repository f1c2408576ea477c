import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import common.walls


class Migration(migrations.Migration):
    dependencies = [
        ("notices", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="mail",
            name="digest",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="gathered",
                to="notices.mail",
                verbose_name="digest",
            ),
        ),
        migrations.CreateModel(
            name="MailPreference",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("matter", models.CharField(max_length=40, verbose_name="matter")),
                (
                    "pace",
                    models.CharField(
                        choices=[
                            ("at once", "At once"),
                            ("daily", "Once a day, together"),
                            ("weekly", "Once a week, together"),
                            ("never", "Never"),
                        ],
                        default="at once",
                        max_length=8,
                        verbose_name="how soon",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mail_preferences",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "mail preference",
                "verbose_name_plural": "mail preferences",
                "ordering": ("person", "matter"),
                "constraints": [
                    models.UniqueConstraint(fields=("person", "matter"), name="mail_preference_once"),
                    common.walls.RowWall(
                        name="mail_preference_wall",
                        read="person_id = {person}",
                        write="person_id = {person}",
                        staff_read="person_id = {person}",
                        staff_write="person_id = {person}",
                    ),
                    common.walls.Audited(name="mail_preference_audited", private=True, state=""),
                ],
            },
        ),
    ]
