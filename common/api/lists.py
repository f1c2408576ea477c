"""Lists: filtered and ordered by names that are allowed, page by page by key. Whatever is not allowed is refused."""

from bisect import bisect_left, bisect_right
from typing import Any

from django.core.exceptions import ValidationError as Invalid
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.filters import OrderingFilter
from rest_framework.pagination import Cursor, CursorPagination
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


class WorkedOutPages(Pages):
    """The same for rows that are no table: their view's ``key_of`` gives the numbers by which they stand in order."""

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any]:
        keys: list[tuple[float, ...]] = [view.key_of(row) for row in queryset]
        self.base_url = request.build_absolute_uri()
        self.cursor = self.decode_cursor(request)
        first, last = self._stretch(keys, self.cursor) if self.cursor else (0, self.page_size)
        self.before = _cursor(True, keys[first]) if 0 < first < len(keys) else None
        self.after = _cursor(False, keys[last - 1]) if last < len(keys) else None
        return list(queryset[first:last])

    def decode_cursor(self, request: Request) -> Any:
        try:
            cursor: Any = super().decode_cursor(request)
            return cursor and cursor._replace(position=tuple(float(part) for part in cursor.position.split(" ")))
        except (NotFound, ValueError, AttributeError) as error:  # a key that was made up
            raise ValidationError({CURSOR: [_("Take the cursor from the links next and previous.")]}) from error

    def _stretch(self, keys: list[tuple[float, ...]], cursor: Any) -> tuple[int, int]:
        if cursor.reverse:
            last = bisect_left(keys, cursor.position)
            return max(last - self.page_size, 0), last
        first = bisect_right(keys, cursor.position)
        return first, first + self.page_size

    def get_next_link(self) -> str | None:
        return self.encode_cursor(self.after) if self.after else None

    def get_previous_link(self) -> str | None:
        return self.encode_cursor(self.before) if self.before else None


def _cursor(is_reverse: bool, key: tuple[float, ...]) -> Any:
    position: Any = " ".join(map(repr, key))
    return Cursor(0, is_reverse, position)


def refuse_unknown(request: Request, allowed: set[str]) -> None:
    """A filter that is misspelt would otherwise show everything; one that is given twice could be read either way."""
    asked = request.query_params
    for name in asked:
        if name not in allowed:
            known = ", ".join(sorted(allowed)) or _("none")
            raise ValidationError({name: [_("There is no such filter here. Known are: %(names)s.") % {"names": known}]})
        if len(asked.getlist(name)) > 1:
            raise ValidationError({name: [_("Give this filter once.")]})
