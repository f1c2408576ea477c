"""What the partners of the world promised and gave: of one whose contact looks round, and of the other.

Deliveries that nobody accepted, instalments and allocations sing as what the parties of an agreement read, even where
everybody reads the agreement itself.
"""

import uuid
from collections.abc import Callable
from typing import Any

from django.utils import timezone

from common.days import today
from common.scope import PROGRAMME, scope
from member_states.models import MemberState
from partnerships.models import (
    Agreement,
    Allocation,
    Commitment,
    Contribution,
    Delivery,
    DeliveryFile,
    DeliveryMove,
    ExchangeRate,
    Instalment,
)
from tests.access.canaries import CHILE, JAMAICA, canary
from tests.factories.library import a_file
from tests.factories.promises import side_of

KINDS = ("commitment", "delivery", "contribution", "instalment", "allocation", "rate")
HEARD = {"public": "PUBLIC", "states": "AGREED", "parties": "PARTIES", "staff": "DESK"}
LANGUAGES = ("en", "es", "fr", "pt_br")


def make_promises(world: Any) -> dict[str, Any]:
    """By kind and name: `commitment:public` is of the partner of the cast, `commitment:other` of the other one."""
    agreements = world.partnerships["agreements"]
    with scope(PROGRAMME):
        commitments = {name: _commitment(world, CHILE, agreements[name], HEARD[name]) for name in HEARD}
        commitments["bare"] = _commitment(world, CHILE, agreements["public"], "PUBLIC")
        commitments["other"] = _commitment(world, JAMAICA, agreements["other"], "PARTIES")
        contributions = {name: _contribution(world, CHILE, agreements[name], HEARD[name]) for name in HEARD}
        contributions["bare"] = _contribution(world, CHILE, agreements["public"], "PUBLIC")
        contributions["other"] = _contribution(world, JAMAICA, agreements["other"], "PARTIES")
        held: dict[str, Any] = {"commitment": commitments, "contribution": contributions}
        held["delivery"] = {
            name: _delivery(world, CHILE, commitments["public"], name) for name in ("draft", "returned", "submitted")
        }
        held["delivery"]["accepted"] = _delivery(world, CHILE, commitments["public"], "accepted", heard="PUBLIC")
        held["delivery"]["other"] = _delivery(world, JAMAICA, commitments["other"], "submitted")
        held["instalment"] = {name: _instalment(name, contributions) for name in ("public", "other")}
        held["allocation"] = {name: _allocation(name, contributions) for name in ("public", "other")}
        held["rate"] = {"": _rate(world)}
    return held


def _commitment(world: Any, code: str, agreement: Agreement, heard: str) -> Commitment:
    words = {f"what_{one}": canary(code, heard, f"commitment-{one}") for one in LANGUAGES}
    facts = {"party": side_of(agreement), "due": "2027-06", "points": [2], "source": world.source}
    return Commitment.objects.create(agreement=agreement, **facts, **words)


def _delivery(world: Any, code: str, commitment: Commitment, status: str, heard: str = "PARTIES") -> Delivery:
    by, now = world.people["partner"], timezone.now()
    sent = {} if status == "draft" else {"submitted_by": by, "submitted_at": now}
    is_decided = status in ("accepted", "returned")
    decided = {"decided_by": world.people["officer"], "decided_at": now} if is_decided else {}
    words = {"what": canary(code, heard, f"delivery-{status}"), "on": today(), "status": status, "made_by": by}
    of = {"commitment": commitment, "partner_id": commitment.partner_id, "link": f"https://www.example.org/{heard}"}
    made = Delivery.objects.create(**of, **words, **sent, **decided)
    reason = canary(code, "PARTIES", f"move-{status}")
    if sent:
        ways = {"status_before": "draft", "status_after": "submitted"}
        DeliveryMove.objects.create(subject=made, by=by, reason=reason, **ways)
    file = DeliveryFile(delivery=made, added_by=by)
    file.name = canary(code, heard, f"proof-{status}") + "pdf"
    stored = a_file()
    file.media_type, file.size = "application/pdf", stored.size
    file.content.save(file.name, stored, save=False)
    file.save()
    made.token_of_proof = file.token  # type: ignore[attr-defined]
    return made


