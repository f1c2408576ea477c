"""What hangs on the agreements of the world: a document, an amendment, a move, an activity, another agreement."""

from typing import Any

from action_plan.models import Activity
from common.scope import PROGRAMME, scope
from csirt_network.actions.files import keep
from partnerships.models import Agreement, AgreementActivity, AgreementFile, AgreementLink, AgreementMove, Amendment
from tests.access.canaries import CHILE, JAMAICA, canary
from tests.factories.library import a_file

KINDS = {"public": "PUBLIC", "states": "AGREED", "parties": "PARTIES", "staff": "DESK"}


def make_agreements(world: Any) -> None:
    held = world.partnerships["agreements"]
    with scope(PROGRAMME):
        for audience, kind in KINDS.items():
            _make_parts(world, CHILE, kind, held[audience])
        _make_parts(world, JAMAICA, "PARTIES", held["other"])
        _make_links(held)


def _make_parts(world: Any, code: str, kind: str, agreement: Agreement) -> None:
    def sing(field: str) -> str:
        return canary(code, kind, f"agreement-{field}")

    by = world.people["officer"]
    keep(
        AgreementFile(agreement=agreement, title=sing("title-of-file"), added_by=by),
        upload=a_file(f"{sing('file')}pdf"),
    )
    terms = {"name_en": agreement.name_en, "end": "not stated", "objectives": [], "points": []}
    facts = {"number": 1, "agreed_on": "2025-03-04", "what": sing("amended"), "by": by}
    earlier, later = terms | {"aims_en": sing("earlier")}, terms | {"aims_en": sing("later")}
    Amendment.objects.create(agreement=agreement, earlier=earlier, later=later, **facts)
    AgreementMove.objects.create(
        agreement=agreement, before="draft", after="concluded", reason=canary(CHILE, "DESK", "concluded"), by=by
    )
    AgreementActivity.objects.create(agreement=agreement, activity=Activity.objects.get(slug="chile-own"))


def _make_links(agreements: dict[str, Agreement]) -> None:
    """The public one names each of the others, and why."""
    for name in ("states", "parties", "staff"):
        why = canary(CHILE, KINDS[name], "agreement-why")
        AgreementLink.objects.create(agreement=agreements["public"], other=agreements[name], why_en=why)


def agreement_arguments(world: Any, which: str) -> dict[str, Any]:
    with scope(PROGRAMME):
        return {"token": world.partnerships["agreements"][which].files.get().token, "number": 1, "verb": "end"}


def agreement(world: Any) -> dict[str, Any]:
    partner = world.partnerships["partners"]["own"].pk
    lines = {"party-TOTAL_FORMS": "2", "party-INITIAL_FORMS": "0", "party-0-partner": "oas"}
    facts = {"kind": "agreement", "name_en": "A new agreement", "precision": "day", "end": "not stated"}
    return {**facts, **lines, "party-1-partner": str(partner)}


ONE = "agreements/<slug:slug>/"
PAYLOADS = {
    "agreements/new/": agreement,
    f"{ONE}edit/": lambda world: agreement(world) | {"edited": "0"},
    f"{ONE}audience/": lambda _: {"audience": "public", "confirmed": "public", "edited": "0"},
    f"{ONE}move/<slug:verb>/": lambda _: {"day": "2025-06-30", "reason": "Its work is done."},
    f"{ONE}renew/": lambda _: {},
    f"{ONE}amendments/": lambda _: {
        "name_en": "Another name",
        "end": "not stated",
        "agreed_on": "2025-06-30",
        "what": "It has another name.",
        "edited": "0",
    },
    f"{ONE}links/": lambda _: {"activity": "chile-public", "other": ""},
    f"{ONE}links/remove/": lambda _: {"activity": "1", "other": ""},
    f"{ONE}files/": lambda _: {"title": "The text", "file": a_file("agreement.pdf")},
    f"{ONE}files/<uuid:token>/remove/": lambda _: {},
}
