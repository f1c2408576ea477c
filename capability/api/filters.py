"""Filters of the API. Each narrows a list that visible_to made; none reaches into what a row is related to."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django_filters import ModelChoiceFilter, NumberFilter
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field

from capability.models import Edition, Round
from member_states.models import MemberState


def states(request: HttpRequest) -> Any:
    return MemberState.objects.visible_to(request.user)


def rounds(request: HttpRequest) -> Any:
    return Round.objects.visible_to(request.user)


def editions(request: HttpRequest) -> Any:
    return Edition.objects.visible_to(request.user)


@extend_schema_field(OpenApiTypes.STR)
class StateFilter(ModelChoiceFilter):
    """By slug: chile."""

    def __init__(self, **more: Any) -> None:
        unknown = {"invalid_choice": _("There is no such state. Use its slug, such as chile.")}
        super().__init__(
            **{"queryset": states, "to_field_name": "slug", "error_messages": unknown, "help_text": "Its slug."} | more
        )


@extend_schema_field(OpenApiTypes.STR)
class RoundFilter(ModelChoiceFilter):
    """By slug: 2026-2."""

    def __init__(self, **more: Any) -> None:
        unknown = {"invalid_choice": _("There is no such round, or you may not see it. Use its slug, such as 2026-2.")}
        super().__init__(
            **{"queryset": rounds, "to_field_name": "slug", "error_messages": unknown, "help_text": "Its slug."} | more
        )


@extend_schema_field(OpenApiTypes.INT)
class EditionFilter(ModelChoiceFilter):
    """By year: 2021."""

    def __init__(self, **more: Any) -> None:
        unknown = {"invalid_choice": _("There is no such edition. Use its year, such as 2021.")}
        super().__init__(
            **{"queryset": editions, "to_field_name": "year", "error_messages": unknown, "help_text": "Its year."}
            | more
        )


class StageFilter(NumberFilter):
    def __init__(self, **more: Any) -> None:
        super().__init__(min_value=1, max_value=5, decimal_places=0, **more)
