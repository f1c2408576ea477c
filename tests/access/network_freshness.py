"""A contact test that both national teams are called in: Chile's was answered by telephone, with a note of its own."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from accounts.actions import digest_of
from common.scope import PROGRAMME, scope
from csirt_network.models import Drill, DrillCall, SecurityTxt, Team
from tests.access.canaries import CHILE, JAMAICA, canary

OFFICE = ZoneInfo("America/New_York")  # where the staff of the cast are
DRILL_TOKEN = "the-token-of-a-call"
TEAMS = {"chile": ("csirt-chile", CHILE), "jamaica": ("cirt-jamaica", JAMAICA)}


def make_freshness(world: Any) -> Drill:
    now = timezone.now()
    facts = {"title": "Contact test", "message": "Good morning", "started_by": world.people["officer"]}
    with scope(PROGRAMME):
        drill = Drill.objects.create(ends_at=now + timedelta(hours=5), **facts)
        for slug, code in TEAMS.values():
            team = Team.objects.get(slug=slug)
            of_team = {"team": team, "state": team.state}
            address, note = f"{canary(code, 'HISTORY', 'called')}x@example.org", canary(code, "HISTORY", "call")
            digests = [digest_of(f"{DRILL_TOKEN}-{code}")]
            DrillCall.objects.create(
                drill=drill, status="done", address=address, note=note, digests=digests, called_at=now, **of_team
            )
            SecurityTxt.objects.create(host="www.example.org", asked_at=now, is_found=True, **of_team)
    return drill


def arguments(world: Any, which: str, state: str) -> dict[str, Any]:
    slug, code = TEAMS[state]
    return {"pk": world.drill.pk, "slug": slug, "token": f"{DRILL_TOKEN}-{code}"}


def _now(_world: Any) -> dict[str, str]:
    return {"at": timezone.localtime(timezone=OFFICE).strftime("%Y-%m-%dT%H:%M:%S"), "note": "Spoke with them"}


PAYLOADS = {
    "csirts/<slug:slug>/confirm/": lambda _: {"go": "yes"},
    "csirts/<slug:slug>/reachability/<int:pk>/": lambda _: {"go": "yes"},
    "network/contact-tests/new/": lambda _: {"title": "Another test", "message": "", "hours": "24", "sub_region": ""},
    "network/contact-tests/<int:pk>/<slug:slug>/": _now,
    "contact-test/link/<str:token>/": lambda _: {"go": "yes"},
}
