import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import common.walls


class Migration(migrations.Migration):
    dependencies = [
        ("capability", "0001_initial"),
        ("member_states", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ReviewAssignment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="at")),
                ("ended_at", models.DateTimeField(editable=False, null=True, verbose_name="until")),
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
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="reviewer",
                    ),
                ),
                (
                    "state",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="member_states.memberstate"
                    ),
                ),
                (
                    "update_assigned",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="assignments", to="capability.update"
                    ),
                ),
            ],
            options={
                "verbose_name": "assignment",
                "verbose_name_plural": "assignments",
                "ordering": ("-at", "-pk"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("update_assigned",),
                        name="one_reviewer_at_a_time",
                    ),
                    common.walls.RowWall(
                        name="assignment_wall",
                        read="false",
                        staff_read="coalesce(state_id <> ALL ({states}), true)",
                        staff_write="coalesce(state_id <> ALL ({states}), true)",
                        write="false",
                    ),
                    common.walls.SameState(name="assignment_same_state", parent="update_assigned"),
                    common.walls.Locked(but=("ended_at",), name="assignment_locked"),
                    common.walls.Audited(name="assignment_audited", state=""),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReviewNote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("question", models.CharField(blank=True, max_length=12, verbose_name="question")),
                ("text", models.TextField(max_length=4000, verbose_name="note")),
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="member_states.memberstate"
                    ),
                ),
                (
                    "update_noted",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="notes", to="capability.update"
                    ),
                ),
            ],
            options={
                "verbose_name": "note among staff",
                "verbose_name_plural": "notes among staff",
                "ordering": ("at", "pk"),
                "constraints": [
                    common.walls.RowWall(
                        name="review_note_wall",
                        read="false",
                        staff_read="coalesce(state_id <> ALL ({states}), true)",
                        staff_write="coalesce(state_id <> ALL ({states}), true)",
                        write="false",
                    ),
                    common.walls.SameState(name="review_note_same_state", parent="update_noted"),
                    common.walls.Locked(name="review_note_locked"),
                    common.walls.Audited(name="review_note_audited", state=""),
                ],
            },
        ),
        migrations.CreateModel(
            name="SecondOpinion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("asked_at", models.DateTimeField(auto_now_add=True, verbose_name="asked at")),
                ("asked", models.TextField(blank=True, max_length=2000, verbose_name="what is asked")),
                ("text", models.TextField(blank=True, max_length=4000, verbose_name="opinion")),
                ("given_at", models.DateTimeField(editable=False, null=True, verbose_name="given at")),
                (
                    "answer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="opinions", to="capability.answer"
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="asked by",
                    ),
                ),
                (
                    "colleague",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="colleague",
                    ),
                ),
                (
                    "state",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="member_states.memberstate"
                    ),
                ),
            ],
            options={
                "verbose_name": "second opinion",
                "verbose_name_plural": "second opinions",
                "ordering": ("asked_at", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("given_at", None)),
                        fields=("answer", "colleague"),
                        name="opinion_asked_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("given_at", None), ("text", "")),
                            models.Q(("given_at__isnull", False), models.Q(("text", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="opinion_given_with_words",
                    ),
                    common.walls.RowWall(
                        name="opinion_wall",
                        read="false",
                        staff_read="coalesce(state_id <> ALL ({states}), true)",
                        staff_write="coalesce(state_id <> ALL ({states}), true)",
                        write="false",
                    ),
                    common.walls.SameState(name="opinion_same_state", parent="answer"),
                    common.walls.Locked(but=("text", "given_at"), name="opinion_locked"),
                    common.walls.Audited(name="opinion_audited", state=""),
                ],
            },
        ),
    ]
