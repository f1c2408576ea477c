from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request


class Nobody(BasePermission):
    """The default: a view that forgot to say who may ask answers nobody."""

    def has_permission(self, request: Request, view: Any) -> bool:
        return False


class HasScope(BasePermission):
    """The token must hold the scope: "read" for reading, "submit" for everything else."""

    message = _("This token does not allow this. Make one with the scope that it needs.")

    def has_permission(self, request: Request, view: Any) -> bool:
        scope = "read" if request.method in SAFE_METHODS else "submit"
        token: Any = request.auth
        return token is not None and scope in token.scopes
