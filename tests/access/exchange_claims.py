"""What the teams of Chile claim as theirs, and what touched it: of the national team, and of the banks' it backs up."""

from typing import Any

from django.utils import timezone

from common.scope import PROGRAMME, reach_of, scope
from csirt_network.models import Team
from exchange.models import AssetClaim, EarlyWarning
from notices.outbox import post
from tests.access.canaries import CHILE, canary

KINDS = ("claim", "warning")


def make_claims(world: Any) -> dict[str, Any]:
    """Claims with canaries that team and staff hear; warnings, their notes included, the team alone."""
    chile, banks = (Team.objects.get(slug=slug) for slug in ("csirt-chile", "csirt-banks"))
    with scope(PROGRAMME):
        asked = _claim(chile, world.people["team"], canary(CHILE, "OFFERED", "claim-asked"))
        approved = _claim(chile, world.people["team"], canary(CHILE, "OFFERED", "claim"), world.people["manager"])
        of_banks = _claim(banks, world.people["sector"], "banks.", world.people["manager"])
        found = {"kind": "domain", "note": canary(CHILE, "TEAM", "warning-note"), "status": "looking"}
        warning = _warning(approved, world.alerts["team"], canary(CHILE, "TEAM", "touching"), **found)
        found["note"] = ""
        to_banks = canary(CHILE, "CONSTITUENTS", "touching")
        backed = _warning(of_banks, world.alerts["constituents"], to_banks, backup=chile, **found)
        for one in (warning, backed):
            post(kind="early warning", object_id=one.pk, people=world.people.values(), threshold="a test")
        for one in (asked, approved):
            for kind in ("claims asked", "claims decided"):
                post(kind=kind, object_id=one.pk, people=world.people.values(), threshold="a test")
    _note_seen(warning, world.people["team"])
    _note_seen(backed, world.people["sector"])
    return {"claim": asked, "approved": approved, "warning": warning, "backed": backed}


def _claim(team: Team, by: Any, value: str, officer: Any = None) -> AssetClaim:
    said = {"note": canary(CHILE, "OFFERED", "claim-note")} if team.slug == "csirt-chile" else {}
    if officer:
        said |= {"status": "approved", "decided_by": officer, "decided_at": timezone.now()}
    return AssetClaim.objects.create(team=team, kind="domain", value=f"{value}example.org", asked_by=by, **said)


def _warning(claim: AssetClaim, alert: Any, value: str, **facts: Any) -> EarlyWarning:
    return EarlyWarning.objects.create(
        claim=claim, team=claim.team, alert=alert, item=f"alert-{alert.pk}", value=f"{value}example.org", **facts
    )


def _note_seen(warning: EarlyWarning, person: Any) -> None:
    """Already, so that reading it writes nothing."""
    with scope(reach_of(person)):
        EarlyWarning.objects.filter(pk=warning.pk).update(seen_by=person, seen_at=timezone.now())


def claim_arguments(world: Any, kind: str, which: str) -> dict[str, Any]:
    return {"pk": world.claims[which or kind].pk}


def some_claims(_: Any) -> dict[str, Any]:
    return {"assets": "198.51.100.0/24\nports.example.org", "note": "In the registry"}


def decision(world: Any) -> dict[str, Any]:
    return {"claims": [f"{world.claims['claim'].pk}-0"], "verdict": "refused", "reason": "Not shown"}


BODIES = {
    "exchange/claims/new/": some_claims,
    "exchange/claims/decide/": decision,
    "exchange/claims/<int:pk>/end/": lambda _: {"edited": "0", "why": "Sold"},
    "exchange/warnings/<int:pk>/": lambda _: {"status": "done", "note": "Cleaned", "was": "looking"},
}
