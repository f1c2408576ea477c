"""The updates inbox: which updates wait for what, and what a row of it says."""

from collections.abc import Mapping
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from capability.models import Answer, AnswerDecision, Submission
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
    last = sent.order_by("-number")
    changed = Answer.objects.filter(submission=OuterRef("last_sending"), is_changed=True).order_by()
    decided = AnswerDecision.objects.filter(answer__submission=OuterRef("last_sending")).order_by()
    return updates.annotate(
        first_sent_at=Subquery(sent.order_by("number").values("submitted_at")[:1]),
        sent_at=Subquery(last.values("submitted_at")[:1]),
        last_sending=Subquery(last.values("pk")[:1]),
        last_number=Subquery(last.values("number")[:1]),
        changed=Coalesce(
            Subquery(changed.values("submission").annotate(n=Count("pk")).values("n"), output_field=IntegerField()), 0
        ),
        decided_by=ArraySubquery(decided.values("by__name").distinct()),
    )
