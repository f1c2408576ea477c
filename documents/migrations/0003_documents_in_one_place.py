import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import common.walls
import documents.readings


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0002_loaded"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Link",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state_id", models.BigIntegerField(null=True, verbose_name="member state")),
                ("url", models.CharField(max_length=500, verbose_name="link")),
                ("host", models.CharField(max_length=255, verbose_name="server")),
                ("checked_at", models.DateTimeField(null=True, verbose_name="last checked")),
                (
                    "next_check_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="next check"
                    ),
                ),
                ("claimed_until", models.DateTimeField(editable=False, null=True)),
                ("status", models.PositiveSmallIntegerField(null=True, verbose_name="status by HTTP")),
                (
                    "is_refused",
                    models.BooleanField(default=False, verbose_name="never asked, because its address is not public"),
                ),
                ("failed_since", models.DateTimeField(null=True, verbose_name="first failed at")),
                ("failures", models.PositiveSmallIntegerField(default=0, verbose_name="days on which it failed")),
            ],
            options={
                "verbose_name": "link",
                "verbose_name_plural": "links",
                "ordering": ("host", "url"),
            },
        ),
        migrations.CreateModel(
            name="Reading",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "fact",
                    models.CharField(choices=documents.readings.choices_of_facts, max_length=60, verbose_name="fact"),
                ),
                ("state_id", models.BigIntegerField(blank=True, null=True, verbose_name="member state")),
                ("says_en", models.CharField(max_length=300, verbose_name="what it says, in English")),
                ("says_es", models.CharField(max_length=300, verbose_name="what it says, in Spanish")),
                ("says_fr", models.CharField(max_length=300, verbose_name="what it says, in French")),
                ("says_pt_br", models.CharField(max_length=300, verbose_name="what it says, in Portuguese")),
                ("place", models.CharField(blank=True, max_length=200, verbose_name="where in the source")),
                ("dated", models.CharField(blank=True, max_length=60, verbose_name="date as stated")),
            ],
            options={
                "verbose_name": "reading of a source",
                "verbose_name_plural": "readings of sources",
                "ordering": ("fact", "dated", "pk"),
            },
        ),
        migrations.RemoveConstraint(
            model_name="file",
            name="file_locked",
        ),
        migrations.AddField(
            model_name="file",
            name="replaces",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="newer", to="documents.file"
            ),
        ),
        migrations.AddField(
            model_name="file",
            name="withdrawn_at",
            field=models.DateTimeField(null=True, verbose_name="withdrawn at"),
        ),
        migrations.AddField(
            model_name="file",
            name="withdrawn_because",
            field=models.TextField(blank=True, max_length=500, verbose_name="why it was withdrawn"),
        ),
        migrations.AddField(
            model_name="file",
            name="withdrawn_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="withdrawn_files",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="file",
            constraint=common.walls.SameState(name="file_same_state_as_before", parent="replaces"),
        ),
        migrations.AddConstraint(
            model_name="file",
            constraint=common.walls.Locked(
                but=("is_sent", "withdrawn_at", "withdrawn_by_id", "withdrawn_because"), name="file_locked"
            ),
        ),
        migrations.AddConstraint(
            model_name="file",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("withdrawn_at", None), ("withdrawn_because", ""), ("withdrawn_by", None)),
                    models.Q(
                        ("withdrawn_at__isnull", False),
                        ("withdrawn_by__isnull", False),
                        models.Q(("withdrawn_because", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="file_withdrawn_by_somebody_because",
            ),
        ),
        migrations.AddIndex(
            model_name="link",
            index=models.Index(fields=["next_check_at"], name="link_next_check"),
        ),
        migrations.AddConstraint(
            model_name="link",
            constraint=models.UniqueConstraint(fields=("state_id", "url"), name="link_once", nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name="link",
            constraint=common.walls.RowWall(
                name="link_wall", read="state_id IS NULL OR state_id = ANY ({states})", write="false"
            ),
        ),
        migrations.AddField(
            model_name="reading",
            name="source",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="readings",
                to="documents.source",
                verbose_name="source",
            ),
        ),
        migrations.AddConstraint(
            model_name="reading",
            constraint=models.UniqueConstraint(
                fields=("fact", "state_id", "source"), name="reading_once", nulls_distinct=False
            ),
        ),
        migrations.AddConstraint(
            model_name="reading",
            constraint=common.walls.Audited(name="reading_audited"),
        ),
    ]
