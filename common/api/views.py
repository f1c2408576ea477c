from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.request import Request
from rest_framework.viewsets import GenericViewSet, ReadOnlyModelViewSet

from common.api.lists import CURSOR, ORDERING, refuse_unknown
from common.api.permissions import HasScope


class OneKind(BaseContentNegotiation):
    """There is nothing to choose from: a file is what it is, whatever was asked for."""

    def select_parser(self, request: Request, parsers: Any) -> Any:
        return parsers[0]

    def select_renderer(self, request: Request, renderers: Any, format_suffix: Any = None) -> Any:
        return renderers[0], renderers[0].media_type


class Asked(GenericViewSet):
    """Asked with a token that holds the scope, with no word in the query that is not known."""

    permission_classes = (HasScope,)
    permission = ""  # what the page asks for, of those that not everybody may open
    model: Any
    filterset_class: Any = None
    ordering: tuple[str, ...] = ("pk",)
    ordering_fields: tuple[str, ...] = ()

    def rows(self, user: Any) -> QuerySet[Any]:
        """What `user` may see, from ``visible_to`` on."""
        raise TypeError(f"{type(self).__name__} must say what it shows")

    def get_queryset(self) -> QuerySet[Any]:
        if getattr(self, "swagger_fake_view", False):
            return self.model._default_manager.none()
        return self.rows(self.request.user)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if self.permission and not request.user.has_perm(self.permission):
            raise PermissionDenied
        refuse_unknown(request, self._known_words() if self.action == "list" else set())

    def _known_words(self) -> set[str]:
        filters = set(self.filterset_class.base_filters) if self.filterset_class else set()
        return filters | {CURSOR} | ({ORDERING} if self.ordering_fields else set())


class Reading(Asked, ReadOnlyModelViewSet):
    """A list and its single rows."""
