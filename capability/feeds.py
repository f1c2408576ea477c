"""What the framework's sources feed beside their edition: the stages that were published with it."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from capability.models import Answer
from documents import feeds


def register() -> None:
    feeds.also(_("published stages"), published_answers, "update__edition__source_id")


def published_answers(user: Any) -> QuerySet[Answer]:
    return Answer.objects.visible_to(user).filter(update__round=None)
