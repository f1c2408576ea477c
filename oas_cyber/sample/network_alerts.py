"""Alerts of the trial: one under each label, an exercise, a draft, and one that a team handed to the programme."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from common.scope import reach_of, scope
from common.tlp import Tlp
from csirt_network.actions.publishing import countersign, hand_over, publish
from csirt_network.actions.writing import Seen, Written, write
from csirt_network.models import Alert, Recipient, Team, TeamMember
from oas_cyber.sample import network_alert_words as words
from oas_cyber.sample.clock import at, days_ago
from oas_cyber.sample.people import Cast

KIND = Recipient.Kind
NETWORK, PROGRAMME = {"kind": KIND.NETWORK}, {"kind": KIND.PROGRAMME}
LURES = (
    Seen("domain", "refund-portal.example", "2026-11-17"),
    Seen("domain", "tax-online.example", "2026-11-18"),
    Seen("ipv4", "192.0.2.41", "2026-11-17", "serves the copied sign-in page"),
    Seen("sha256", "9f2c7b1e" * 8, "2026-11-19", "attachment"),
)


def make_alerts(cast: Cast) -> None:
    first, second = cast.manager, cast.officer(0)
    chile, brazil = _team("chile"), _team("brazil")
    if not chile or not brazil:
        return
    rosa, andres = _people(chile)
    renata, artur = _people(brazil)
    _out(40, words.VPN, Tlp.CLEAR, NETWORK, by=first, second=second)
    _out(12, words.DRILL, Tlp.GREEN, {"kind": KIND.SUB_REGION, "sub_region": "Caribbean"}, by=second, second=first)
    _out(8, words.RANSOM, Tlp.STRICT, _to(brazil), PROGRAMME, by=rosa, second=andres, origin=chile)
    server = [Seen("ipv4", "198.51.100.77", "2026-11"), Seen("domain", "control.example")]
    to_neighbours = [_to(team) for team in (chile, _team("argentina"), _team("uruguay")) if team]
    _out(5, words.BOTNET, Tlp.AMBER, *to_neighbours, by=artur, second=renata, origin=brazil, indicators=server)
    due = {"answer_by": timezone.now() + timedelta(days=2)}
    _out(2, words.REFUNDS | due, Tlp.AMBER, NETWORK, PROGRAMME, by=first, second=second, indicators=LURES)
    _out(1, words.ARREST, Tlp.RED, {"kind": KIND.PERSON, "person": rosa}, by=renata, second=artur, origin=brazil)
    _draft(words.TOKENS, Tlp.AMBER, _to(brazil), by=andres, origin=chile)
    offered = _draft(words.TOKENS, Tlp.GREEN, NETWORK, by=rosa, origin=chile)
    _act(hand_over, offered, by=rosa)


def _team(slug: str) -> Team | None:
    return Team.objects.connected().filter(slug=f"{slug}-national").first()


def _people(team: Team) -> list[User]:
    """The representative first."""
    members = TeamMember.objects.current().filter(team=team).order_by("-kind", "pk")
    return [User.objects.get(pk=pk) for pk in members.values_list("person", flat=True)[:2]]


def _to(team: Team) -> dict[str, Any]:
    return {"kind": KIND.TEAM, "team": team}


def _out(days: int, text: dict[str, Any], tlp: str, *chosen: dict[str, Any], second: User, **given: Any) -> None:
    """Written, looked at by a second person, and published by whoever may."""
    with at(days_ago(days)):
        alert = _draft(text, tlp, *chosen, **given)
        publisher = second if given["by"].teams.filter(kind="analyst").exists() else given["by"]
        if tlp != Tlp.RED:
            _act(countersign, alert, by=second)
        _act(publish, alert, by=publisher, edited=0)


def _draft(
    text: dict[str, Any],
    tlp: str,
    *chosen: dict[str, Any],
    by: User,
    origin: Team | None = None,
    indicators: Any = (),
) -> Alert:
    columns = {"tlp": tlp, "pap": "GREEN" if tlp in (Tlp.CLEAR, Tlp.GREEN) else "AMBER", **text}
    recipients = [Recipient(**facts) for facts in chosen]
    with scope(reach_of(by), page="load_sample"):
        return write(written=Written(columns, recipients, indicators), origin=origin, by=by)


def _act(action: Any, alert: Alert, *, by: User, **given: Any) -> None:
    with scope(reach_of(by), page="load_sample"):
        action(alert=Alert.objects.get(pk=alert.pk), by=by, **given)
