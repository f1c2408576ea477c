"""Activities as a table, for a hundred thousand of them: one query with all that a row says, read as plain values."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from action_plan.figures import GENDER_NAMES
from action_plan.models import Activity, ActivityState, Kind
from common.downloads import each, where
from common.mandate import Point
from common.scope import reach_of
from common.translated import SUFFIXES, suffix
from member_states.models import MemberState

NOT_COUNTED = [None] * len(GENDER_NAMES)


def table(found: Any, user: Any) -> Iterator[list[Any]]:
    """All of `found`, a part of it in memory at a time, in as many queries as for one."""
    knows_officer = reach_of(user).staff
    yield [
        _("Title"),
        _("Kind"),
        _("Point"),
        _("Status"),
        _("From"),
        _("Until"),
        _("How exact"),
        _("Place"),
        _("Online"),
        _("States"),
        *([_("Responsible")] if knows_officer else []),
        *(str(name) for name in GENDER_NAMES.values()),
        _("All"),
        _("Participants as the source states them"),
        _("Organised by"),
        _("Reference"),
        _("Source"),
        *where(),
    ]
    yield from _rows(found.with_figures(), user, knows_officer)


def _rows(found: Any, user: Any, knows_officer: bool) -> Iterator[list[Any]]:
    titles = [f"title_{one}" for one in dict.fromkeys((suffix(), *SUFFIXES))]
    shown = ActivityState.objects.visible_to(user).filter(activity=OuterRef("pk")).order_by().values("state")
    columns = ("kind", "point", "status", "starts_on", "ends_on", "precision", "place", "host_state", "is_online")
    more = (
        "shown",
        "officer__name",
        "figures",
        "participants_as_stated",
        "organisers",
        "reference",
        "source__title",
        "slug",
    )
    rows = found.annotate(shown=ArraySubquery(shown)).values_list(*titles, *columns, *more)
    kinds, points, exact = _words(Kind), _words(Point), _words(Activity.Precision)
    statuses, states = _words(Activity.Status), {state.pk: str(state) for state in MemberState.objects.visible_to(user)}
    yes, no = _("yes"), _("no")
    address = (settings.SITE_URL + reverse("activity-detail", args=["-"])).removesuffix("-/")
    for row in each(rows):
        kind, point, status, first, last, precision, place, host, is_online = row[4:13]
        taking_part, officer, figures, as_stated, organisers, reference, source, slug = row[13:]
        yield [
            row[0] or row[1] or row[2] or row[3],
            kinds[kind],
            points.get(point, ""),
            statuses[status],
            first,
            last,
            exact[precision],
            place or states.get(host, ""),
            yes if is_online else no,
            ", ".join(sorted([states[pk] for pk in taking_part if pk in states])),
            *([officer or ""] if knows_officer else []),
            *(figures or NOT_COUNTED),
            sum(figures) if figures else None,
            as_stated,
            organisers,
            reference,
            source or "",
            slug,
            f"{address}{slug}/",
        ]


def _words(choices: Any) -> dict[Any, str]:
    return {code: str(label) for code, label in choices.choices}
