"""How far the open round is, and what waits for the person who looks."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext, ngettext

from accounts.rules import is_officer
from capability.models import Round, Submission, Update
from common.scope import reach_of
from member_states.models import MemberState
from reporting.models import Run

SHOWN = 3


@dataclass(frozen=True)
class Part:
    """One status of the round: its squares and its line in the legend."""

    code: str
    css: str
    label: str
    count: int


@dataclass(frozen=True)
class Task:
    title: str
    note: str
    url: str


class Progress:
    """`updates` by state id, of the open round that is due first; without one everything is empty."""

    def __init__(self, user: Any, states: list[MemberState]) -> None:
        self.user = user
        self.states = states
        due_first = Round.objects.visible_to(user).open().order_by("due_on", "pk")
        self.round = due_first.select_related("edition").first()
        self.updates = {update.state_id: update for update in self._updates()}

    def _updates(self) -> list[Any]:
        """Also asked when no round is open, so that every page of this kind asks the same number of times."""
        wrote = Submission.objects.filter(update_sent=OuterRef("pk"), authors__contains=[self.user.pk])
        return list(
            Update.objects.visible_to(self.user)
            .filter(round=self.round.pk if self.round else 0)
            .annotate(
                sent_at=Max("submissions__submitted_at"),
                changed=Count("answers__question", distinct=True, filter=Q(answers__is_changed=True)),
                is_own_work=Exists(wrote),
            )
        )

    def status_of(self, state: MemberState) -> str:
        update = self.updates.get(state.pk)
        return update.display_status if update else ""

    @property
    def parts(self) -> list[Part]:
        found = Counter(update.display_status for update in self.updates.values())
        return [
            Part("accepted", "accepted", gettext("Accepted"), found["accepted"]),
            Part("submitted", "in-review", gettext("In review"), found["submitted"]),
            Part("returned", "returned", gettext("Returned"), found["returned"]),
            Part("draft", "in-progress", gettext("In progress"), found["draft"]),
            Part("not_started", "not-started", gettext("Not started"), found["not_started"]),
            Part("not_invited", "not-invited", gettext("Not invited"), len(self.not_invited)),
        ]

    @property
    def not_invited(self) -> list[MemberState]:
        return [state for state in self.states if state.pk not in self.updates] if self.round else []

    @property
    def sentences(self) -> list[str]:
        counts = {part.code: part.count for part in self.parts}
        sent = counts["accepted"] + counts["submitted"] + counts["returned"]
        waiting, missing = counts["submitted"], counts["draft"] + counts["not_started"]
        return [self._sent(sent), *self._to_review(waiting), *self._not_sent(missing)]

    def _sent(self, sent: int) -> str:
        words = ngettext(
            "%(sent)s of %(all)s member states has sent its update.",
            "%(sent)s of %(all)s member states have sent their update.",
            sent,
        )
        return words % {"sent": sent, "all": len(self.states)}

    def _to_review(self, waiting: int) -> list[str]:
        if not waiting:
            return []
        if is_officer(self.user):
            words = ngettext("%(n)s waits for your review.", "%(n)s wait for your review.", waiting)
        else:
            words = ngettext("%(n)s waits for review.", "%(n)s wait for review.", waiting)
        return [words % {"n": waiting}]

    def _not_sent(self, missing: int) -> list[str]:
        words = ngettext("%(n)s has not been sent.", "%(n)s have not been sent.", missing)
        return [words % {"n": missing}] if missing else []

    @property
    def to_review(self) -> list[Any]:
        """What this person may review, the longest waiting first: nobody reviews what they wrote."""
        if not is_officer(self.user):
            return []
        own = reach_of(self.user).states
        waiting = [u for u in self.updates.values() if u.status == "submitted" and u.state_id not in own]
        return sorted((u for u in waiting if not u.is_own_work), key=lambda update: str(update.sent_at))

    @property
    def tasks(self) -> list[Task]:
        return [*self._reviews(), *self._not_started(), *self._failed_runs()]

    def _reviews(self) -> list[Task]:
        names = {state.pk: state.name for state in self.states}
        return [
            Task(
                gettext("Review the update of %(state)s") % {"state": names[update.state_id]},
                _changes(update),
                reverse("update-review", args=[self._slugs[update.state_id], self.round.slug]),
            )
            for update in self.to_review[:SHOWN]
            if self.round
        ]

    @property
    def _slugs(self) -> dict[int, str]:
        return {state.pk: state.slug for state in self.states}

    def _not_started(self) -> list[Task]:
        missing = [update for update in self.updates.values() if update.display_status == "not_started"]
        if not missing or not self.round:
            return []
        words = ngettext("%(n)s state has not started", "%(n)s states have not started", len(missing))
        note = gettext("Send a reminder from the page of the round")
        return [Task(words % {"n": len(missing)}, note, self.round.get_absolute_url())]

    def _failed_runs(self) -> list[Task]:
        failed = Run.objects.visible_to(self.user).filter(status="failed").count()
        if not failed:
            return []
        words = ngettext("%(n)s report could not be made", "%(n)s reports could not be made", failed)
        return [Task(words % {"n": failed}, gettext("See why, and try again"), reverse("run-list"))]


def _changes(update: Any) -> str:
    words = ngettext("%(n)s changed answer, sent %(date)s", "%(n)s changed answers, sent %(date)s", update.changed)
    sent = date_format(localtime(update.sent_at), "MONTH_DAY_FORMAT") if update.sent_at else gettext("before")
    return words % {"n": update.changed, "date": sent}
