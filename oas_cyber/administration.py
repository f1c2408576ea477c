"""The admin site: no sign-in of its own, and inside the walls like every page."""

from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.admin import AdminSite
from django.contrib.auth.models import Group
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _

NOT_SHOWN = (Group, EmailAddress, Authenticator, UserSession)


class Administration(AdminSite):
    site_header = _("OAS Cyber administration")
    site_title = _("OAS Cyber administration")
    index_title = _("People, reference data, rounds and schedules")
    site_url = "/"
    enable_nav_sidebar = False

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Without groups, as rights follow from dated roles and memberships, and without what holds secrets."""
        given = model_or_iterable if isinstance(model_or_iterable, list | tuple) else (model_or_iterable,)
        wanted = [model for model in given if model not in NOT_SHOWN]
        super().register(wanted, admin_class, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_active and request.user.is_staff)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """For administrators the second factor must have been proven within the last quarter of an hour."""
        asked_again = reauthentication_required(app="allauth.mfa", enabled=self.has_permission)(view)
        return super().admin_view(asked_again, cacheable)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponseBase:  # type: ignore[override]
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(request.get_full_path())
