"""What teams push about alerts of the portal is said in the portal too: sightings, comments and false positives.

Once for each id, by the actions that pages use and with their rules, as whoever made the token. Labels hold: what is
marked for the own team alone stays an object, and so does a note whose label lets fewer read it than the alert's.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from django.utils import timezone
from django.utils.translation import gettext as _

from common.days import today
from common.scope import PROGRAMME, current_reach, reach_of, scope
from common.tlp import Tlp, is_stricter, strictest
from csirt_network.actions.sighting import sight
from csirt_network.actions.talking import comment, withdraw_comment
from csirt_network.forms.sightings import SightingForm
from csirt_network.forms.talk import CommentForm
from csirt_network.models import Alert, Comment, Indicator, Sighting, Team
from exchange.models import StixObject
from exchange.stix.ids import indicator_id, uuid_in
from review.actions import Refused

TAKEN = frozenset({"note", "opinion", "sighting"})
RANKS = {label.value: rank for rank, label in enumerate(Tlp)}
MOST_IN_HOUR = 20  # of one team about one alert: each is told to people by mail
AGAINST = ("disagree", "strongly-disagree")


@dataclass(frozen=True)
class Said:
    """What a team says of one alert. `refs` are the ids of what it means of the alert, `key` is that of its row."""

    value: dict[str, Any]
    team: Team
    by: Any
    alert: Alert
    refs: list[str]
    key: UUID
    label: Tlp | None

    def text(self, name: str) -> str:
        given = self.value.get(name)
        return given if isinstance(given, str) else ""


@dataclass(frozen=True)
class About:
    """What an object of a team says something of: `refs`, by the alert of the portal that they are of.

    `alert` is the one under the strictest label: who may not read that one does not read what is said.
    """

    value: dict[str, Any]
    refs: dict[int, list[str]]
    alert: int


def about_portal(values: list[dict[str, Any]]) -> list[About]:
    """Those that say something of what the portal made, found for all of them at once. In the scope of the team."""
    said = [value for value in values if value["type"] in TAKEN]
    refs = sorted({ref for value in said for ref in _references(value)})
    known = sorted(set(_of_portal(refs).values_list("alert", "stix_id", "alert__tlp"))) if refs else []
    labels = {alert: tlp for alert, _ref, tlp in known}
    found = []
    for value in said:
        meant: dict[int, list[str]] = {}
        for alert, ref, _tlp in known:
            if ref in _references(value):
                meant.setdefault(alert, []).append(ref)
        if meant:
            found.append(About(value, meant, max(meant, key=lambda alert: RANKS[labels[alert]])))
    return found


class TooMuch(Exception):
    """More than people are told of at once: it stays an object, and its message says so."""


def take(about: About, team: Team, by: Any, *, label: Tlp | None = None) -> str:
    """A sentence when it is refused, or nothing: it was taken, or has no place in the portal.

    In the scope of the team; `label` is the object's, its own or that of what it came with. Raises TooMuch.
    """
    value = about.value
    if by is None or _is_of_another(value, team):
        return ""
    for number, (alert, refs) in enumerate(sorted(about.refs.items())):
        key = uuid_in(value["id"]) if number == 0 else uuid5(uuid_in(value["id"]), str(alert))
        with scope(reach_of(by)):
            found = Alert.objects.visible_to(by).out().filter(pk=alert).first()
            if found is None or team.pk not in reach_of(by).teams:
                return _may_not()
            if problem := _say(Said(value, team, by, found, refs, key, label)):
                return problem
    return ""


def unsay(rows: Iterable[StixObject]) -> None:
    """What the team deletes everywhere is withdrawn in the portal too, as whoever said it. In the scope of the team."""
    ids = {row.stix_id: row.from_team_id for row in rows if row.type == "note"}
    if not ids:
        return
    with scope(PROGRAMME):
        standing = StixObject.objects.standing().filter(stix_id__in=sorted(ids), alert=None)
        gone = {uuid_in(one): ids[one] for one in ids.keys() - set(standing.values_list("stix_id", flat=True))}
    said = Comment.objects.filter(key__in=list(gone), withdrawn_at=None).select_related("by", "alert")
    for one in [one for one in said if one.team_id == gone[one.key]]:
        with scope(reach_of(one.by)):
            withdraw_comment(comment=one, by=one.by)


def _references(value: dict[str, Any]) -> list[str]:
    return [value["sighting_of_ref"]] if value["type"] == "sighting" else list(value["object_refs"])


def _of_portal(refs: list[str]) -> Any:
    return StixObject.objects.readable_in(current_reach()).standing().filter(stix_id__in=refs, alert__isnull=False)


def _is_of_another(value: dict[str, Any], team: Team) -> bool:
    """Passing on what another team said is not saying it."""
    return StixObject.objects.filter(stix_id=value["id"]).exclude(from_team=team).exists()


def _say(said: Said) -> str:
    """In the scope of whoever made the token. What is said by an object that was brought before adds nothing."""
    if not said.value.get("revoked") and _lately(said) >= MOST_IN_HOUR:
        raise TooMuch(
            _("Your team has said much about this alert in the last hour. This stays an object and is not said there.")
        )
    try:
        return _SAID[said.value["type"]](said)
    except Refused as refusal:
        return str(refusal)


def _lately(said: Said) -> int:
    of = {"alert": said.alert, "team": said.team, "at__gte": timezone.now() - timedelta(hours=1)}
    return Comment.objects.filter(**of).count() + Sighting.objects.filter(**of).count()


def _sighting(said: Said) -> str:
    count = said.value.get("count", 1)
    return _sight(said, Sighting.Kind.SEEN, count=count, note=said.text("description"))


def _opinion(said: Said) -> str:
    """Against an indicator: a false positive. Any other opinion has no place in the portal."""
    if said.value["opinion"] not in AGAINST or not any(ref.startswith("indicator--") for ref in said.refs):
        return ""
    return _sight(said, Sighting.Kind.FALSE_POSITIVE, count=1, note=said.text("explanation"))


def _sight(said: Said, kind: str, **facts: Any) -> str:
    """Whom the alert comes from learns it, which a label for the own team alone does not let."""
    if said.value.get("revoked") or (said.label and is_stricter(said.label, than=Tlp.AMBER)):
        return ""
    if not said.by.has_perm("csirt_network.sight_alert", said.alert):
        return _may_not()
    standing = Indicator.objects.visible_to(said.by).standing().filter(alert=said.alert)
    given = {"key": said.key, "kind": kind, "indicator": _indicator(said) or "", "seen_on": _day(said.value), **facts}
    form = SightingForm(given, indicators=standing)
    if not form.is_valid():
        return _sentences(form)
    sight(alert=said.alert, team=said.team, by=said.by, **form.cleaned_data)
    return ""


def _note(said: Said) -> str:
    """A comment of the same words; one that is revoked is withdrawn."""
    if said.value.get("revoked"):
        for mine in Comment.objects.visible_to(said.by).filter(key=said.key, by=said.by):
            withdraw_comment(comment=mine, by=said.by)
        return ""
    if said.label is None or is_stricter(said.label, than=strictest([Tlp.GREEN, said.alert.tlp])):
        return ""
    if not said.by.has_perm("csirt_network.comment_alert", said.alert):
        return _may_not()
    form = CommentForm({"key": said.key, "text": "\n\n".join(filter(None, map(said.text, ("abstract", "content"))))})
    if not form.is_valid():
        return _sentences(form)
    comment(alert=said.alert, team=said.team, by=said.by, **form.cleaned_data)
    return ""


_SAID: dict[str, Callable[[Said], str]] = {"note": _note, "opinion": _opinion, "sighting": _sighting}


def _indicator(said: Said) -> int | None:
    """Which of the alert's is meant; one that was left out is found too, and then refused."""
    known = Indicator.objects.visible_to(said.by).filter(alert=said.alert)
    return next((one.pk for one in known if indicator_id(one) in said.refs), None)


def _day(value: dict[str, Any]) -> date:
    """By the clock of UTC, where the portal's day may not have come yet."""
    moment = next(_times(value))
    return min(moment.date(), today()) if moment <= timezone.now() else moment.date()


def _times(value: dict[str, Any]) -> Iterator[datetime]:
    for name in ("last_seen", "first_seen", "created"):
        if name in value:
            yield datetime.fromisoformat(value[name]).astimezone(UTC)


def _may_not() -> str:
    return _("Whoever made this token may not speak for the team about this alert.")


def _sentences(form: Any) -> str:
    return " ".join(str(error) for errors in form.errors.values() for error in errors)
