"""What a guest writes: kept as it is typed, sent once, and closed then."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.actions import keep_file
from documents.models import File
from member_states.models import MemberState
from ministry_desk.guests import Guest
from ministry_desk.models import GuestAnswer, GuestProof
from notices.outbox import post
from review.actions import Refused

MOST_PROOFS = 10  # of one question
MOST_FILES = 40  # of one enquiry, removed ones too: what was uploaded is kept


@transaction.atomic
def save_answer(*, answer: GuestAnswer, stage: int | None, text: str, guest: Guest) -> None:
    """Nothing is written when nothing is different."""
    if (answer.stage, answer.text) == (stage, text):
        return
    mine = GuestAnswer.objects.visible_to(guest).filter(pk=answer.pk, sent_at=None)
    if not mine.update(stage=stage, text=text, saved_at=timezone.now()):
        raise Refused(_("Your answers were sent, so they cannot be changed any more."))
    answer.stage, answer.text = stage, text


def attach_file(*, answer: GuestAnswer, upload: Any, guest: Guest) -> None:
    """Raises a ValidationError whose sentence is for the guest."""
    _check_room(answer, guest)
    if File.objects.visible_to(guest).filter(guest_id=answer.enquiry_id).count() >= MOST_FILES:
        raise Refused(_("Forty files are the most that can be added here, those that were removed included."))
    state = MemberState(pk=answer.state_id)
    kept = keep_file(upload=upload, state=state, by=None, guest=answer.enquiry_id)
    _attach(answer, kept.name, file=kept)


def attach_link(*, answer: GuestAnswer, link: str, guest: Guest) -> None:
    """The same link once."""
    if GuestProof.objects.visible_to(guest).filter(answer=answer, link=link).exists():
        return
    _check_room(answer, guest)
    _attach(answer, link.split("://", 1)[-1].rstrip("/"), link=link)


def detach(*, answer: GuestAnswer, proof: int, guest: Guest) -> None:
    if answer.sent_at is None:
        GuestProof.objects.visible_to(guest).filter(pk=proof, answer=answer).delete()


@transaction.atomic
def send_answers(*, guest: Guest) -> None:
    """Once; then the answers are the liaisons' to take over."""
    mine = GuestAnswer.objects.visible_to(guest).filter(sent_at=None)
    if mine.update(sent_at=timezone.now()):
        letter = guest.letter
        number = str(letter.number)
        post(kind="colleague answered", object_id=letter.enquiry_id, people=[letter.asked_by], threshold=number)


def _check_room(answer: GuestAnswer, guest: Guest) -> None:
    held = GuestAnswer.objects.visible_to(guest).select_for_update(of=("self",))
    if not held.filter(pk=answer.pk, sent_at=None):
        raise Refused(_("Your answers were sent, so they cannot be changed any more."))
    if GuestProof.objects.visible_to(guest).filter(answer=answer).count() >= MOST_PROOFS:
        raise Refused(_("Ten documents and links are the most for one question. Remove one first."))


def _attach(answer: GuestAnswer, title: str, *, file: File | None = None, link: str = "") -> None:
    GuestProof.objects.create(
        answer=answer,
        enquiry_id=answer.enquiry_id,
        state_id=answer.state_id,
        title=title[:200],
        file=file,
        link=link,
        added_at=timezone.now(),
    )
