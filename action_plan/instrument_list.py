"""The instruments with what implements each, as far as the reader may read of it: for the page, tables and programs."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from action_plan.models import Activity, Instrument, InstrumentActivity, InstrumentPoint
from common.downloads import where, whereabouts


def instruments_for(user: Any) -> QuerySet[Instrument]:
    """Each with `named_points`, `named_activities` and `named_agreements`, in four queries for all."""
    points = InstrumentPoint.objects.visible_to(user).order_by("point")
    activities = Activity.objects.visible_to(user)
    links = InstrumentActivity.objects.visible_to(user).filter(activity__in=activities).select_related("activity")
    return (
        Instrument.objects.visible_to(user)
        .select_related("source")
        .prefetch_related(
            Prefetch("points", points, to_attr="named_points"),
            Prefetch("implemented_by", links.order_by("-pk"), to_attr="named_activities"),
            Prefetch("agreements", _implementing(user), to_attr="named_agreements"),
        )
    )


def agreements_of(instrument: Instrument, user: Any) -> Any:
    return _implementing(user).filter(instrument=instrument).select_related("source")


def _implementing(user: Any) -> Any:
    """Agreements stand above the action plan, so their rows are asked for by name."""
    links: Any = apps.get_model("partnerships", "AgreementInstrument").objects
    return links.visible_to(user).select_related("agreement").order_by("-agreement__concluded_on", "pk")


def table(instruments: Iterable[Any]) -> Iterator[list[Any]]:
    yield [
        _("Instrument"),
        _("Kind"),
        _("Adopted"),
        _("Reference"),
        _("What it is"),
        _("Points that implement it"),
        _("Activities that implement it"),
        _("Agreements that implement it"),
        _("Source"),
        _("Text of the instrument"),
        *where(),
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
            "; ".join(row.agreement.name for row in one.named_agreements),
            str(one.source or ""),
            one.link,
            *whereabouts(one),
        ]
