"""To be read here; what stands in it is made on the pages of the portal."""

from django.contrib import admin

from accounts.desk import Desk
from partnerships.models import (
    Agreement,
    AgreementInstrument,
    AgreementLink,
    Appearance,
    NamedPerson,
    Partner,
    PartnerContact,
    Party,
)


class ReadDesk(Desk):
    may_add = may_change = False


@admin.register(Partner)
class PartnerDesk(ReadDesk):
    list_display = ("name", "kind", "country", "is_of_the_oas", "is_published")


@admin.register(PartnerContact)
class PartnerContactDesk(ReadDesk):
    list_display = ("person", "partner", "starts_on", "ends_on", "ended_at")
    list_select_related = ("person", "partner")


@admin.register(Agreement)
class AgreementDesk(ReadDesk):
    list_display = ("name", "kind", "phase", "concluded_on", "end", "ends_on", "audience")


@admin.register(Party)
class PartyDesk(ReadDesk):
    list_display = ("agreement", "partner", "as_stated")
    list_select_related = ("agreement", "partner")


@admin.register(AgreementInstrument)
class AgreementInstrumentDesk(ReadDesk):
    list_display = ("agreement", "instrument", "source")
    list_select_related = ("agreement", "instrument", "source")


@admin.register(AgreementLink)
class AgreementLinkDesk(ReadDesk):
    list_display = ("agreement", "other", "why")
    list_select_related = ("agreement", "other")


@admin.register(NamedPerson)
class NamedPersonDesk(ReadDesk):
    list_display = ("name",)


@admin.register(Appearance)
class AppearanceDesk(ReadDesk):
    list_display = ("person", "part", "title", "organisation", "agreement", "activity")
    list_select_related = ("person", "agreement", "activity")
