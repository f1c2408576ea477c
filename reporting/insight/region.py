"""The region, or a sub-region, over editions and rounds: figures of five states and more, from the one door."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext

from action_plan.factors import rated_factors
from capability import regional
from capability.maturity import LEAST_STATES
from capability.models import Dimension, Factor
from capability.regional import Moment
from common.downloads import where
from member_states.models import MemberState
from reporting.dashboards.cells import Cell, Cells
from reporting.insight.lines import Reading
from reporting.insight.over_time import Line, plain

POINTS = 6  # on a page: the rounds of three years


class RegionOverTime:
    """`?sub_region=` narrows. Of a sub-region medians alone are said (decision 0010).

    `turned`: the newest points, or with `?page=` those before; else all of them.
    """

    def __init__(self, user: Any, given: QueryDict, *, turned: bool = False) -> None:
        wanted = given.get("sub_region", "")
        self.sub_region = wanted if wanted in MemberState.SubRegion.values else ""
        self.is_unknown = wanted != self.sub_region
        self.factors: list[Factor] = list(rated_factors(user).select_related("dimension__edition__source"))
        self.year = self.factors[0].dimension.edition.year if self.factors else 0
        page = given.get("page", "")
        self.page = max(1, int(page)) if page.isdecimal() and len(page) < 4 else 1
        moments = self._read_moments(turned)
        if not moments and self.page > 1:
            self.page = 1
            moments = self._read_moments(turned)
        self.moments = moments[-POINTS:] if turned else moments
        self.has_earlier = len(moments) > len(self.moments)

    def _read_moments(self, turned: bool) -> list[Moment]:
        """Of a page one more than it shows, if there is an earlier one."""
        of: dict[str, Any] = {"skip": (self.page - 1) * POINTS, "most": POINTS + 1} if turned else {}
        return regional.over_time(self.year, self.factors, self.sub_region, **of)

    @property
    def edition(self) -> Any:
        return self.factors[0].dimension.edition if self.factors else None

    @property
    def label(self) -> str:
        return str(dict(MemberState.SubRegion.choices).get(self.sub_region, gettext("All member states")))

    @property
    def choices(self) -> list[dict[str, Any]]:
        every = [("", gettext("All member states")), *MemberState.SubRegion.choices]
        return [
            {
                "url": f"?{urlencode({'sub_region': code})}" if code else "?",
                "label": label,
                "current": code == self.sub_region,
            }
            for code, label in every
        ]

    @property
    def previous_url(self) -> str:
        return self._page_url(self.page - 1) if self.page > 1 else ""

    @property
    def next_url(self) -> str:
        return self._page_url(self.page + 1) if self.has_earlier else ""

    def _page_url(self, page: int) -> str:
        return "?" + urlencode({"sub_region": self.sub_region, "page": page} if self.sub_region else {"page": page})

    @cached_property
    def points(self) -> list[dict[str, Any]]:
        """Each with the number of states that are counted, and of those that answered then."""
        return [
            {
                "key": moment.round.slug if moment.round else str(moment.edition.year),
                "label": _label(moment),
                "states": moment.figures.states,
                "answered": moment.answered,
                "crossed": moment.figures.crossed,
                "is_withheld": moment.figures.states < LEAST_STATES,
            }
            for moment in self.moments
        ]

    @cached_property
    def dimensions(self) -> list[tuple[Line, list[Line]]]:
        """Of each dimension the means, none of a sub-region, and the medians of its factors."""
        found: dict[Dimension, list[Factor]] = {}
        for factor in self.factors:
            found.setdefault(factor.dimension, []).append(factor)
        return [
            (
                self._line(dimension.code, dimension.short, "means"),
                [self._line(factor.code, factor.name, "medians") for factor in factors],
            )
            for dimension, factors in found.items()
        ]

    def _line(self, code: str, name: str, figure: str) -> Line:
        labels = [point["label"] for point in self.points]
        return Line(code, name, self._read(figure, code), labels, gettext("withheld"), figure == "means")

    @property
    def table(self) -> list[tuple[Line, list[tuple[Line, list[Cell]]]]]:
        cells = Cells()
        return [
            (dimension, [(line, [_cell(cells, reading) for reading in line.readings]) for line in factors])
            for dimension, factors in self.dimensions
        ]

    def _read(self, figure: str, code: str) -> list[Reading]:
        """Crossed where every state that counts is read from levels of an earlier edition."""
        return [
            Reading(getattr(moment.figures, figure).get(code), 0 < moment.figures.states == moment.figures.crossed)
            for moment in self.moments
        ]

    @property
    def told(self) -> str:
        """The page in one sentence."""
        last = self.points[-1]
        if last["is_withheld"]:
            return gettext("%(region)s: fewer than five states are known, so no figure is given.") % {
                "region": self.label
            }
        words = {"region": self.label, "states": last["states"], "when": last["label"]}
        return gettext("%(region)s: what %(states)s states had said by the last point, %(when)s.") % words

    @property
    def has_means(self) -> bool:
        return not self.sub_region

    @property
    def has_crossed(self) -> bool:
        return any(point["crossed"] for point in self.points)

    @property
    def has_withheld(self) -> bool:
        return any(reading.number is None for line in self.lines for reading in line.readings)

    @property
    def lines(self) -> list[Line]:
        """What is said: of a sub-region no dimensions."""
        return [line for dimension, factors in self.dimensions for line in self._shown(dimension, factors)]

    def _shown(self, dimension: Line, factors: list[Line]) -> list[Line]:
        return factors if self.sub_region else [dimension, *factors]

    def rows(self) -> Iterator[list[Any]]:
        yield [
            *(gettext("Region"), gettext("Round"), gettext("States counted"), gettext("States that answered then")),
            *(gettext("Read from the levels of 2016"), gettext("Code"), gettext("Dimension or factor")),
            *(gettext("Median or mean"), *where()),
        ]
        page = settings.SITE_URL + reverse("region-over-time")
        for place, point in enumerate(self.points):
            told = [self.label, point["label"], point["states"], point["answered"], point["crossed"]]
            for line in self.lines:
                number = line.readings[place].number
                read = gettext("Withheld") if number is None else plain(number)
                yield [*told, line.code, line.name, read, f"{point['key']}-{line.code}", page]


def _cell(cells: Cells, reading: Reading) -> Cell:
    return cells.withheld if reading.number is None else cells.of(int(reading.number), reading.is_crossed)


def _label(moment: Moment) -> str:
    if moment.round:
        return moment.round.title
    return gettext("Levels of %(year)s") % {"year": moment.edition.year}
