"""Joint operations of the trial, all invented: one under way with the states of the design, one under TLP:RED."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils import timezone

from common.days import today
from common.scope import Reach, scope
from common.tlp import Tlp
from member_states.models import MemberState
from oas_cyber.sample.people import Cast
from partnerships.actions.operation_parts import add_entry, add_exhibit, hand_over, keep_action, keep_figure
from partnerships.actions.operations import add_operation, move
from partnerships.models import Agreement, Exhibit, Operation, OperationAction, OperationFigure, Partner
from partnerships.operation_life import WAYS

STARTED = datetime(2025, 10, 3, tzinfo=UTC)
EXCHANGE = {
    "title_en": "Sample: malware sample exchange, banking trojans",
    "title_es": "Muestra: intercambio de muestras de troyanos bancarios",
    "title_fr": "Exemple : échange d’échantillons de chevaux de Troie bancaires",
    "title_pt_br": "Amostra: troca de amostras de trojans bancários",
    "about_en": "Three national teams and a partner compare what they find in banking trojans. Invented for the trial.",
}
ARREST = {
    "title_en": "Sample: a group that sells stolen accounts",
    "title_es": "Muestra: un grupo que vende cuentas robadas",
    "title_fr": "Exemple : un groupe qui vend des comptes volés",
    "title_pt_br": "Amostra: um grupo que vende contas roubadas",
    "about_en": "Known to the persons named alone. Invented for the trial.",
}


def make_operations(cast: Cast) -> None:
    officer = cast.officer(0)
    agreement = Agreement.objects.filter(slug="oas-microsoft-2014").first()
    partners = list(Partner.objects.filter(slug="microsoft"))
    with scope(Reach(staff=True, person=officer.pk), page="load_sample"):
        exchange = _operation(officer, agreement, EXCHANGE, "analysis", Tlp.AMBER, partners, "brazil", "peru", "panama")
        move(operation=exchange, way=WAYS["begin"], by=officer)
        _log(exchange, officer)
        _evidence(exchange, officer)
        _outcome(exchange, officer)
        _operation(officer, agreement, ARREST, "dismantling", Tlp.RED, partners, "chile")


def _operation(
    by: Any,
    agreement: Agreement | None,
    texts: dict[str, str],
    line: str,
    tlp: str,
    partners: list[Partner],
    *slugs: str,
) -> Operation:
    starts_on = STARTED.date() if line == "analysis" else None
    made = Operation(line=line, agreement=agreement, officer=by, is_led_by_oas=True, starts_on=starts_on, **texts)
    states = list(MemberState.objects.filter(slug__in=slugs))
    return add_operation(operation=made, partners=partners, states=states, tlp=tlp, by=by)


def _log(operation: Operation, by: Any) -> None:
    for days, tlp, text in (
        (0, Tlp.AMBER, "The three teams agree on a common form for samples."),
        (12, Tlp.AMBER, "First exchange: 41 samples of four families."),
        (30, Tlp.STRICT, "Two families share the servers that give them orders."),
    ):
        add_entry(operation=operation, tlp=tlp, happened_at=STARTED + timedelta(days=days), text=text, by=by)


def _evidence(operation: Operation, by: Any) -> None:
    exhibit = Exhibit(
        title="Archive of 41 samples",
        about="Kept in the laboratory of the national team of Brazil.",
        taken_on=(STARTED + timedelta(days=12)).date(),
        tlp=Tlp.STRICT,
        sha256="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    )
    kept = add_exhibit(
        operation=operation, exhibit=exhibit, upload=None, from_whom="Sample team", held_by="Laboratory, Brazil", by=by
    )
    why = "Comparison with families known there"
    hand_over(
        exhibit=kept,
        from_whom="Laboratory, Brazil",
        to_whom="Laboratory, Panama",
        handed_at=timezone.now(),
        why=why,
        by=by,
    )


def _outcome(operation: Operation, by: Any) -> None:
    asked = (STARTED + timedelta(days=31)).date()
    action = OperationAction(
        kind="sinkhole",
        what="updates.example",
        legal_basis="Order of a court, invented",
        jurisdiction="Panama",
        asked_on=asked,
        ordered_on=asked + timedelta(days=9),
    )
    keep_action(operation=operation, action=action, by=by)
    figure = OperationFigure(kind="samples", number=41, counted_on=today(), said_by="Log of the operation, invented")
    keep_figure(operation=operation, figure=figure, by=by)
