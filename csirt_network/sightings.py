"""What teams have seen of an alert, in numbers: names stay with the origin and the programme."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db.models import Count, Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.downloads import where
from common.scope import scope
from csirt_network.answers import scope_of_origin
from csirt_network.indicators import Kind, defang
from csirt_network.models import Alert, Indicator, Sighting


@dataclass(frozen=True)
class Totals:
    """Of one indicator, or of the alert as a whole: how many teams, and how often altogether."""

    teams: dict[str, int] = field(default_factory=dict)
    times: dict[str, int] = field(default_factory=dict)

    def __str__(self) -> str:
        said = [words(self.teams[kind], self.times[kind]) for kind, words in WORDS.items() if self.teams.get(kind)]
        return "; ".join(said) or "–"


def _seen(teams: int, times: int) -> str:
    said = ngettext("seen by %(teams)d team", "seen by %(teams)d teams", teams) % {"teams": teams}
    return f"{said} ({times}×)"


def _false(teams: int, _times: int) -> str:
    return ngettext("false positive for %(teams)d team", "false positive for %(teams)d teams", teams) % {"teams": teams}


def _expired(teams: int, _times: int) -> str:
    return ngettext("expired for %(teams)d team", "expired for %(teams)d teams", teams) % {"teams": teams}


WORDS = {Sighting.Kind.SEEN: _seen, Sighting.Kind.FALSE_POSITIVE: _false, Sighting.Kind.EXPIRED: _expired}


@dataclass(frozen=True)
class Shown:
    """An indicator as the page shows it."""

    pk: int
    kind: str
    value: str
    harmless: str
    first_seen: str
    note: str
    sightings: Totals


def totals_by_indicator(alert: Alert) -> dict[int | None, Totals]:
    """By indicator; None for "we saw this". Counts alone leave the scope they are counted in."""
    found: dict[int | None, Totals] = defaultdict(Totals)
    with scope(scope_of_origin(alert)):
        rows = Sighting.objects.filter(alert=alert).order_by().values("indicator", "kind")
        for row in rows.annotate(teams=Count("team", distinct=True), times=Sum("count")):
            found[row["indicator"]].teams[row["kind"]] = row["teams"]
            found[row["indicator"]].times[row["kind"]] = row["times"]
    return found


def indicators_of(alert: Alert, user: Any, totals: dict[int | None, Totals]) -> list[Shown]:
    """Those that the version of today holds."""
    standing = Indicator.objects.visible_to(user).standing().filter(alert=alert)
    return [
        Shown(
            one.pk,
            str(Kind(one.kind).label),
            one.value,
            defang(one.value, one.kind),
            one.first_seen,
            one.note,
            totals.get(one.pk, Totals()),
        )
        for one in standing
    ]


def lines_of(alert: Alert, user: Any) -> list[list[Any]]:
    """As tools want them, under the label they carry."""
    rows = Indicator.objects.visible_to(user).standing().filter(alert=alert)
    heading = ["TLP", "PAP", _("Alert"), _("Type"), _("Value"), _("First seen"), _("Note"), *where()]
    label = [alert.get_tlp_display(), alert.get_pap_display(), alert.code]
    page = settings.SITE_URL + alert.get_absolute_url()
    return [heading, *([*label, one.kind, one.value, one.first_seen, one.note, one.pk, page] for one in rows)]
