"""The words of an activity are read by whoever reads of the activity."""

from typing import TYPE_CHECKING

from django.db import connection

from action_plan.querysets.activities import OfActivity

if TYPE_CHECKING:
    from action_plan.models import ActivityWord

LAST = "\U0010ffff"  # after every other letter


class ActivityWordQuerySet(OfActivity["ActivityWord"]):
    def beginning_with(self, word: str) -> "ActivityWordQuerySet":
        """Said as a range of plain comparisons, which keep their index behind the wall."""
        return self.filter(word__gte=word, word__lt=word + LAST)


def words_in(text: str) -> list[str]:
    """As the database itself takes a text apart, so that what is asked and what is kept are the same words."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT words_in(%s)", [text.replace("\0", " ")])
        return sorted(word for (word,) in cursor)
