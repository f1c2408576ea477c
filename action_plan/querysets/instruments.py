"""Instruments are published; that an activity implements one is read by whoever reads of the activity."""

from typing import TYPE_CHECKING, Any, Self

from django.db import models

from action_plan.querysets.activities import OfActivity

if TYPE_CHECKING:
    from action_plan.models import Instrument, InstrumentActivity, InstrumentPoint


class InstrumentQuerySet(models.QuerySet["Instrument"]):
    def visible_to(self, user: Any) -> Self:
        return self


class InstrumentPointQuerySet(models.QuerySet["InstrumentPoint"]):
    def visible_to(self, user: Any) -> Self:
        return self


class InstrumentActivityQuerySet(OfActivity["InstrumentActivity"]):
    pass
