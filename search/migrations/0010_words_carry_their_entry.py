from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("search", "0009_operations")]

    operations = [
        migrations.RemoveConstraint(model_name="spelling", name="spelling_once"),
        migrations.RemoveIndex(model_name="word", name="word_of_entries"),
        migrations.AddField("word", "kind", models.CharField(default="", max_length=20), preserve_default=False),
        migrations.AddField("word", "object_id", models.BigIntegerField(default=0), preserve_default=False),
    ]
