"""Applications to the network, at each point of their life."""

import itertools
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from common.scope import Reach, scope
from csirt_network.models import Application, ApplicationDocument, Approval
from documents.actions import keep_file
from documents.models import File
from member_states.models import MemberState
from tests.documents import corpus

WAY = ("sent", "contact point", "consent", "documents", "decision", "meeting")
SIGNED = {"contact point": 1, "consent": 2, "documents": 3, "returned": 3, "decision": 4, "meeting": 5, "member": 6}
NUMBERS = itertools.count()


def make_application(
    state: MemberState, by: Any, *, stands: str = "draft", said: str = "", **facts: Any
) -> Application:
    """As far as `stands` says, with its founding document and what was signed on the way, each step saying `said`."""
    signed = SIGNED.get(stands, 0)
    whole: dict[str, Any] = {"name": f"Team {next(NUMBERS)}", "kind": "sector", "host": "A bank", "language": "en"}
    whole |= {"head_name": "Helga Head", "head_email": "helga@example.org", "constituency": "The banks"}
    whole |= {"sent_at": timezone.now()} if signed else {}
    with scope(Reach(staff=True, person=by.pk)):
        application = Application.objects.create(state=state, opened_by=by, stands=stands, **whole | facts)
    _document(application, by)
    with scope(Reach(staff=True, person=by.pk)):
        for step in WAY[:signed]:
            verdict = "more" if (step, stands) == ("documents", "returned") else "yes"
            Approval.objects.create(
                application=application, state=state, step=step, verdict=verdict, statement=said, by=by
            )
    return application


def _document(application: Application, by: Any) -> None:
    with scope(Reach(states=(application.state_id,), person=by.pk)):
        upload = SimpleUploadedFile("decree.pdf", corpus.pdf(), "application/pdf")
        file = keep_file(upload=upload, state=application.state, by=by)
        File.objects.filter(pk=file.pk).update(is_sent=True)
        ApplicationDocument.objects.create(
            application=application, state=application.state, file=file, name=file.name, size=file.size, by=by
        )
