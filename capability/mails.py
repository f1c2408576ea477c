"""What the mails about updates are of, asked in the reach of whoever gets them. Texts: templates/emails."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from capability.models import Extension, ReviewAssignment, SecondOpinion, Submission, Update, UpdateMove
from capability.waiting import LIAISON, Waiting, due_for, waiting
from common.days import today
from notices.kinds import Matter, liaisons, mail_kind, staff
from review.states import Status

# What asks nothing of its reader may be put off or switched off; all else is a duty.
RECEIPTS = Matter("receipts", _("A receipt for each update that you send"), liaisons)
RESULTS = Matter("results", _("Your update was accepted"), liaisons)
ARRIVALS = Matter("arrivals", _("An update was sent for review, or taken back"), staff)
OPINIONS = Matter("opinions", _("A colleague gave the second opinion you asked for"), staff)


def register() -> None:
    mail_kind("update sent", find=sent_submission, template="emails/update_sent", link=receipt_of, matter=RECEIPTS)
    mail_kind("round opened", find=update_to_answer, template="emails/round_opened")
    mail_kind(
        "update waiting", find=update_to_review, template="emails/update_waiting", link=review_of, matter=ARRIVALS
    )
    mail_kind("update returned", find=returned_submission, template="emails/update_returned", link=update_of)
    mail_kind("update accepted", find=accepted_update, template="emails/update_accepted", matter=RESULTS)
    mail_kind("update extended", find=extension, template="emails/update_extended", link=page_of_update)
    mail_kind(
        "update taken back",
        find=taken_back_submission,
        template="emails/update_taken_back",
        link=progress_of,
        matter=ARRIVALS,
    )
    mail_kind("update due", find=update_to_send, template="emails/update_due")
    mail_kind("draft untouched", find=silent(Status.DRAFT), template="emails/draft_untouched")
    mail_kind("return unanswered", find=silent(Status.RETURNED), template="emails/return_unanswered")
    mail_kind("staff digest", find=digest, template="emails/staff_digest", link=lambda _digest: reverse("update-inbox"))
    mail_kind("acceptance withdrawn", find=withdrawn, template="emails/acceptance_withdrawn", link=sent_before)
    mail_kind("review assigned", find=assignment, template="emails/review_assigned", link=review_of_assignment)
    mail_kind("second opinion asked", find=asked_opinion, template="emails/opinion_asked", link=review_of_opinion)
    mail_kind(
        "second opinion given",
        find=given_opinion,
        template="emails/opinion_given",
        link=review_of_opinion,
        matter=OPINIONS,
    )


def sent_submission(person: Any, object_id: int) -> Submission | None:
    sent = Submission.objects.visible_to(person).select_related("update_sent__state", "update_sent__round")
    return sent.filter(pk=object_id).first()


def receipt_of(submission: Submission) -> str:
    update = submission.update_sent
    return reverse("update-receipt", args=[update.state.slug, update.round.slug if update.round else ""])


def _own_updates(person: Any) -> Any:
    return Update.objects.visible_to(person).in_full(person).select_related("state", "round")


def update_to_answer(person: Any, object_id: int) -> Update | None:
    """While it can be answered."""
    return _own_updates(person).still_open().filter(pk=object_id).first()


def update_to_send(person: Any, object_id: int) -> Update | None:
    """While it was not sent and still can be."""
    return _own_updates(person).missing().to_fill().filter(pk=object_id).first()


def update_to_review(person: Any, object_id: int) -> Update | None:
    """While it waits, for whoever may still review it."""
    update = _own_updates(person).waiting_for_review().filter(pk=object_id).first()
    return update if update and person.has_perm("capability.review_update", update) else None


def returned_submission(person: Any, object_id: int) -> Submission | None:
    """While it is not sent again; with the number of answers that came back."""
    returned = Count("answers", filter=Q(answers__decision__verdict="return"))
    sent = Submission.objects.visible_to(person).filter(pk=object_id, update_sent__status=Status.RETURNED)
    return sent.select_related("update_sent__state", "update_sent__round").annotate(returned=returned).first()


def accepted_update(person: Any, object_id: int) -> Update | None:
    return _own_updates(person).accepted().filter(pk=object_id).first()


def review_of(update: Update) -> str:
    return reverse("update-review", args=[update.state.slug, update.round.slug if update.round else ""])


def update_of(submission: Submission) -> str:
    return submission.update_sent.get_absolute_url()


def withdrawn(person: Any, object_id: int) -> UpdateMove | None:
    """While the update is not accepted again."""
    moves = UpdateMove.objects.visible_to(person).filter(pk=object_id, status_before=Status.ACCEPTED)
    return moves.exclude(subject__status=Status.ACCEPTED).select_related("subject__state", "subject__round").first()


def sent_before(step: UpdateMove) -> str:
    """Where the reason is shown, above what was sent."""
    update = step.subject
    number = update.submissions.order_by("-number").values_list("number", flat=True)[0]
    return reverse("submission-detail", args=[update.state.slug, update.round.slug if update.round else "", number])


def assignment(person: Any, object_id: int) -> ReviewAssignment | None:
    """While it is the person's to review."""
    given = ReviewAssignment.objects.visible_to(person).filter(pk=object_id, person=person, ended_at=None)
    waiting = given.filter(update_assigned__status=Status.SUBMITTED)
    return waiting.select_related("by", "update_assigned__state", "update_assigned__round").first()


