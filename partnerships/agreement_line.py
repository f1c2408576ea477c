"""The story of the agreements on one line: the instruments behind them, when each was concluded, what followed."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef

from action_plan.models import Activity, Instrument
from common.partial_dates import first_day
from partnerships.dates import in_words
from partnerships.models import Agreement, AgreementActivity

MOST = 12  # the newest; the line is for a glance


@dataclass(frozen=True)
class Stop:
    day: date
    when: str
    text: str
    url: str


def on_one_line(user: Any) -> list[Stop]:
    """Oldest first. Nothing where there is no agreement to put on it."""
    agreements = _agreements(user)
    if not agreements:
        return []
    return sorted([*_instruments(user), *agreements, *_activities(user)], key=lambda stop: stop.day)[-MOST:]


def _instruments(user: Any) -> list[Stop]:
    rows = [(first_day(one.adopted), one) for one in Instrument.objects.visible_to(user)]
    return [Stop(day, one.year, one.name, one.get_absolute_url()) for day, one in rows if day]


def _agreements(user: Any) -> list[Stop]:
    concluded = Agreement.objects.visible_to(user).filter(phase="concluded", concluded_on__isnull=False)
    return [_stop(one.concluded_on, one.precision, one.name, one) for one in concluded.order_by("-concluded_on")[:MOST]]


def _activities(user: Any) -> list[Stop]:
    """What took place under an agreement; idle plans are no story yet."""
    links = AgreementActivity.objects.visible_to(user).filter(activity=OuterRef("pk"))
    done = Activity.objects.visible_to(user).filter(Exists(links), status="done", starts_on__isnull=False)
    return [_stop(one.starts_on, one.precision, one.title, one) for one in done.newest_first()[:MOST]]


def _stop(day: Any, precision: str, text: str, row: Any) -> Stop:
    words = in_words(day, precision)
    return Stop(day, words[:1].upper() + words[1:], text, row.get_absolute_url())
