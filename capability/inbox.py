"""The updates inbox: which updates wait for what, and what a row of it says."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from capability.hints import hints_of
from capability.models import Answer, AnswerDecision, ReviewAssignment, Submission, Update
from capability.querysets import UpdateQuerySet
from common.translated import by_name
from review.states import Status

IN_REVIEW = "in-review"
TABS: Mapping[str, tuple[str | Promise, Q]] = {
    IN_REVIEW: (_("Waiting for review"), Q(status=Status.SUBMITTED)),
    "returned": (_("Returned"), Q(status=Status.RETURNED)),
    "in-progress": (_("In progress"), Q(status=Status.DRAFT, answered__gt=0)),
    "not-started": (_("Not started"), Q(status=Status.DRAFT, answered=0)),
    "accepted": (_("Accepted"), Q(status=Status.ACCEPTED)),
}


def counts_of(updates: UpdateQuerySet) -> dict[str, int]:
    """How many updates each tab holds; one query."""
    counts = updates.aggregate(**{tab: Count("pk", filter=which) for tab, (_words, which) in TABS.items()})
    return {tab: counts[tab] for tab in TABS}


def rows_of(updates: UpdateQuerySet, tab: str) -> Any:
    """The updates of one tab with their last sending: the longest waiting first, the others by name."""
    rows = with_last_sending(updates.filter(TABS[tab][1]).select_related("state", "round"))
    return rows.order_by("sent_at", "pk") if tab == IN_REVIEW else rows.order_by(by_name("state__name"), "-pk")


def with_last_sending(updates: UpdateQuerySet) -> Any:
    """Adds when each was first and last sent, how many answers changed, and who has decided some so far."""
    sent = Submission.objects.filter(update_sent=OuterRef("pk"))
    updates = updates.with_timeliness()
    last = sent.order_by("-number")
    changed = Answer.objects.filter(submission=OuterRef("last_sending"), is_changed=True).order_by()
    reviewer = ReviewAssignment.objects.filter(update_assigned=OuterRef("pk"), ended_at=None)
    decided = AnswerDecision.objects.filter(answer__submission=OuterRef("last_sending")).order_by()
    return updates.annotate(
        sent_at=Subquery(last.values("submitted_at")[:1]),
        last_sending=Subquery(last.values("pk")[:1]),
        reviewer=Subquery(reviewer.values("person__name")[:1]),
        last_number=Subquery(last.values("number")[:1]),
        changed=Coalesce(
            Subquery(changed.values("submission").annotate(n=Count("pk")).values("n"), output_field=IntegerField()), 0
        ),
        decided_by=ArraySubquery(decided.values("by__name").distinct()),
    )


def count_hints(updates: Iterable[Update], user: Any) -> Counter[int]:
    """How many hints the last sending of each update gives; two queries, however many there are."""
    by_sending = {update.last_sending: update for update in updates}  # type: ignore[attr-defined]
    of_profile = Q(is_current=True, state__in={update.state_id for update in by_sending.values()})
    both = Answer.objects.visible_to(user).filter(of_profile | Q(submission__in=by_sending))
    answers = list(both.select_related("update").prefetch_related("evidence").defer("facts"))
    last = {(a.state_id, a.update.edition_id, a.question): a for a in answers if a.is_current}
    counts: Counter[int] = Counter()
    for answer in answers:
        if update := by_sending.get(answer.submission_id):
            before = last.get((update.state_id, update.edition_id, answer.question))
            counts[update.pk] += len(hints_of(answer, before))
    return counts
