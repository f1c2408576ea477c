"""The network of CSIRTs in figures: who is connected is published, of alerts what everybody may read is counted."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from csirt_network.figures import Chart, Figures
from csirt_network.models import NetworkMembership, Team
from csirt_network.regional import LEAST_TEAMS
from reporting.glance.quarters import Quarter, begins


@dataclass(frozen=True)
class Network:
    """`months` and `numbers` are of the last twelve; a number below five is None, withheld, as for the public."""

    teams: tuple[Any, ...]
    joined: tuple[Any, ...]
    states_before: int
    teams_before: int
    months: tuple[datetime, ...]
    numbers: tuple[int | None, ...]
    classes: tuple[int | None, ...]
    alerts: int | None
    in_quarter: int | None
    in_quarter_before: int | None


def network_of(reader: Any, quarter: Quarter, now: datetime) -> Network:
    figures = Figures(reader, now)
    charts = {chart.key: chart for chart in figures.charts}
    held = NetworkMembership.objects.visible_to(reader)
    before = set(held.filter(_held_on(quarter.first)).values_list("state", "team"))
    joined = held.filter(starts_on__gte=quarter.first, starts_on__lt=quarter.end).select_related("team__state")
    return Network(
        teams=tuple(Team.objects.visible_to(reader).connected().in_order().select_related("state")),
        joined=tuple(joined.order_by("starts_on", "pk")),
        states_before=len({state for state, _team in before}),
        teams_before=len({team for _state, team in before}),
        months=tuple(figures.months),
        numbers=_numbers(charts["month"]),
        classes=_numbers(charts["class"]),
        alerts=figures.total,
        in_quarter=_published(figures, quarter),
        in_quarter_before=_published(figures, quarter.before),
    )


def _held_on(day: date) -> Q:
    """The day before still belongs to a membership that ends on it."""
    return Q(starts_on__lt=day) & (Q(ends_on=None) | Q(ends_on__gte=day))


def _numbers(chart: Chart) -> tuple[int | None, ...]:
    return tuple(line.number for line in chart.lines)


def _published(figures: Figures, quarter: Quarter) -> int | None:
    days = {"published_at__gte": begins(quarter.first), "published_at__lt": begins(quarter.end)}
    number: int = figures.alerts.filter(**days).count()
    return None if 0 < number < LEAST_TEAMS else number
