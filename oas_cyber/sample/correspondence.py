"""Notes verbales of the trial at each point of their life, a scan that waits, and points of contact."""

from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from capability.models import Round
from common.days import today
from correspondence.actions import contacts, notes, scans
from correspondence.models import Note
from correspondence.paper import as_pdf
from correspondence.purposes import Purpose
from member_states.models import MemberState
from oas_cyber.sample.clock import at, days_ago
from oas_cyber.sample.people import Cast

PEOPLE = {
    "chile": ("Elena Enlace", "Ministry of the Interior (sample)", 20),
    "jamaica": ("Paul Placeholder", "Ministry of Science (sample)", 500),
    "haiti": ("Estelle Exemple", "Ministère de l’Intérieur (exemple)", 200),
}


def make_correspondence(cast: Cast) -> None:
    by, states = cast.officer(0), {state.slug: state for state in MemberState.objects.all()}
    with at(days_ago(40)):
        asked = _notes(Purpose.CONTACT_POINTS, [states["chile"], states["jamaica"]], by)
        for note in asked:
            notes.issue(note=note, edited=0, by=by)
            notes.hand_over(note=note, on=today(), way="hand", by=by)
    with at(days_ago(20)):
        said: dict[str, Any] = {"reference": "NV 31/2026", "said": "Names one point of contact.", "outcome": "names"}
        notes.record_reply(note=asked[0], edited=0, on=today(), by=by, **said)
    for slug, (name, institution, days) in PEOPLE.items():
        facts: dict[str, Any] = {"institution": institution, "email": f"{slug}.contact@example.org", "post": "Director"}
        facts |= {"language": asked[0].language, "named_reference": "NV 31/2026"}
        facts |= {"named_note": asked[0]} if slug == "chile" else {}
        day = today() - timedelta(days=days)
        contacts.name(state=states[slug], name=name, starts_on=day, by=by, **facts)
    _former(states["chile"], by)
    _invitations([states[slug] for slug in ("argentina", "brazil", "haiti", "suriname")], by)


def _notes(purpose: Purpose, states: list[MemberState], by: Any, record: Any = None) -> list[Note]:
    return notes.draft(purpose=purpose, states=states, record=record, language="", reply_days=20, by=by)


def _former(state: MemberState, by: Any) -> None:
    day = today() - timedelta(days=900)
    facts = {"institution": "Ministry of the Interior (sample)", "email": "former@example.org", "language": "es"}
    held = contacts.name(
        state=state, name="Pedro Prueba", starts_on=day, by=by, named_reference="NV 4/2024", post="Adviser", **facts
    )
    contacts.end(contact=held, on=today() - timedelta(days=21), note=None, reference="NV 31/2026", by=by)


def _invitations(states: list[MemberState], by: Any) -> None:
    """To a round: two are handed over, one is issued, one is a draft; and something came back without a number."""
    invited = _notes(Purpose.ROUND, states, by, Round.objects.latest("year", "number"))
    with at(days_ago(6)):
        for note in invited[:3]:
            notes.issue(note=note, edited=0, by=by)
        for note in invited[:2]:
            notes.hand_over(note=note, on=today(), way="mail", by=by)
    reply = SimpleUploadedFile("scan0001.pdf", as_pdf(invited[3]), "application/pdf")
    scans.bring(upload=reply, typed="", by=by)
