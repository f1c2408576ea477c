"""Figures of the network, counted from what their reader may read anyway, so that no count tells of anything else.

Staff, the community and liaisons each count their own `visible_to`. Who is none of them counts what is under TLP:CLEAR,
and of that nothing below five. Exercises and the class for tests are left out. Countries are those an alert is told to
come from: what the programme passes on without its source stands with the programme's own.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any

from django.db.models import CharField, Count, DurationField, ExpressionWrapper, F, Func, Min, Q
from django.db.models.functions import TruncMonth
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext, ngettext

from common.scope import reach_of
from common.tlp import Tlp
from csirt_network.crossed import CODES, Table, classes_by, of_class, table
from csirt_network.models import Acknowledgement, Alert, Reader, Sighting, Team
from csirt_network.regional import LEAST_TEAMS
from csirt_network.rsit import CLASSES, FOR_TESTS
from csirt_network.sectors import Sector
from member_states.models import MemberState

MONTHS = 12
MONTH = TruncMonth("published_at", tzinfo=UTC)
SECTOR = Func("from_team__sectors", function="unnest", output_field=CharField())
ORIGIN = "from_team__state__slug"
Wait = tuple[int, timedelta]  # of a team, from the publication of an alert to its first answer


@dataclass(frozen=True)
class Line:
    """`number` is None where it is withheld."""

    label: str
    number: int | None


@dataclass(frozen=True)
class Chart:
    """`key` names it in addresses and in tables; `note` says how it is counted."""

    key: str
    title: str
    lines: Sequence[Line]
    note: str = ""

    @property
    def most(self) -> int:
        return max((line.number or 0 for line in self.lines), default=0) or 1


@dataclass(frozen=True)
class Answers:
    """`hours`: the median from publication to a team's first answer."""

    count: int
    hours: float

    @property
    def sentence(self) -> str:
        words = ngettext(
            "Of %(n)s answer, the median time from publication is %(hours)s hours.",
            "Of %(n)s answers, the median time from publication is %(hours)s hours.",
            self.count,
        )
        return words % {"n": self.count, "hours": number_format(self.hours, 1)}


@dataclass(frozen=True)
class Balance:
    team: Team
    received: int
    answered: int
    sent: int
    sightings: int


