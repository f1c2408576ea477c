"""Filters of lists, in the query string: they only narrow what visible_to returns."""

from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, FilterSet, ModelChoiceFilter

from capability.models import ReviewAssignment, Round, Update
from capability.querysets import UpdateQuerySet
from member_states.models import MemberState


def rounds_of(request: HttpRequest) -> Any:
    return Round.objects.visible_to(request.user)


class UpdateFilter(FilterSet):
    round = ModelChoiceFilter(queryset=rounds_of, to_field_name="slug", label=_("Round"), empty_label=_("All rounds"))
    sub_region = ChoiceFilter(
        field_name="state__sub_region",
        choices=MemberState.SubRegion.choices,
        label=_("Sub-region"),
        empty_label=_("All sub-regions"),
    )

    reviewer = ChoiceFilter(
        method="by_reviewer",
        choices=(("me", _("Mine")), ("nobody", _("Without a reviewer"))),
        label=_("Reviewer"),
        empty_label=_("All reviewers"),
    )

    class Meta:
        model = Update
        fields = ("round", "sub_region")

    def by_reviewer(self, updates: UpdateQuerySet, _name: str, whose: str) -> UpdateQuerySet:
        standing = ReviewAssignment.objects.visible_to(self.request.user).filter(
            update_assigned=OuterRef("pk"), ended_at=None
        )
        if whose == "nobody":
            return updates.filter(~Exists(standing))
        return updates.filter(Exists(standing.filter(person=self.request.user)))
