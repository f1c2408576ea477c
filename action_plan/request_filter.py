"""How the list of requests for support is narrowed, on the page, in downloads and by programs."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_filters import ChoiceFilter, FilterSet

from action_plan.lives import Asked
from action_plan.models import AskedSupport
from capability.api.filters import StateFilter
from common.downloads import each, where, whereabouts
from common.mandate import Point

WAITING = ("waiting", gettext_lazy("Waiting for an answer"))
LAPSED = ("lapsed", gettext_lazy("No longer asked for"))


class RequestFilter(FilterSet):
    state = StateFilter(label=gettext_lazy("Member state"), empty_label=gettext_lazy("All"), help_text="")
    point = ChoiceFilter(label=gettext_lazy("Point"), choices=Point.choices, empty_label=gettext_lazy("All"))
    status = ChoiceFilter(
        label=gettext_lazy("Status"),
        choices=[WAITING, *Asked.choices, LAPSED],
        empty_label=gettext_lazy("All"),
        method="standing",
    )

    class Meta:
        model = AskedSupport
        fields = ("state", "point", "status")

    def standing(self, requests: Any, _name: str, value: str) -> Any:
        if value == WAITING[0]:
            return requests.waiting()
        return requests.lapsed() if value == LAPSED[0] else requests.standing().filter(status=value)


def table(requests: QuerySet[AskedSupport]) -> Iterator[list[Any]]:
    yield [
        _("Member state"),
        _("Point"),
        _("What is needed"),
        _("Status"),
        _("Asked on"),
        _("Asked in"),
        _("Needed by"),
        *where(),
    ]
    for one in each(requests):
        yield [
            str(one.state),
            f"{one.point}. {one.get_point_display()}",
            one.need,
            str(LAPSED[1] if one.has_lapsed else one.get_status_display()),
            localtime(one.asked_at).date(),
            _("An update") if one.update_id else _("The list"),
            one.wanted_by,
            *whereabouts(one),
        ]
