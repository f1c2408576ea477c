from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("search", "0011_fill_words")]

    operations = [
        migrations.AddIndex(
            "word",
            models.Index(
                name="word_of_audience",
                fields=["word", "audience", "kind", "object_id"],
                include=("state_id",),
            ),
        ),
        migrations.AddIndex(
            "word",
            models.Index(
                name="word_of_state",
                fields=["word", "state_id", "audience", "kind", "object_id"],
                condition=models.Q(state_id__isnull=False),
            ),
        ),
        migrations.AddConstraint(
            "spelling",
            models.UniqueConstraint(
                name="spelling_once", fields=("gram", "audience", "state_id", "word"), nulls_distinct=False
            ),
        ),
    ]
