"""What waits for somebody: a draft nobody touches, a submission nobody reads, a return nobody answers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce, Greatest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from capability.models import Submission, Update, UpdateMove
from capability.querysets import UpdateQuerySet
from common.days import day_of
from review.states import Status

LIAISON, OFFICER, MANAGER = "liaison", "officer", "manager"
# After how many days who hears of it. Of a submission officers hear at once, by a mail of its own.
STEPS: dict[str, dict[str, int]] = {
    Status.DRAFT: {LIAISON: 7, OFFICER: 14, MANAGER: 21},
    Status.SUBMITTED: {OFFICER: 7, MANAGER: 14},
    Status.RETURNED: {LIAISON: 3, OFFICER: 7, MANAGER: 14},
}
WORDS: dict[str, str | Promise] = {
    Status.DRAFT: _("Nothing saved in the draft"),
    Status.SUBMITTED: _("Waiting for review"),
    Status.RETURNED: _("Returned and not sent again"),
}


@dataclass(frozen=True)
class Waiting:
    """One update and the day since when nothing happens to it."""

    update: Update
    since: date

    @property
    def what(self) -> str:
        return self.update.status

    @property
    def words(self) -> str | Promise:
        return WORDS[self.what]

    def due_on(self, role: str) -> date | None:
        """The day on which `role` is to hear of it; None when it never does."""
        days = STEPS[self.what].get(role)
        return None if days is None else self.since + timedelta(days=days)

    def is_due(self, role: str, day: date) -> bool:
        due_on = self.due_on(role)
        return due_on is not None and due_on <= day


def waiting(updates: UpdateQuerySet) -> list[Waiting]:
    """Of `updates` those that somebody began and nobody finished, the longest waiting first; one query."""
    begun = updates.in_rounds().filter(status__in=STEPS).exclude(status=Status.DRAFT, last_saved_at=None)
    moved = UpdateMove.objects.filter(subject=OuterRef("pk")).order_by("-at", "-pk").values("at")[:1]
    sent = Submission.objects.filter(update_sent=OuterRef("pk")).order_by("-number").values("submitted_at")[:1]
    found = begun.annotate(moved_at=Coalesce(Subquery(moved), Subquery(sent), "last_saved_at"))
    found = found.annotate(touched_at=Greatest("moved_at", "last_saved_at")).select_related("state", "round")
    found = found.order_by(F("moved_at").asc(nulls_last=True), "pk")
    return [Waiting(update, _since(update)) for update in found if update.status == Status.SUBMITTED or update.is_open]


def due_for(roles: Iterable[str], updates: UpdateQuerySet, day: date) -> list[Waiting]:
    """What holders of `roles` should know of on `day`."""
    return [one for one in waiting(updates) if any(one.is_due(role, day) for role in roles)]


def _since(update: Any) -> date:
    """Of a draft since it was saved or came back to the state; of the others since they were sent or returned."""
    return day_of(update.touched_at if update.status == Status.DRAFT else update.moved_at)
