"""Applications of the trial, each at another point of its life; teams and heads are invented, and say so."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from common.scope import Reach, scope
from csirt_network.actions.admission import attach, fill, open_application, plan_meeting, sign
from csirt_network.admission.steps import CHECKS, Step, Verdict
from csirt_network.models import Application, ClosedDay
from member_states.models import MemberState
from oas_cyber.sample.clock import at, days_ago
from oas_cyber.sample.people import Cast, address

PAPER = {"signatory": "Permanent mission (sample)"}
Move = tuple[int, Step, Verdict, str]  # days ago, and what was signed

APPLICATIONS: tuple[tuple[str, dict[str, str], tuple[Move, ...]], ...] = (
    (
        "barbados",
        {"name": "Barbados national CIRT (sample)", "kind": "national", "host": "Ministry of Innovation (sample)",
         "head_name": "Harriet Header", "language": "en", "constituency": "Government bodies and critical services."},
        ((43, Step.SENT, Verdict.YES, ""),),
    ),
    (
        "haiti",
        {"name": "Équipe nationale d’Haïti (exemple)", "kind": "national", "host": "Conseil national (exemple)",
         "head_name": "Hervé Tête", "language": "fr", "constituency": "Les institutions publiques."},
        (
            (25, Step.SENT, Verdict.YES, ""),
            (21, Step.CONTACT_POINT, Verdict.YES, "Note verbale 12 (exemple)."),
            (14, Step.DOCUMENTS, Verdict.MORE, "Il manque la page signée de l’arrêté."),
        ),
    ),
    (
        "chile",
        {"name": "CSIRT de la salud (ejemplo)", "kind": "sector", "host": "Red de hospitales (ejemplo)",
         "head_name": "Helena Cabeza", "language": "es", "constituency": "Hospitales públicos y sus proveedores."},
        ((9, Step.SENT, Verdict.YES, ""), (6, Step.CONTACT_POINT, Verdict.YES, "Aprobado (ejemplo).")),
    ),
    (
        "paraguay",
        {"name": "CSIRT de las universidades (ejemplo)", "kind": "academic", "host": "Red académica (ejemplo)",
         "head_name": "Hugo Jefe", "language": "es", "constituency": "Universidades del país."},
        (
            (30, Step.SENT, Verdict.YES, ""),
            (27, Step.CONTACT_POINT, Verdict.YES, ""),
            (24, Step.CONSENT, Verdict.YES, "Con gusto (ejemplo)."),
            (18, Step.DOCUMENTS, Verdict.YES, ""),
            (11, Step.DECISION, Verdict.YES, "Bienvenidos (ejemplo)."),
        ),
    ),
)  # fmt: skip


def make_applications(cast: Cast) -> None:
    states = {state.slug: state for state in MemberState.objects.all()}
    for slug, facts, moves in APPLICATIONS:
        if slug in cast.liaisons:
            _apply(cast, states[slug], facts, moves)
    ClosedDay.objects.create(state=states["chile"], day=days_ago(2).date(), name="Cierre anual (ejemplo)")


def _apply(cast: Cast, state: MemberState, facts: dict[str, str], moves: Iterable[Move]) -> None:
    lead, first = cast.lead(state), next(iter(moves))[0]
    words = {"constituency": facts["constituency"]}
    given = {name: value for name, value in facts.items() if name != "constituency"}
    with at(days_ago(first + 2)), scope(Reach(staff=True, person=lead.pk)):
        head = {"head_email": address(facts["head_name"])}
        application = open_application(key=uuid.uuid4(), state=state, by=lead, team=None, **given, **head)
        fill(application=application, version=0, by=lead, **words)
        upload = SimpleUploadedFile("founding-document-sample.pdf", _page(facts["name"]), "application/pdf")
        attach(application=application, upload=upload, by=lead)
    for ago, step, verdict, said in moves:
        _sign(cast, application, ago, step, verdict, said)
    if moves and step is Step.DECISION:
        with scope(Reach(staff=True, person=cast.manager.pk)):
            plan_meeting(application=application, on=days_ago(-6).date(), by=cast.manager)


def _sign(cast: Cast, application: Application, ago: int, step: Step, verdict: Verdict, said: str) -> None:
    """Sent by the state; the rest recorded or decided by the programme."""
    by: Any = cast.lead(application.state) if step is Step.SENT else cast.manager
    more: dict[str, Any] = {}
    if step in (Step.CONTACT_POINT, Step.CONSENT):
        more = {**PAPER, "signed_on": days_ago(ago + 1).date()}
    elif (step, verdict) == (Step.DOCUMENTS, Verdict.YES):
        more = {"checked": list(CHECKS)}
    with at(days_ago(ago)), scope(Reach(staff=True, person=by.pk)):
        sign(application=application, step=step, verdict=verdict, by=by, statement=said, **more)


def _page(title: str) -> bytes:
    """A page that says it is none."""
    words = title.encode("ascii", "ignore").replace(b"(", b"").replace(b")", b"")
    stream = b"BT /F1 18 Tf 60 720 Td (Sample: no document. " + words + b") Tj ET"
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    body = b"%PDF-1.4\n"
    places = []
    for number, part in enumerate(parts, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(body)
    return body + b"xref\n0 6\n0000000000 65535 f \n" + table + end
