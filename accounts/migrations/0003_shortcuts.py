from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_api_tokens")]

    operations = [
        migrations.AddField(
            "user",
            "shortcuts",
            models.BooleanField(default=True, verbose_name="single keys as shortcuts when reviewing"),
        ),
    ]