def _contribution(world: Any, code: str, agreement: Agreement, heard: str) -> Contribution:
    def sing(field: str) -> str:
        return canary(code, heard, f"contribution-{field}")

    words = {f"what_{one}": sing(one) for one in LANGUAGES}
    words |= {"as_stated": sing("as-stated"), "programme": sing("programme"), "announced_by": sing("by")}
    facts = {"precision": "at least", "amount": 1000, "currency": "CAD", "source": world.source}
    return Contribution.objects.create(
        agreement=agreement, giver=side_of(agreement), slug=f"c-{uuid.uuid4().hex[:8]}", **facts, **words
    )


def _instalment(name: str, contributions: dict[str, Contribution]) -> Instalment:
    code, of = (JAMAICA if name == "other" else CHILE), contributions[name]
    note = canary(code, "PARTIES", "instalment")
    return Instalment.objects.create(
        contribution=of, partner_id=of.partner_id, amount=400, received_on=today(), note=note
    )


def _allocation(name: str, contributions: dict[str, Contribution]) -> Allocation:
    code, of = (JAMAICA if name == "other" else CHILE), contributions[name]
    facts = {"amount": 300, "spent": 100, "note": canary(code, "PARTIES", "allocation")}
    state = MemberState.objects.get(slug="chile")
    return Allocation.objects.create(contribution=of, partner_id=of.partner_id, state=state, **facts)


def _rate(world: Any) -> ExchangeRate:
    facts = {"base": "CAD", "quote": "USD", "rate": "0.73", "on": today(), "entered_by": world.people["officer"]}
    return ExchangeRate.objects.create(taken_from=canary(CHILE, "DESK", "rate"), **facts)


def promise_arguments(world: Any, kind: str, which: str) -> dict[str, Any]:
    """The parts of the path for `commitment:public`, `allocation:other` and so on."""
    held = world.promises[kind][which]
    if kind == "contribution":
        return {"slug": held.slug}
    if kind in ("instalment", "allocation"):
        return {"slug": held.contribution.slug, "pk": held.pk}
    if kind == "delivery":
        return {"pk": held.pk, "token": held.token_of_proof}
    return {"pk": held.pk}


def commitment(world: Any) -> dict[str, Any]:
    side = side_of(world.partnerships["agreements"]["public"])
    return {"party": side.pk, "what_en": "New words of a promise", "due": "2028", "edited": "0"}


def contribution(world: Any) -> dict[str, Any]:
    side = side_of(world.partnerships["agreements"]["public"])
    return {"giver": side.pk, "kind": "money", "precision": "exact", "amount": "2000", "currency": "CAD", "edited": "0"}


def delivery(world: Any) -> dict[str, Any]:
    words = {"what": "A workshop was held", "on": today().isoformat(), "edited": "0", "key": str(uuid.uuid4())}
    return {**words, "send": "1"}


BODIES: dict[str, Callable[[Any], dict[str, Any]]] = {
    "api/v1/commitments/<int:pk>/deliveries/": delivery,
    "agreements/<slug:slug>/commitments/new/": commitment,
    "agreements/<slug:slug>/contributions/new/": contribution,
    "commitments/<int:pk>/edit/": commitment,
    "commitments/<int:pk>/remove/": lambda _: {},
    "commitments/<int:pk>/deliveries/new/": delivery,
    "deliveries/<int:pk>/edit/": delivery,
    "deliveries/<int:pk>/review/": lambda _: {"decision": "accept", "reason": ""},
    "contributions/<slug:slug>/edit/": contribution,
    "contributions/<slug:slug>/remove/": lambda _: {},
    "contributions/<slug:slug>/instalments/new/": lambda _: {"amount": "5", "due_on": "2027-01-01"},
    "contributions/<slug:slug>/instalments/<int:pk>/": lambda _: {"amount": "6", "due_on": "2027-01-01"},
    "contributions/<slug:slug>/instalments/<int:pk>/remove/": lambda _: {},
    "contributions/<slug:slug>/allocations/new/": lambda world: _aside(world, "7"),
    "contributions/<slug:slug>/allocations/<int:pk>/": lambda world: _aside(world, "8"),
    "contributions/<slug:slug>/allocations/<int:pk>/remove/": lambda _: {},
    "rates/": lambda _: {"base": "EUR", "quote": "USD", "rate": "1.1", "on": "2026-01-02", "taken_from": "A bank"},
    "rates/<int:pk>/remove/": lambda _: {},
}


def _aside(_world: Any, amount: str) -> dict[str, Any]:
    return {"state": MemberState.objects.get(slug="chile").pk, "amount": amount, "spent": "0"}
