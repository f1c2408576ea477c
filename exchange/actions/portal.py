"""What teams push about alerts of the portal is said in the portal too: sightings, comments and false positives.

Once for each id, by the actions that pages use and with their rules, as whoever made the token. Labels hold: what is
marked for the own team alone stays an object, and so does a note whose label lets fewer read it than the alert's.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid5

from django.utils import timezone
from django.utils.translation import gettext as _

from common.days import today
from common.scope import current_reach, reach_of, scope
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


def about_portal(values: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Those that say something of what the portal made, found for all of them at once. In the scope of the team."""
    refs = {ref for value in values if value["type"] in TAKEN for ref in _references(value)}
    known = set(_of_portal(sorted(refs)).values_list("stix_id", flat=True)) if refs else set()
    return [value for value in values if value["type"] in TAKEN and not known.isdisjoint(_references(value))]


def take(value: dict[str, Any], team: Team, by: Any, *, label: Tlp | None = None) -> str:
    """A sentence when it is refused, or nothing: it was taken, or is about nothing of the portal.

    In the scope of the team; `label` is the object's, its own or that of what it came with.
    """
    if value["type"] not in TAKEN or by is None or _is_of_another(value, team):
        return ""
    for number, (alert, refs) in enumerate(sorted(_about(value).items())):
        key = uuid_in(value["id"]) if number == 0 else uuid5(uuid_in(value["id"]), str(alert))
        with scope(reach_of(by)):
            found = Alert.objects.visible_to(by).out().filter(pk=alert).first()
            if found is None or team.pk not in reach_of(by).teams:
                return _may_not()
            if problem := _say(Said(value, team, by, found, refs, key, label)):
                return problem
    return ""


def _about(value: dict[str, Any]) -> dict[int, list[str]]:
    """Alerts, each with what of it is meant: objects that the portal made and the team may read."""
    found: dict[int, list[str]] = {}
    for alert, ref in sorted(set(_of_portal(_references(value)).values_list("alert", "stix_id"))):
        found.setdefault(alert, []).append(ref)
    return found


def _references(value: dict[str, Any]) -> list[str]:
    return [value["sighting_of_ref"]] if value["type"] == "sighting" else list(value["object_refs"])


def _of_portal(refs: list[str]) -> Any:
    return StixObject.objects.readable_in(current_reach()).standing().filter(stix_id__in=refs, alert__isnull=False)


def _is_of_another(value: dict[str, Any], team: Team) -> bool:
    """Passing on what another team said is not saying it."""
    return StixObject.objects.filter(stix_id=value["id"]).exclude(from_team=team).exists()


def _say(said: Said) -> str:
    """In the scope of whoever made the token."""
    try:
        return _SAID[said.value["type"]](said)
    except Refused as refusal:
        return str(refusal)


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
