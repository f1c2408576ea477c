"""What waits for liaisons and officers about updates (notices/duties.py)."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.rules import is_officer
from capability.mails import review_of, review_of_opinion
from capability.models import ReviewAssignment, SecondOpinion, Submission, Update
from capability.waiting import due_for, waiting
from common.days import day_of, today
from common.scope import reach_of
from notices.duties import MOST, Duty, duty_kind
from review.states import Status

SOON = timedelta(days=3)  # before the due date, when the reminder of the state goes out as well


def register() -> None:
    duty_kind(
        "update returned",
        heading=gettext_lazy("Answers that came back to you"),
        verb=pgettext_lazy("to do", "Mend and send"),
        find=returned,
        mails=("update returned", "return unanswered"),
    )
    duty_kind(
        "update to send",
        heading=gettext_lazy("Updates to write and send"),
        verb=pgettext_lazy("to do", "Write"),
        find=to_send,
        mails=("round opened", "update due", "draft untouched", "update extended"),
    )
    duty_kind(
        "update to review",
        heading=gettext_lazy("Updates to review"),
        verb=pgettext_lazy("to do", "Review"),
        find=to_review,
        page="update-inbox",
        mails=("review assigned", "update waiting"),
    )
    duty_kind(
        "second opinion",
        heading=gettext_lazy("Second opinions that colleagues asked you for"),
        verb=pgettext_lazy("to do", "Give your opinion"),
        find=opinions,
        mails=("second opinion asked",),
    )
    duty_kind(
        "state to ask",
        heading=gettext_lazy("States whose update is due or stands still"),
        verb=pgettext_lazy("to do", "Remind"),
        find=standing_still,
        mails=("staff digest",),
    )


def to_send(person: Any) -> Iterable[Duty]:
    return [_to_write(update) for update in _own(person, Status.DRAFT)]


def returned(person: Any) -> Iterable[Duty]:
    return [_to_write(update) for update in _own(person, Status.RETURNED)]


def _own(person: Any, status: str) -> Any:
    """Of the states that the person writes for; staff write for none."""
    reach = reach_of(person)
    if reach.staff or not reach.spoken_for:
        return []
    mine = Update.objects.visible_to(person).to_fill().filter(state__in=reach.spoken_for, status=status)
    return mine.select_related("state", "round").in_order_of_due_date()[: MOST + 1]


def _to_write(update: Update) -> Duty:
    return Duty(str(update.round), update.get_absolute_url(), update.state, update.due_on)


def to_review(person: Any) -> Iterable[Duty]:
    """What is the person's, or nobody's yet; nothing that they wrote or that is of their own state."""
    if not is_officer(person):
        return []
    assigned = ReviewAssignment.objects.visible_to(person).filter(ended_at=None, update_assigned=OuterRef("pk"))
    wrote = Submission.objects.filter(update_sent=OuterRef("pk"), authors__contains=[person.pk])
    mine = Update.objects.visible_to(person).waiting_for_review().exclude(state__in=reach_of(person).states)
    mine = mine.exclude(Exists(wrote)).exclude(Exists(assigned.exclude(person=person)))
    mine = mine.annotate(is_given=Exists(assigned))
    return [_to_read(one.update, since=one.since) for one in waiting(mine)[: MOST + 1]]


def _to_read(update: Any, since: Any) -> Duty:
    note = _("You were chosen as the reviewer.") if update.is_given else ""
    return Duty(str(update.round), review_of(update), update.state, since=since, note=note)


def opinions(person: Any) -> Iterable[Duty]:
    if not is_officer(person):
        return []
    asked = SecondOpinion.objects.visible_to(person).filter(colleague=person, given_at=None)
    asked = asked.select_related("asked_by", "answer__update__state", "answer__update__round").order_by("asked_at")
    return [_opinion(one) for one in asked[: MOST + 1]]


def _opinion(asked: SecondOpinion) -> Duty:
    update = asked.answer.update
    what = _("Question %(question)s, %(round)s") % {"question": asked.answer.question, "round": update.round}
    note = _("%(name)s asks you.") % {"name": asked.asked_by.name}
    return Duty(what, review_of_opinion(asked), update.state, since=day_of(asked.asked_at), note=note)


def standing_still(person: Any) -> Iterable[Duty]:
    """Not sent three days before the due date or later, or left alone longer than the person's role lets pass."""
    if not is_officer(person):
        return []
    others = Update.objects.visible_to(person).in_rounds().to_fill().exclude(state__in=reach_of(person).states)
    still = {one.update.pk: one for one in due_for(person.staff_roles, others, today())}
    day = today() + SOON
    near = Q(extended_until__lte=day) | Q(extended_until=None, round__due_on__lte=day) | Q(pk__in=list(still))
    found = others.filter(near).select_related("state", "round").in_order_of_due_date()[: MOST + 1]
    return [_to_remind(update, still.get(update.pk)) for update in found]


def _to_remind(update: Update, still: Any) -> Duty:
    """Drafts are reminded of on the page of the round; of what came back the page of the update tells."""
    note = still.words if still else _("Not sent yet")
    page = update.get_absolute_url()
    if update.round and update.status == Status.DRAFT:
        page = f"{reverse('round-remind', args=[update.round.slug])}?to=not-sent"
    return Duty(str(update.round), page, update.state, update.due_on, still.since if still else None, note=note)
