"""Asking a colleague, asking again, and taking the question back."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from capability.drafts import Content, Item
from capability.models import Update
from common.days import today
from ministry_desk.guests import close_letters
from ministry_desk.models import AskedQuestion, Enquiry, GuestAnswer, Letter
from notices.bell import ring_soon
from review.actions import Refused

MOST_ENQUIRIES = 100  # of one update


def latest_day(update: Update) -> date:
    """Fourteen days, and never past the day the update is due; when that is over already, fourteen days."""
    most = today() + timedelta(days=Enquiry.LONGEST_DAYS)
    due = update.due_on
    return min(most, due) if due and due >= today() else most


@transaction.atomic
def ask(*, update: Update, items: list[Item], with_last: bool, by: Any, **asked: Any) -> Enquiry:
    """Sends the questions of `items`; `asked` are columns of the enquiry. Raises Refused when nothing may change."""
    _hold(update, by)
    if Enquiry.objects.visible_to(by).filter(update=update).count() >= MOST_ENQUIRIES:
        raise Refused(_("A hundred letters to colleagues are the most for one update. Ask again in one that stands."))
    enquiry = Enquiry.objects.create(update=update, state_id=update.state_id, asked_by=by, **asked)
    questions = AskedQuestion.objects.bulk_create(_asked(enquiry, item, with_last) for item in items)
    GuestAnswer.objects.bulk_create(
        GuestAnswer(asked=question, enquiry=enquiry, state_id=enquiry.state_id) for question in questions
    )
    _write_letter(enquiry, by)
    return enquiry


@transaction.atomic
def ask_again(*, enquiry: Enquiry, message: str, until: date, by: Any) -> None:
    """A new link; the ones before are dead. What was answered and not taken over may be written once more."""
    held = _hold_enquiry(enquiry, by)
    _hold(held.update, by)
    answers = GuestAnswer.objects.visible_to(by).filter(enquiry=held, is_taken=False)
    if not answers.exists():
        raise Refused(_("You took over every answer. Ask a new question if you need to know more."))
    close_letters(held)
    answers.update(sent_at=None, settled_at=None, settled_by=None)
    Enquiry.objects.visible_to(by).filter(pk=held.pk).update(message=message, until=until, revoked_at=None)
    held.until = until
    _write_letter(held, by)


@transaction.atomic
def revoke(*, enquiry: Enquiry, by: Any) -> None:
    """Once more changes nothing. What was sent already stays with the liaisons."""
    held = _hold_enquiry(enquiry, by)
    close_letters(held)
    Enquiry.objects.visible_to(by).filter(pk=held.pk, revoked_at=None).update(revoked_at=timezone.now())


def _hold(update: Update, by: Any) -> None:
    held = Update.objects.visible_to(by).select_for_update(of=("self",)).select_related("round").get(pk=update.pk)
    if not held.is_to_fill:
        raise Refused(_("This update cannot be changed now, so there is nothing to ask for."))


def _hold_enquiry(enquiry: Enquiry, by: Any) -> Enquiry:
    held = Enquiry.objects.visible_to(by).select_for_update(of=("self",))
    return held.select_related("update__round").get(pk=enquiry.pk)


def _asked(enquiry: Enquiry, item: Item, with_last: bool) -> AskedQuestion:
    last = Content.of(item.last) if with_last else Content()
    return AskedQuestion(
        enquiry=enquiry,
        state_id=enquiry.state_id,
        question=item.question.code,
        indicator=item.question.indicator,
        last_stage=last.stage,
        last_text=last.text,
    )


def _write_letter(enquiry: Enquiry, by: Any) -> None:
    before = Letter.objects.visible_to(by).filter(enquiry=enquiry).aggregate(last=Max("number"))["last"] or 0
    letter = Letter.objects.create(
        enquiry=enquiry,
        update_id=enquiry.update_id,
        number=before + 1,
        asked_by=by,
        language=enquiry.language,
        until=enquiry.until,
    )
    ring_soon(letter)