def review_of_assignment(given: ReviewAssignment) -> str:
    return review_of(given.update_assigned)


def _opinions(person: Any, object_id: int) -> Any:
    asked = SecondOpinion.objects.visible_to(person).filter(pk=object_id)
    return asked.select_related("colleague", "asked_by", "answer__update__state", "answer__update__round")


def asked_opinion(person: Any, object_id: int) -> SecondOpinion | None:
    """While the person has not given it."""
    return _opinions(person, object_id).filter(colleague=person, given_at=None).first()


def given_opinion(person: Any, object_id: int) -> SecondOpinion | None:
    return _opinions(person, object_id).filter(asked_by=person, given_at__isnull=False).first()


def review_of_opinion(opinion: SecondOpinion) -> str:
    return f"{review_of(opinion.answer.update)}#answer-{opinion.answer.question.replace('.', '-')}"


def extension(person: Any, object_id: int) -> Extension | None:
    """While it is the last one, and gives time to something that is not sent."""
    given = Extension.objects.visible_to(person).select_related("update__state", "update__round", "by")
    found = given.filter(pk=object_id).first()
    is_last = found is not None and found.due_on == found.update.extended_until
    return found if found and is_last and found.update.is_to_fill else None


def page_of_update(given: Extension) -> str:
    return given.update.get_absolute_url()


def taken_back_submission(person: Any, object_id: int) -> Submission | None:
    """While it is not sent again."""
    sent = Submission.objects.visible_to(person).filter(pk=object_id, update_sent__status=Status.DRAFT)
    return sent.select_related("update_sent__state", "update_sent__round").first()


def progress_of(submission: Submission) -> str:
    return submission.update_sent.get_absolute_url()


def silent(status: str) -> Callable[[Any, int], Update | None]:
    """Finds an update in which nothing happens for longer than its liaisons should leave it."""

    def find(person: Any, object_id: int) -> Update | None:
        mine = Update.objects.visible_to(person).in_full(person).filter(pk=object_id, status=status)
        return next((one.update for one in waiting(mine) if one.is_due(LIAISON, today())), None)

    return find


@dataclass(frozen=True)
class Digest:
    """What waits today for one person of the programme."""

    waiting: list[Waiting]


def digest(person: Any, object_id: int) -> Digest | None:
    found = due_for(person.staff_roles, Update.objects.visible_to(person), today()) if person.is_programme_staff else []
    return Digest(found) if found else None
