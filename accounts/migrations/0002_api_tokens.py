import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import common.walls
from accounts.triggers import AUDIT_ROW


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [
        # What the trail leaves out has grown: the hash of a token, and when it was used.
        migrations.RunSQL(AUDIT_ROW.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"), migrations.RunSQL.noop),
        migrations.CreateModel(
            name="ApiToken",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                ("digest", models.CharField(editable=False, max_length=64, unique=True)),
                ("prefix", models.CharField(editable=False, max_length=12, verbose_name="begins with")),
                (
                    "scopes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[("read", "Read what you may read"), ("submit", "Send the update of your state")],
                            max_length=10,
                        ),
                        size=None,
                        verbose_name="may",
                    ),
                ),
                ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="made")),
                ("expires_at", models.DateTimeField(verbose_name="expires")),
                ("last_used_at", models.DateTimeField(editable=False, null=True, verbose_name="last used")),
                ("revoked_at", models.DateTimeField(editable=False, null=True, verbose_name="revoked")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="api_tokens",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "access token",
                "verbose_name_plural": "access tokens",
                "ordering": ("-made_at", "-pk"),
                "constraints": [
                    common.walls.SqlCheck(
                        name="api_token_has_scopes",
                        check="cardinality(scopes) > 0 AND scopes <@ ARRAY['read', 'submit']::varchar[]",
                    ),
                    common.walls.Audited(name="api_token_audited", state=""),
                ],
            },
        ),
    ]
