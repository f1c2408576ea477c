"""What is known of the network's month, read once, in the reach of its readers: as one of the community, no more.

But for one figure: how soon teams answered what the community reads. Answers are known to whoever asked for them, so it
is a median made in the programme's scope, and withheld where fewer than five teams have answered.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from common.scope import PROGRAMME, Reach, scope
from common.tlp import Tlp
from csirt_network.figures import Answers, answers_among
from csirt_network.models import Acknowledgement, Alert, LibraryItem, NetworkMembership
from csirt_network.regional import LEAST_TEAMS

if TYPE_CHECKING:
    from reporting.models import Run

COMMUNITY = Reach(community=True)
HELD = (Tlp.CLEAR, Tlp.GREEN)


@dataclass(frozen=True)
class CommunityReader:
    """Whoever is of the community of the network, and of no team that something was sent to."""

    reach: Reach = COMMUNITY
    is_authenticated: bool = True
    is_programme_staff: bool = False


@dataclass(frozen=True)
class Month:
    first: datetime
    end: datetime


@dataclass(frozen=True)
class NetworkFacts:
    month: Month
    as_of: datetime
    alerts: tuple[Alert, ...]
    items: tuple[LibraryItem, ...]
    joined: tuple[NetworkMembership, ...]
    teams: int
    answers: Answers | None


def facts_of(run: "Run") -> NetworkFacts:
    """The same number of queries, however much was published."""
    month, as_of = month_of(run), run.as_of or datetime.now(UTC)
    with scope(COMMUNITY, read_only=True):
        alerts, items, joined, teams = _read(month, CommunityReader())
    with scope(PROGRAMME, read_only=True):
        said = Acknowledgement.objects.filter(alert__in=[alert.pk for alert in alerts])
        answers = answers_among(said, least_teams=LEAST_TEAMS)
    return NetworkFacts(month, as_of, alerts, items, joined, teams, answers)


def month_of(run: "Run") -> Month:
    """The whole month before the slot, by the clock of the schedule."""
    zone = ZoneInfo(run.schedule.time_zone) if run.schedule else UTC
    slot = run.slot.astimezone(zone)
    end = slot.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    first = end.replace(year=end.year - (end.month == 1), month=12 if end.month == 1 else end.month - 1)
    return Month(first, end)


def _read(month: Month, reader: Any) -> tuple[Any, ...]:
    published = {"published_at__gte": month.first, "published_at__lt": month.end}
    alerts = Alert.objects.visible_to(reader).out().filter(tlp__in=HELD, is_exercise=False, **published)
    brought = {"updated_at__gte": month.first, "updated_at__lt": month.end}
    items = LibraryItem.objects.visible_to(reader).standing().filter(tlp__in=HELD, **brought)
    started = {"starts_on__gte": month.first.date(), "starts_on__lt": month.end.date()}
    current = NetworkMembership.objects.visible_to(reader).current()
    joined = current.filter(**started).select_related("team__state")
    return (
        tuple(alerts.select_related("from_team__state").order_by("published_at", "pk")),
        tuple(items.select_related("from_team").order_by("updated_at", "pk")),
        tuple(joined.order_by("starts_on", "pk")),
        current.values("team").distinct().count(),
    )
