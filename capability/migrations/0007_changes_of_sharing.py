import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import common.walls

CHOICES = [
    ("programme", "Only the programme's staff"),
    ("states", "Liaisons of all member states"),
    ("public", "Everybody"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("capability", "0006_strategies_in_rows"),
        ("member_states", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SharingChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("before", models.CharField(choices=CHOICES, max_length=10, verbose_name="before")),
                ("after", models.CharField(choices=CHOICES, max_length=10, verbose_name="after")),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="at")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "state",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sharing_changes",
                        to="member_states.memberstate",
                    ),
                ),
            ],
            options={
                "verbose_name": "change of sharing",
                "verbose_name_plural": "changes of sharing",
                "ordering": ("-at", "-pk"),
                "constraints": [
                    common.walls.RowWall(
                        name="sharing_change_wall", read="state_id = ANY ({states})", write="false"
                    ),
                    common.walls.Locked(name="sharing_change_locked"),
                    common.walls.Audited(name="sharing_change_audited"),
                ],
            },
        ),
    ]
