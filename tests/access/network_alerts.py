"""Alerts of the world, one under each label, sent to Chile's team; one has an answer, a comment and a correction."""

import uuid
from typing import Any

from common.scope import reach_of, scope
from common.tlp import Tlp
from csirt_network.actions.answering import acknowledge
from csirt_network.actions.publishing import snapshot_of
from csirt_network.actions.talking import comment, propose
from csirt_network.answers import sides_of
from csirt_network.models import Alert, AlertVersion, Indicator, Team
from tests.access.canaries import CHILE, JAMAICA, canary
from tests.factories.alerts import make_alert, to_person, to_programme, to_team


def make_alerts(world: Any) -> dict[str, Alert]:
    """By what their canaries are called; `jamaica` is between Jamaica's team and the programme."""
    staff, team, foreign = (world.people[role] for role in ("manager", "team", "foreign"))
    chile, jamaica = (Team.objects.get(slug=slug) for slug in ("csirt-chile", "cirt-jamaica"))
    made = {
        "public": make_alert(Tlp.CLEAR, by=staff, **texts(CHILE, "PUBLIC")),
        "community": make_alert(Tlp.GREEN, by=staff, **texts(CHILE, "COMMUNITY")),
        "constituents": make_alert(Tlp.AMBER, to_team(chile), by=staff, version=2, **texts(CHILE, "CONSTITUENTS")),
        "team": make_alert(Tlp.STRICT, to_team(chile), by=team, origin=chile, **texts(CHILE, "TEAM")),
        "named": make_alert(Tlp.RED, to_person(team), by=team, origin=chile, **texts(CHILE, "NAMED")),
        "jamaica": make_alert(
            Tlp.STRICT, to_team(jamaica), to_programme(), by=foreign, origin=jamaica, **texts(JAMAICA, "ANSWERED")
        ),
    }
    went_out_before(made["constituents"], staff)
    talk(made["constituents"], team, chile)
    for name, kind in (("constituents", "CONSTITUENTS"), ("team", "TEAM"), ("named", "NAMED")):
        author = staff if name == "constituents" else team
        with scope(reach_of(author)):
            Indicator.objects.create(alert=made[name], kind="file", value=canary(CHILE, kind, "indicator"))
    return made


def texts(state: str, kind: str) -> dict[str, str]:
    return {
        field: canary(state, kind, f"alert-{field}")
        for field in ("title_en", "title_es", "happening_en", "happening_es", "to_do_en", "products")
    }


def went_out_before(alert: Alert, by: Any) -> None:
    """Its first version, in other words."""
    with scope(reach_of(by)):
        said = snapshot_of(alert) | {"title_en": canary(CHILE, "CONSTITUENTS", "alert-earlier")}
        facts = {"tlp": alert.tlp, "audience": alert.audience, "by": by, "at": alert.published_at}
        AlertVersion.objects.create(alert=alert, number=1, snapshot=said, **facts)


def talk(alert: Alert, person: Any, team: Team) -> None:
    with scope(reach_of(person)):
        side = sides_of(alert, person)[0]
        acknowledge(alert=alert, side=side, answer="affected", note=canary(CHILE, "ANSWERED", "note"), by=person)
        said = canary(CHILE, "CONSTITUENTS", "comment")
        comment(alert=alert, team=team, text=said, key=uuid.UUID(int=1), by=person)
        said = canary(CHILE, "ANSWERED", "correction")
        propose(alert=alert, team=team, field="title_en", after=said, reason=said, key=uuid.UUID(int=2), by=person)


def parts_of(world: Any, which: str) -> dict[str, Any]:
    """The parts of the path for `alert:team`, `alert:constituents/comment` and `alert:constituents/correction`."""
    name, _, child = which.partition("/")
    alert = world.alerts[name]
    found = {"pk": alert.pk}
    with scope(reach_of(world.people["team"])):
        if child == "comment":
            found["number"] = alert.comments.get().pk
        elif child == "correction":
            found["number"] = alert.corrections.get().pk
    return found