class Figures:
    """Of the last twelve months, the current one included. One query for each chart and table."""

    def __init__(self, user: Any, now: datetime) -> None:
        self.user, reach = user, reach_of(user)
        self.is_public = not (reach.staff or reach.community)
        self.is_staff = reach.staff
        self.months = months_before(now)
        alerts = counted(Alert.objects.visible_to(user), self.months[0])
        if self.is_public:
            alerts = alerts.filter(tlp=Tlp.CLEAR)
        self.found = list(alerts.order_by().values_list("pk", flat=True))  # once, not anew for each chart
        self.alerts = Alert.objects.visible_to(user).filter(pk__in=self.found)

    @property
    def since(self) -> datetime:
        return self.months[0]

    @cached_property
    def total(self) -> int | None:
        return self._shown(self.alerts.count())

    @cached_property
    def charts(self) -> list[Chart]:
        return [self._by_month(), self._by_class(), self._by_sector(), self._by_country()]

    @cached_property
    def tables(self) -> list[Table]:
        """Incident classes by month, country and sector."""
        months = {first: date_format(first, "M Y") for first in self.months}
        by_country = classes_by(self.alerts, ORIGIN)
        by_sector = classes_by(self.alerts.exclude(from_team=None), SECTOR)
        countries = {slug: name for slug, name in sorted(self._origins.items(), key=_by_name) if slug in by_country}
        sectors = {code: str(name) for code, name in Sector.choices if code in by_sector}
        return [
            table(
                "class-month", gettext("Incident classes by month"), months, classes_by(self.alerts, MONTH), self._shown
            ),
            table("class-country", gettext("Incident classes by country"), countries, by_country, self._shown),
            table("class-sector", gettext("Incident classes by sector"), sectors, by_sector, self._shown),
        ]

    @cached_property
    def _origins(self) -> dict[str | None, str]:
        """The names of the states by their slugs; None is the programme."""
        return {state.slug: str(state) for state in MemberState.objects.all()} | {None: gettext("The programme")}

    @cached_property
    def answers(self) -> "Answers | None":
        """How soon teams answer, of the answers that this reader may see; None where nobody has answered."""
        return None if self.is_public else _answers(self._waits)

    @cached_property
    def _waits(self) -> list[Wait]:
        return waits_among(Acknowledgement.objects.visible_to(self.user).filter(alert__in=self.found))

    @cached_property
    def balance(self) -> list["Balance"]:
        """Of the reader's own teams; staff see all that are connected. As many queries for many teams as for one.

        Sent counts what readers are told comes from the team: what went out without its source is nobody's here.
        """
        if self.is_public:
            return []
        teams = Team.objects.visible_to(self.user).connected().order_by("name")
        shown = list(teams if self.is_staff else teams.filter(pk__in=reach_of(self.user).teams))
        readers = Reader.objects.visible_to(self.user).filter(audience__in=self.alerts.values("audience"))
        seen = Sighting.objects.visible_to(self.user).filter(alert__in=self.found)
        counts = (
            _counted_by("team", readers.filter(team__in=shown)),
            Counter(team for team, _wait in self._waits),
            _counted_by("from_team", self.alerts.filter(from_team__in=shown)),
            _counted_by("team", seen.filter(team__in=shown)),
        )
        return [Balance(team, *(number.get(team.pk, 0) for number in counts)) for team in shown]

    def _by_month(self) -> Chart:
        found = dict(self.alerts.order_by().values_list(MONTH).annotate(Count("pk")))
        lines = [self._line(date_format(first, "F Y"), found.get(first, 0)) for first in self.months]
        return Chart("month", gettext("By month"), lines, gettext("By the day of first publication, in UTC."))

    def _by_class(self) -> Chart:
        asked = {f"n{n}": Count("pk", filter=of_class(code)) for n, code in enumerate(CODES)}
        found = self.alerts.aggregate(**asked, none=Count("pk", filter=Q(rsit=[])))
        lines = [self._line(CLASSES[code].name, found[f"n{n}"]) for n, code in enumerate(CODES)]
        lines.append(self._line(gettext("Without an incident type"), found["none"]))
        note = gettext(
            "An alert of several classes counts once in each: the classes may add up to more than there are alerts."
        )
        return Chart("class", gettext("By incident class (RSIT)"), lines, note)

    def _by_sector(self) -> Chart:
        found = dict(self.alerts.exclude(from_team=None).order_by().values_list(SECTOR).annotate(Count("pk")))
        names = dict(Sector.choices)
        lines = [self._line(str(names.get(code, code)), number) for code, number in _most_first(found)]
        note = gettext("By the sectors that the sending team serves; one that serves several counts in each.")
        return Chart("sector", gettext("By sector"), lines, note)

    def _by_country(self) -> Chart:
        rows = self.alerts.order_by().values_list(ORIGIN).annotate(Count("pk"))
        found = {self._origins[slug]: number for slug, number in rows}
        lines = [self._line(name, number) for name, number in _most_first(found)]
        note = gettext(
            "As readers are told. What the programme passes on without its source counts as the programme’s."
        )
        return Chart("country", gettext("By country of origin"), lines, note)

    def _line(self, label: str, number: int) -> Line:
        return Line(label, self._shown(number))

    def _shown(self, number: int) -> int | None:
        return None if self.is_public and 0 < number < LEAST_TEAMS else number


def answers_among(acknowledgements: Any, least_teams: int = 1) -> Answers | None:
    """From each team's first answer to each alert; None where fewer teams than `least_teams` have answered."""
    found = waits_among(acknowledgements)
    return _answers(found) if len({team for team, _wait in found}) >= least_teams else None


def waits_among(acknowledgements: Any) -> list[Wait]:
    """How long each team took for each alert it answered."""
    wait = ExpressionWrapper(F("first") - F("alert__published_at"), output_field=DurationField())
    firsts = acknowledgements.exclude(team=None).order_by().values("alert", "team", "alert__published_at")
    return list(firsts.annotate(first=Min("at")).annotate(wait=wait).values_list("team", "wait"))


def _answers(found: list[Wait]) -> Answers | None:
    waits = sorted(each for _team, each in found)
    return Answers(len(waits), waits[(len(waits) - 1) // 2].total_seconds() / 3600) if waits else None


def _counted_by(team: str, rows: Any) -> dict[int, int]:
    return dict(rows.order_by().values_list(team).annotate(Count("pk")))


def counted(alerts: Any, since: datetime) -> Any:
    return alerts.out().filter(is_exercise=False, published_at__gte=since).exclude(rsit__contains=[FOR_TESTS])


def months_before(now: datetime) -> list[datetime]:
    """The first moments of the last twelve months in UTC, the oldest first."""
    now = now.astimezone(UTC)
    last = now.year * 12 + now.month - 1
    return [datetime(n // 12, n % 12 + 1, 1, tzinfo=UTC) for n in range(last - MONTHS + 1, last + 1)]


def _by_name(pair: tuple[str | None, str]) -> tuple[bool, str]:
    """The programme stands last."""
    return pair[0] is None, pair[1]


def _most_first(found: dict[str, int]) -> list[tuple[str, int]]:
    return sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))
