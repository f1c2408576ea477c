"""Every route of the API as every person with a token: the code, the canaries, and that reading changes nothing."""

import uuid
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from accounts.actions import make_token
from accounts.models import ApiToken, AuditEntry, User
from capability.models import Answer, CsirtStatus, StrategyStatus, SupportRequest, ThreatLevel
from common.scope import PROGRAMME, scope
from tests.access import tables
from tests.access.fixtures import world
from tests.access.routes import ARGUMENT, routes
from tests.access.visits import visit

__all__ = ["world"]
pytestmark = pytest.mark.django_db
ROWS = tables.rows(str(Path(__file__).parent / "matrix.txt"))
SHARED = {"programme": "D1.1", "states": "D2.1", "public": "D3.1"}


@pytest.fixture(scope="module")
def secrets_of(world):
    """By role. Used a moment ago, so that no visit is the first use; and nobody has a session."""
    made = {}
    for role, person in world.people.items():
        made[role] = make_token(name=role, scopes=["read", "submit"], days=30, by=User.objects.get(pk=person.pk))[1]
    ApiToken.objects.update(last_used_at=timezone.now() + timedelta(days=1))
    world.cookies = {role: {} for role in world.cookies}
    with scope(PROGRAMME):
        world.last_audit_entry = max(world.last_audit_entry, AuditEntry.objects.latest("pk").pk)
    return made


@pytest.fixture(scope="module")
def facts(world):
    models = {"csirt": CsirtStatus, "strategy": StrategyStatus, "threat": ThreatLevel, "request": SupportRequest}
    with scope(PROGRAMME):
        found = {name: model.objects.filter(state__slug="chile").first().pk for name, model in models.items()}
        profile = Answer.objects.current().filter(state__slug="chile")
        found |= {audience: profile.get(question=code).pk for audience, code in SHARED.items()}
    found |= {name: alert.pk for name, alert in world.alerts.items() if name not in SHARED}
    found |= {f"assessment:{name}": held.pk for name, held in world.maturity.items()}
    found |= {f"recommendation:{name}": held.pk for name, held in world.missions["recommendation"].items()}
    with scope(PROGRAMME):
        found |= {f"file-of:{name}": run.files.first().pk for name, run in runs_of(world).items()}
    return found | {"indicator": world.indicators[0].pk, "nothing": 987654321, "library": world.library["green"][0].pk}


def runs_of(world):
    own = {slug: world.things[slug]["runs"]["done"] for slug in ("chile", "jamaica")}
    return own | {"network": world.maturity["bulletin"], "region": world.regional, "progress": world.progress}


# Those that world.arguments gives.
WITH_OWN_NUMBER = (
    "application", "asked", "claim", "commitment", "contribution", "delivery", "drill", "import", "material", "note",
    "object", "plan", "point", "run", "schedule", "warning",
)  # fmt: skip


def ask(world, secrets_of, role, row, url, body=None):
    headers = {"Idempotency-Key": str(uuid.uuid4())}
    if role in secrets_of:
        headers["Authorization"] = f"Bearer {secrets_of[role]}"
    more = {"content_type": "application/json"} if row.second == "POST" else {}
    return visit(world, role, row.second, url, body, headers=headers, **more)


def url_of(world, row, facts, arguments=None):
    kind, _, which = row.third.partition(":")
    given = arguments or world.arguments(row.third)
    given |= {} if kind in WITH_OWN_NUMBER else {"pk": facts.get(row.third) or facts.get(which or kind, 0)}
    if which == "nobody":
        given["number"] = "0" * 20
    if kind == "round":
        given["slug"] = given["round"]
    return "/" + ARGUMENT.sub(lambda found: str(given[found[1]]), row.first)


def test_every_route_of_the_api_is_declared():
    live = {route for route in routes() if route[0].startswith("api/")}

    assert live == {(row.first, row.second) for row in ROWS}


@pytest.mark.parametrize("row", [pytest.param(row, id=row.name) for row in ROWS])
def test_asking(world, secrets_of, facts, row):
    body = {"answers": []} if row.second == "POST" else None
    faults = []
    for role, wanted in row.wanted().items():
        seen = ask(world, secrets_of, role, row, url_of(world, row, facts), body)
        if seen.code != wanted:
            faults.append(f"{role}: {seen.code} instead of {wanted} {seen.error} {seen.body[:200]!r}")
        if seen.leaked:
            faults.append(f"{role}: heard {sorted(seen.leaked)}")
        if seen.changed and not (row.second == "POST" and seen.code == "."):
            faults.append(f"{role}: it changed {sorted(seen.changed)}")
        if "sessionid" in seen.cookies if seen.cookies else False:
            faults.append(f"{role}: was given a session")

    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("role", ["own", "other", "officer"])
def test_the_canaries_do_sing(world, secrets_of, facts, role):
    row = next(row for row in ROWS if row.first == "api/v1/answers/")

    assert ask(world, secrets_of, role, row, "/api/v1/answers/").heard
