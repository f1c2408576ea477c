"""What implements an instrument, as the programme's officers say."""

from typing import Any

from django.db import transaction

from action_plan.models import Activity, Instrument, InstrumentActivity, InstrumentPoint


@transaction.atomic
def link(*, instrument: Instrument, point: int | None, activity: Activity | None, by: Any) -> None:
    """Twice is once."""
    if point:
        InstrumentPoint.objects.get_or_create(instrument=instrument, point=point)
    if activity:
        InstrumentActivity.objects.get_or_create(instrument=instrument, activity=activity)


@transaction.atomic
def unlink(*, instrument: Instrument, point: int | None, activity: int | None, by: Any) -> None:
    if point:
        InstrumentPoint.objects.filter(instrument=instrument, point=point).delete()
    if activity:
        InstrumentActivity.objects.filter(instrument=instrument, activity=activity).delete()
