"""What one state of the world asked in its ministries: one enquiry whose link waits, one whose guest has answered."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.actions import digest_of
from capability.models import Contributor, DraftAnswer, DraftContributor
from common.days import today
from documents.models import File
from ministry_desk.models import AskedQuestion, Enquiry, GuestAnswer, GuestProof, Letter

GUEST_TOKEN, GUEST_KEY, A_BROWSER = "the-token-of-a-guest", "the-key-of-a-guest", "the-name-of-a-browser"


def make_enquiries(state: Any) -> dict[str, Enquiry]:
    """In the scope of the state."""
    waiting, answered = _enquiry(state), _enquiry(state)
    secrets = f"{GUEST_TOKEN}-{state.code}", f"{GUEST_KEY}-{state.code}"
    _letter(waiting, digests=[digest_of(secrets[0])])
    _letter(answered, taken_at=timezone.now(), browser=digest_of(secrets[1]), opened_with=digest_of("another"))
    _answer(state, answered)
    draft = DraftAnswer.objects.filter(update=answered.update, question="D1.1").get()
    named = {"ministry": "Justice", "answered_at": timezone.now(), "state": state.state}
    DraftContributor.objects.create(answer=draft, name=state.sing("DRAFT", "contributor"), **named)
    for submission in state.submissions.values():
        answer = submission.answers.get(question="D1.1")
        Contributor.objects.create(answer=answer, name=state.sing("SENT", "contributor"), **named)
    return {"waiting": waiting, "answered": answered}


def _enquiry(state: Any) -> Enquiry:
    enquiry = Enquiry.objects.create(
        update=state.updates["draft"],
        state=state.state,
        name=state.sing("ASKED", "name"),
        ministry=state.sing("ASKED", "ministry"),
        email="elena@example.org",
        language="en",
        message=state.sing("ASKED", "message"),
        until=today() + timedelta(days=5),
        asked_by=state.by,
    )
    indicator = next(i for i in state.world.indicators if i.code == "D1.1")
    last = {"last_stage": 2, "last_text": state.sing("ASKED", "last")}
    asked = AskedQuestion.objects.create(
        enquiry=enquiry, state=state.state, question="D1.1", indicator=indicator, **last
    )
    GuestAnswer.objects.create(asked=asked, enquiry=enquiry, state=state.state)
    return enquiry


def _letter(enquiry: Enquiry, **facts: Any) -> None:
    Letter.objects.create(
        enquiry=enquiry,
        update=enquiry.update,
        number=1,
        asked_by=enquiry.asked_by,
        language="en",
        until=enquiry.until,
        status="done",
        **facts,
    )


def _answer(state: Any, enquiry: Enquiry) -> None:
    GuestAnswer.objects.filter(enquiry=enquiry).update(
        stage=3, text=state.sing("ASKED", "answer"), saved_at=timezone.now(), sent_at=timezone.now()
    )
    answer = GuestAnswer.objects.get(enquiry=enquiry)
    added = {"answer": answer, "enquiry": enquiry, "state": state.state, "added_at": timezone.now()}
    file: File = state.files["unsent"]
    GuestProof.objects.create(title=state.sing("ASKED", "proof"), file=file, **added)
    GuestProof.objects.create(title="x", link=f"https://www.example.org/{state.sing('ASKED', 'link')}", **added)
