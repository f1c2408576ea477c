from django.db import migrations

import common.walls


class Migration(migrations.Migration):
    """Until now only the update tied an answer to its state: it could have hung under another state's submission."""

    dependencies = [("capability", "0002_review_among_staff")]

    operations = [
        migrations.AddConstraint(
            model_name="answer",
            constraint=common.walls.SameState(name="answer_submission_same_state", parent="submission"),
        ),
    ]
