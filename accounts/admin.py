from typing import Any

import django.contrib.auth.admin  # noqa: F401 - it registers what is taken off here
from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts import signals
from accounts.actions import revoke_all
from accounts.desk import Desk, ShownInline
from accounts.models import ApiToken, AuditEntry, FactorReset, RecoveryCode, SentKey, StaffRole, User
from accounts.rules import is_below
from accounts.sessions import end_sessions, end_sessions_of
from accounts.time_zones import time_zones


class StaffRoleInline(ShownInline):
    """Given by invitation and ended on the person's page: by one table of who may (invitations/powers.py)."""

    model = StaffRole
    fk_name = "person"


class PersonForm(forms.ModelForm):
    """A time zone that does not exist would break every page of the person."""

    time_zone = forms.ChoiceField(label=_("Time zone"), choices=time_zones)


@admin.register(User)
class UserDesk(Desk):
    """People come in by invitation, never here. What stands here is changed for those below, as everywhere."""

    may_add = False
    form = PersonForm
    list_display = ("name", "email", "language", "is_active", "last_login")
    list_filter = ("is_active", "language", "roles__role")
    search_fields = ("name", "email")
    fields = ("name", "email", "language", "time_zone", "is_active", "invited_by", "joined_at", "last_login")
    readonly_fields = ("joined_at", "last_login", "invited_by")
    inlines = (StaffRoleInline,)
    actions = ("sign_out",)

    @admin.action(description=_("Sign out everywhere"), permissions=["view"])
    def sign_out(self, request: HttpRequest, people: QuerySet[User]) -> None:
        """Whomever, but here: it takes nothing but open pages, and a lost laptop of a manager is urgent too."""
        ended = end_sessions_of(people, but=request.session.session_key)
        said = ngettext("%(n)s session is ended.", "%(n)s sessions are ended.", ended)
        self.message_user(request, said % {"n": ended})

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or is_below(request.user, obj))

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Another address, or a closed account: whoever was signed in is not any more. The former address is told."""
        super().save_model(request, obj, form, change)
        if "email" in form.changed_data:
            signals.address_changed.send(sender=User, person=obj, before=form.initial["email"])
        if {"email", "is_active"} & set(form.changed_data):
            end_sessions(obj)
            revoke_all(person=obj)


@admin.register(ApiToken)
class ApiTokenDesk(Desk):
    """What programs work in whose name. Tokens are revoked by their person, and end with the account."""

    may_add = may_change = False
    list_display = ("person", "name", "prefix", "made_at", "expires_at", "last_used_at", "revoked_at")
    list_select_related = ("person",)
    search_fields = ("name", "prefix", "person__name", "person__email")
    fields = ("person", "name", "prefix", "scopes", "made_at", "expires_at", "last_used_at", "revoked_at")


@admin.register(SentKey)
class SentKeyDesk(Desk):
    """Which keys programs sent in whose name today; what was sent is not kept here."""

    may_add = may_change = False
    list_display = ("person", "key", "made_at")
    list_select_related = ("person",)
    fields = ("person", "key", "made_at")


@admin.register(RecoveryCode)
class RecoveryCodeDesk(Desk):
    """Who still has some. They are made by their person."""

    may_add = may_change = False
    list_display = ("person", "made_at", "used_at")
    list_select_related = ("person",)
    search_fields = ("person__name", "person__email")
    fields = ("person", "made_at", "used_at")


@admin.register(FactorReset)
class FactorResetDesk(Desk):
    may_add = may_change = False
    list_display = ("person", "by", "at", "reason")
    list_select_related = ("person", "by")
    search_fields = ("person__name", "person__email")
    fields = ("person", "by", "at", "reason")


@admin.register(AuditEntry)
class AuditDesk(Desk):
    may_add = may_change = False
    list_display = ("at", "by_id", "verb", "model", "object_id", "page")
    list_filter = ("verb", "model")
    search_fields = ("=object_id",)

    def has_view_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return request.user.has_perm("accounts.view_audit_trail")
