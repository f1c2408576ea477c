"""The instruments with what implements each, as far as the reader may read of it: for the page, tables and programs."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from action_plan.models import Activity, Instrument, InstrumentActivity, InstrumentPoint


def instruments_for(user: Any) -> QuerySet[Instrument]:
    """Each with `named_points` and `named_activities`, in three queries for all."""
    points = InstrumentPoint.objects.visible_to(user).order_by("point")
    activities = Activity.objects.visible_to(user)
    links = InstrumentActivity.objects.visible_to(user).filter(activity__in=activities).select_related("activity")
    return (
        Instrument.objects.visible_to(user)
        .select_related("source")
        .prefetch_related(
            Prefetch("points", points, to_attr="named_points"),
            Prefetch("implemented_by", links.order_by("-pk"), to_attr="named_activities"),
        )
    )


def table(instruments: Iterable[Any]) -> Iterator[list[Any]]:
    yield [
        _("Instrument"),
        _("Kind"),
        _("Adopted"),
        _("Reference"),
        _("What it is"),
        _("Points that implement it"),
        _("Activities that implement it"),
        _("Source"),
        _("Text of the instrument"),
        _("Link"),
    ]
    for one in instruments:
        yield [
            one.name,
            one.get_kind_display(),
            one.adopted,
            one.reference,
            one.about,
            ", ".join(str(row.point) for row in one.named_points),
            "; ".join(row.activity.title for row in one.named_activities),
            str(one.source or ""),
            one.link,
            one.address,
        ]
