from django.contrib import admin

from accounts.desk import Desk
from invitations.models import Invitation


@admin.register(Invitation)
class InvitationDesk(Desk):
    """Read here; made, sent again and taken back on the pages of the portal."""

    may_add = may_change = False
    list_display = (
        "name",
        "email",
        "role",
        "state",
        "team",
        "partner",
        "invited_by",
        "invited_at",
        "expires_at",
        "accepted_at",
    )
    list_filter = ("role",)
    list_select_related = ("state", "team", "partner", "invited_by")
    search_fields = ("name", "email")
    fields = (
        "name",
        "email",
        "language",
        "role",
        "state",
        "team",
        "partner",
        "invited_by",
        "invited_at",
        "status",
        "reason",
        "sent_at",
        "expires_at",
        "accepted_at",
        "accepted_by",
        "revoked_at",
    )
