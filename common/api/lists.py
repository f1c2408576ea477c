"""Lists: filtered and ordered by names that are allowed, page by page by key. Whatever is not allowed is refused."""

from typing import Any

from django.core.exceptions import ValidationError as Invalid
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.filters import OrderingFilter
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request

CURSOR, ORDERING = "cursor", "ordering"


class Filters(DjangoFilterBackend):
    """Those of the view's filterset. They work on what visible_to returned, so they can only narrow it."""


class Ordering(OrderingFilter):
    """By one of the view's ``ordering_fields``, or by its ``ordering``."""

    def get_ordering(self, request: Request, queryset: QuerySet[Any], view: Any) -> Any:
        asked = request.query_params.get(ORDERING)
        allowed = [f"{sign}{name}" for name in view.ordering_fields for sign in ("", "-")]
        if asked is not None and asked not in allowed:
            sentence = _("Order by one of these: %(names)s.") % {"names": ", ".join(allowed)}
            raise ValidationError({ORDERING: [sentence]})
        return (asked, "pk") if asked else view.ordering

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        if not view.ordering_fields:
            return []
        names = [f"{sign}{name}" for name in view.ordering_fields for sign in ("", "-")]
        description = "What the list is ordered by; - turns it round."
        return [
            {"name": ORDERING, "in": "query", "description": description, "schema": {"type": "string", "enum": names}}
        ]


class Pages(CursorPagination):
    """By key: a page stays what it was while rows are added before it."""

    page_size = 100
    cursor_query_param = CURSOR
    cursor_query_description = "Where the page begins: taken from `next` or `previous` of another page."

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any] | None:
        try:
            return super().paginate_queryset(queryset, request, view)
        except (NotFound, ValueError, Invalid) as error:  # a key that was made up
            raise ValidationError({CURSOR: [_("Take the cursor from the links next and previous.")]}) from error


def refuse_unknown(request: Request, allowed: set[str]) -> None:
    """A filter that is misspelt would otherwise show everything; one that is given twice could be read either way."""
    asked = request.query_params
    for name in asked:
        if name not in allowed:
            known = ", ".join(sorted(allowed)) or _("none")
            raise ValidationError({name: [_("There is no such filter here. Known are: %(names)s.") % {"names": known}]})
        if len(asked.getlist(name)) > 1:
            raise ValidationError({name: [_("Give this filter once.")]})
