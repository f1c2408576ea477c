"""What a rule says, in sentences."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from common.tlp import Tlp
from csirt_network.models.alerts import Alert
from csirt_network.rsit import CLASSES, TYPES
from csirt_network.sectors import Sector
from member_states.names import by_alpha2
from notices.paces import Pace

if TYPE_CHECKING:
    from csirt_network.models.subscriptions import AlertRule


def pace_words(pace: str) -> str:
    """How soon mails come, as a sentence."""
    return {
        Pace.AT_ONCE: _("A mail comes at once for each alert that matches, and for each new version of it."),
        Pace.DAILY: _("Alerts that match come together once a day, in the morning."),
        Pace.WEEKLY: _("Alerts that match come together once a week, on Monday morning."),
    }[Pace(pace)]


def conditions(rule: "AlertRule") -> list[str]:
    """One sentence for each criterion; one that says so when there is none."""
    return list(_conditions(rule)) or [_("Every alert matches that may be read.")]


def _conditions(rule: "AlertRule") -> Iterator[str]:
    if rule.kinds:
        yield _("The kind is %(list)s.") % {"list": any_of(str(Alert.Kind(kind).label) for kind in rule.kinds)}
    if rule.incidents:
        yield _("The incident is of the class or type %(list)s.") % {"list": any_of(map(incident_name, rule.incidents))}
    if rule.countries:
        names = by_alpha2()
        yield _("It comes from a team of %(list)s.") % {"list": any_of(names.get(c, c) for c in rule.countries)}
    if rule.sectors:
        sectors = any_of(str(Sector(sector).label) for sector in rule.sectors)
        yield _("It comes from a team that serves %(list)s.") % {"list": sectors}
    if rule.networks:
        yield _("An indicator touches %(list)s.") % {"list": any_of(rule.networks)}
    if rule.words:
        yield _("It mentions %(list)s.") % {"list": any_of(f"“{word}”" for word in rule.words)}
    yield from _labels(rule)


def _labels(rule: "AlertRule") -> Iterator[str]:
    if rule.least == rule.most:
        yield _("The label is %(label)s.") % {"label": Tlp(rule.least).label}
        return
    if rule.least != Tlp.CLEAR:
        yield _("The label is %(label)s or stricter.") % {"label": Tlp(rule.least).label}
    if rule.most != Tlp.RED:
        yield _("The label is %(label)s or wider.") % {"label": Tlp(rule.most).label}


def incident_name(code: str) -> str:
    return str(TYPES[code].name) if code in TYPES else CLASSES[code].name if code in CLASSES else code


def any_of(names: Iterable[str]) -> str:
    """A, B or C."""
    *others, last = names
    return _("%(names)s or %(last)s") % {"names": ", ".join(others), "last": last} if others else last
