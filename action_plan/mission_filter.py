"""What the list of missions may be narrowed to, on its page, in its tables and by programs; and its table."""

from collections.abc import Iterator
from typing import Any

import django_filters
from django import forms
from django.db.models import Prefetch, QuerySet
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from action_plan.models import Activity, Findings, Mission, MissionMember, Recommendation
from action_plan.querysets.missions import MissionQuerySet
from action_plan.recommendation_filter import states_of
from capability.api.filters import StateFilter
from common.downloads import each, where, whereabouts

SHARED = (("yes", gettext_lazy("Shared with the state")), ("no", gettext_lazy("Not shared yet")))


class MissionFilter(django_filters.FilterSet):
    state = StateFilter(
        queryset=states_of, label=gettext_lazy("State"), empty_label=gettext_lazy("All states"), help_text=""
    )
    status = django_filters.ChoiceFilter(
        field_name="activity__status",
        choices=Activity.Status.choices,
        label=gettext_lazy("Status"),
        empty_label=gettext_lazy("All"),
    )
    report = django_filters.ChoiceFilter(
        method="shared",
        choices=SHARED,
        label=pgettext_lazy("of a mission", "Report"),
        empty_label=gettext_lazy("All"),
        widget=forms.Select(),
    )

    class Meta:
        model = Mission
        fields = ("state", "status", "report")

    def shared(self, missions: MissionQuerySet, _name: str, wanted: str) -> MissionQuerySet:
        return missions.filter(is_released=wanted == "yes")

    @property
    def is_narrowed(self) -> bool:
        return any(self.data.get(field) for field in self.form.fields)


def whole(missions: MissionQuerySet, user: Any) -> MissionQuerySet:
    """Each with `team`, `found` and `advice`: what the reader may read of those, in one query each."""
    advice = Recommendation.objects.visible_to(user).select_related("factor", "state").order_by("number")
    of_mission: list[Prefetch[Any]] = [
        Prefetch("members", MissionMember.objects.visible_to(user).named_for(user), to_attr="team"),
        Prefetch("findings", Findings.objects.visible_to(user).exclude(text=""), to_attr="found"),
        Prefetch("recommendations", advice, to_attr="advice"),
    ]
    return missions.select_related("activity__officer", "state").prefetch_related(*of_mission)


def table(missions: QuerySet[Any]) -> Iterator[list[Any]]:
    yield [
        _("Mission"),
        _("State"),
        _("Status"),
        _("From"),
        _("Until"),
        _("Place"),
        _("Online"),
        _("Responsible"),
        _("Requested on"),
        _("Team"),
        _("Shared with the state"),
        _("Recommendations"),
        _("Recommendations implemented"),
        *where(),
    ]
    for mission in each(missions):
        activity = mission.activity
        done = sum(one.status == Recommendation.Status.IMPLEMENTED for one in mission.advice)
        yield [
            activity.title,
            str(mission.state),
            activity.get_status_display(),
            activity.starts_on,
            activity.ends_on,
            activity.place,
            _("yes") if activity.is_online else _("no"),
            activity.officer.name if activity.officer else "",
            mission.requested_on,
            ", ".join(member.label for member in mission.team),
            localtime(mission.released_at).date() if mission.released_at else "",
            len(mission.advice),
            done,
            *whereabouts(mission),
        ]
