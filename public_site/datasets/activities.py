"""What the programme does, and on whose mandate."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from action_plan.models import Activity, ActivityState, Instrument, Kind
from public_site.datasets.kind import (
    DAY,
    PAGE,
    SOURCE,
    TEXT,
    WHOLE,
    YES_NO,
    Column,
    Dataset,
    Row,
    address,
    day,
    four,
    listed,
    texts,
)


def activities(user: Any) -> Iterator[Row]:
    taking_part = ActivityState.objects.visible_to(user).select_related("state").order_by("state__alpha3")
    found = Activity.objects.visible_to(user).with_figures().select_related("host_state", "source")
    shown = Prefetch("taking_part", taking_part, to_attr="shown_states")
    for one in found.prefetch_related(shown).order_by("starts_on", "pk"):
        yield [
            one.slug,
            *texts(one, "title"),
            one.kind,
            one.point,
            one.status,
            day(one.starts_on),
            day(one.ends_on),
            one.precision,
            one.place,
            one.host_state.alpha3 if one.host_state else None,
            one.is_online,
            listed(row.state.alpha3 for row in one.shown_states),
            one.participants,
            one.participants_as_stated,
            one.organisers,
            one.reference,
            one.source.key if one.source else None,
            address(one),
        ]


def instruments(user: Any) -> Iterator[Row]:
    for one in Instrument.objects.visible_to(user).select_related("source").order_by("adopted", "pk"):
        yield [
            one.slug,
            *texts(one, "name"),
            one.kind,
            one.adopted,
            one.reference,
            one.link,
            one.source.key if one.source else None,
            address(one),
        ]


ACTIVITIES = Dataset(
    slug="activities",
    title=_("Activities"),
    about=_("Courses, exercises, missions and meetings of the programme that are open for everybody to read of."),
    columns=(
        Column("id", _("Name of the activity in addresses of the portal.")),
        *four("title", _("Title.")),
        Column("kind", _("What it is."), TEXT, tuple(Kind.values)),
        Column("point", _("Point of the plan that it serves, from 1 to 7."), WHOLE),
        Column("status", _("How far it is."), TEXT, tuple(Activity.Status.values)),
        Column("starts_on", _("First day."), DAY),
        Column("ends_on", _("Last day."), DAY),
        Column("precision", _("How exact the days are."), TEXT, tuple(Activity.Precision.values)),
        Column("place", _("Place.")),
        Column("host_state", _("State in which it takes place, by ISO 3166-1 alpha-3.")),
        Column("is_online", _("Whether it takes place online."), YES_NO),
        Column("states", _("States that take part and may be named, separated by semicolons.")),
        Column("participants", _("How many people took part, where it is counted."), WHOLE),
        Column("participants_as_stated", _("Who took part, in the words of the source.")),
        Column("organised_by", _("Who organised it.")),
        Column("reference", _("Reference of its source.")),
        SOURCE,
        PAGE,
    ),
    rows=activities,
    page="activity-list",
)
INSTRUMENTS = Dataset(
    slug="instruments",
    title=_("Mandate"),
    about=_("The strategy and the declarations of the member states that the programme works on."),
    columns=(
        Column("id", _("Name of the instrument in addresses of the portal.")),
        *four("name", _("Name.")),
        Column("kind", _("What it is."), TEXT, tuple(Instrument.Kind.values)),
        Column("adopted", _("When it was adopted: a year, a month or a day.")),
        Column("reference", _("Its reference.")),
        Column("link", _("Where its text is published.")),
        SOURCE,
        PAGE,
    ),
    rows=instruments,
    page="instrument-list",
)
