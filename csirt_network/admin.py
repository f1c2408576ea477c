"""Teams and who belongs to them are kept here. What is sent under a label is not the administration's to read."""

from django.contrib import admin

from accounts.desk import Desk, ShownInline
from csirt_network.models import NetworkMembership, Team, TeamMember


class MembershipShown(ShownInline):
    model = NetworkMembership
    fk_name = "team"
    fields = readonly_fields = ("starts_on", "ends_on", "constituent_of", "ended_at", "why_ended")


class MemberShown(ShownInline):
    model = TeamMember
    fields = readonly_fields = ("person", "kind", "starts_on", "ends_on", "ended_at", "why_ended")


@admin.register(Team)
class TeamDesk(Desk):
    may_add = may_change = False
    list_display = ("name", "short_name", "state", "kind", "year_established")
    list_filter = ("kind", "state")
    list_select_related = ("state",)
    search_fields = ("name", "short_name")
    inlines = (MembershipShown, MemberShown)
