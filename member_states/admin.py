from django.contrib import admin

from accounts.desk import Desk, DeskInline, ShownInline
from member_states.models import Liaison, MemberState, Participation


class ParticipationInline(DeskInline):
    model = Participation


class LiaisonInline(ShownInline):
    model = Liaison


@admin.register(MemberState)
class MemberStateDesk(Desk):
    may_add = False
    list_display = ("name_en", "alpha3", "sub_region", "year_joined", "sharing")
    list_filter = ("sub_region", "in_caricom")
    search_fields = ("name_en", "name_es", "name_fr", "name_pt_br", "alpha3")
    readonly_fields = ("alpha2", "alpha3", "slug", "sharing")
    inlines = (ParticipationInline, LiaisonInline)


@admin.register(Liaison)
class LiaisonDesk(Desk):
    """Liaisons come by invitation and are ended on the pages of people."""

    may_add = may_change = False
    list_display = ("person", "state", "kind", "starts_on", "ends_on")
    list_filter = ("kind", "state")
    list_select_related = ("person", "state")
    search_fields = ("person__name", "person__email", "state__name_en")
