"""Notes to Chile and Jamaica at each point of their life, scans, and points of contact."""

from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from common.days import today
from common.scope import Reach, scope
from correspondence.actions.scans import bring_to
from correspondence.models import Note, NoteScan
from csirt_network.actions.files import keep
from member_states.models import MemberState
from notices.outbox import post
from tests.access.canaries import CHILE, JAMAICA, canary
from tests.documents import corpus
from tests.factories.correspondence import make_contact, make_note
from tests.factories.library import a_file

KINDS = ("note", "note-scan", "point")
CODES = {"chile": CHILE, "jamaica": JAMAICA}
REPLY = {"reply_said": "said", "reply_reference": "reference"}


def make_correspondence(world: Any) -> dict[str, dict[str, Any]]:
    return {slug: _of_state(world, slug) for slug in CODES}


def _of_state(world: Any, slug: str) -> dict[str, Any]:
    state, code, by = MemberState.objects.get(slug=slug), CODES[slug], world.people["officer"]
    made: dict[str, Any] = {}
    for status in ("draft", "issued", "sent", "answered", "cancelled"):
        kind = "DESK" if status == "draft" else "SENT"
        made[status] = make_note(state, by, status=status, text=canary(code, kind, f"note-{status}"))
    offered = world.things[slug]["plans"]["offered"]
    with scope(Reach(staff=True, person=by.pk)):
        version = offered.versions.get()
    made["agreed"] = make_note(state, by, status="answered", purpose="plan", record=version)
    named = {"purpose": "nominations", "record": world.training["course"]}
    made["named"] = make_note(state, by, status="answered", outcome="names", **named)
    with scope(Reach(staff=True, person=by.pk)):
        said = {column: canary(code, "SENT", word) for column, word in REPLY.items()}
        Note.objects.filter(pk=made["answered"].pk).update(**said)
        Note.objects.filter(pk=made["cancelled"].pk).update(why_cancelled=canary(code, "SENT", "cancelled"))
        made["scan"] = bring_to(note=made["sent"], upload=_file(canary(code, "SENT", "scan")), by=by)
        waiting = NoteScan(brought_by=by, found=canary(code, "DESK", "found"))
        made["waiting"] = keep(waiting, upload=_file(canary(code, "DESK", "waiting")))
        for kind in ("note overdue", "note reply brought"):
            post(kind=kind, object_id=made["sent"].pk, people=world.people.values(), threshold="a test")
    named = {column: canary(code, "SENT", column) for column in ("post", "institution", "phone", "named_reference")}
    named["phone"] = canary(code, "SENT", "tel")
    email = f"{canary(code, 'SENT', 'poc')}x@example.org"
    made["current"] = make_contact(state, by, canary(code, "SENT", "poc"), email=email, **named)
    ended = {"ends_on": today() - timedelta(days=2), "ended_by": by, "ended_reference": canary(code, "SENT", "end")}
    made["former"] = make_contact(state, by, canary(code, "SENT", "former"), email="f@example.org", **ended)
    return made


def _file(name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(f"{name}pdf", corpus.pdf(), "application/pdf")


def correspondence_arguments(world: Any, kind: str, which: str, state: str) -> dict[str, Any]:
    own = world.correspondence[state]
    if kind == "note-scan":
        return {"pk": own[which].pk, "token": own[which].token}
    return {"pk": own[which].pk, "purpose": "join"}


def note(world: Any) -> dict[str, Any]:
    return {"states": [str(MemberState.objects.get(slug="chile").pk)], "language": "", "reply_days": "20"}


def named(_: Any) -> dict[str, Any]:
    person = {"name": "Nora Nueva", "institution": "Ministry of Justice", "email": "nora@example.org"}
    return person | {"language": "es", "starts_on": str(today()), "named_reference": "NV 9/2026"}


def reached(_: Any) -> dict[str, Any]:
    return {"institution": "Ministry of Justice", "email": "new@example.org", "language": "en", "edited": "0"}


def a_nominee(_: Any) -> dict[str, Any]:
    person = {"name": "Nora Nueva", "institution": "Ministry of Justice", "email": "nueva@example.org"}
    return person | {"sector": "public", "gender": "not stated", "language": "es", "why": "Leads the team"}


def a_scan(_: Any) -> dict[str, Any]:
    return {"file": a_file("reply.pdf")}


def a_reply(_: Any) -> dict[str, Any]:
    return {"on": str(today()), "outcome": "declined", "edited": "0"}


BODIES = {
    "notes/new/<slug:purpose>/": note,
    "notes/drafts/": lambda world: {"notes": [f"{world.correspondence['chile']['draft'].pk}-0"]},
    "notes/scans/": a_scan,
    "notes/scans/<int:pk>/match/": lambda world: {"number": world.correspondence["chile"]["sent"].mark},
    "notes/scans/<int:pk>/aside/": lambda _: {"why": "An invitation to a reception"},
    "notes/<int:pk>/edit/": lambda _: {"text": "Other words.", "reply_days": "10", "edited": "0"},
    "notes/<int:pk>/issue/": lambda _: {"edited": "0"},
    "notes/<int:pk>/discard/": lambda _: {"go": "yes"},
    "notes/<int:pk>/hand-over/": lambda _: {"on": str(today()), "way": "hand"},
    "notes/<int:pk>/scan/": a_scan,
    "notes/<int:pk>/sign-plan/": lambda _: {"go": "yes"},
    "notes/<int:pk>/reply/": a_reply,
    "notes/<int:pk>/reply/correct/": a_reply,
    "notes/<int:pk>/nominate/": a_nominee,
    "notes/<int:pk>/cancel/": lambda _: {"why": "A slip"},
    "contact-points/<int:pk>/edit/": reached,
    "contact-points/<int:pk>/confirm/": lambda _: {"on": str(today())},
    "contact-points/<int:pk>/end/": lambda _: {"on": str(today()), "reference": "NV 11/2026"},
    "states/<slug:slug>/contact-points/new/": named,
}
ALSO_OFFERED = {
    "notes/new/<slug:purpose>/": {"record"},
    "notes/<int:pk>/reply/": {"reference", "said", "clock_runs"},
    "notes/<int:pk>/reply/correct/": {"reference", "said", "clock_runs"},
    "notes/scans/": {"typed"},
    "contact-points/<int:pk>/edit/": {"post", "phone"},
    "contact-points/<int:pk>/end/": {"note"},
    "states/<slug:slug>/contact-points/new/": {"post", "phone", "named_note"},
}
