"""By which words activities are found: an index of our own, that serves behind the wall (decision 0028)."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from action_plan.models.activities import Activity, Audience
from action_plan.querysets.activity_words import ActivityWordQuerySet
from common.walls import NOBODY, SHARED, RowWall, SameState

LONGEST = 60
TAKES_PART = (
    "EXISTS (SELECT 1 FROM action_plan_activitystate s"
    " WHERE s.activity_id = action_plan_activityword.activity_id AND s.state_id = ANY ({states}))"
)


class ActivityWord(models.Model):
    """A word of an activity, in lower case without accents; in the order of its bytes, for words that begin alike.

    A trigger of the database writes them whenever a text of the activity changes, raw SQL included. `audience` is
    the activity's own and follows it.
    """

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="words", db_index=False)
    audience = models.CharField(max_length=12, choices=Audience.choices, editable=False)
    word = models.CharField(_("word"), max_length=LONGEST, db_collation="C")

    objects = ActivityWordQuerySet.as_manager()

    class Meta:
        verbose_name = _("word of an activity")
        verbose_name_plural = _("words of activities")
        ordering = ("activity", "word")
        indexes = (models.Index(name="activity_by_word", fields=("word", "activity")),)
        constraints: ClassVar = (
            models.UniqueConstraint(name="activity_word_once", fields=("activity", "word")),
            RowWall(
                name="activity_word_wall", read=f"{SHARED} OR (audience <> 'staff' AND {TAKES_PART})", write=NOBODY
            ),
            SameState(name="activity_word_same_audience", parent="activity", column="audience", follows="yes"),
        )

    def __str__(self) -> str:
        return self.word
