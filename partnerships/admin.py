"""To be read here; what stands in it is made on the pages of the portal."""

from django.contrib import admin

from accounts.desk import ReadDesk
from partnerships.models import (
    Agreement,
    AgreementActivity,
    AgreementFile,
    AgreementInstrument,
    AgreementLink,
    AgreementMove,
    Allocation,
    Amendment,
    Appearance,
    Commitment,
    CommitmentActivity,
    Contribution,
    Delivery,
    DeliveryFile,
    DeliveryMove,
    ExchangeRate,
    Instalment,
    NamedPerson,
    Operation,
    Partner,
    PartnerContact,
    Party,
)


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


@admin.register(Commitment)
class CommitmentDesk(ReadDesk):
    list_display = ("what", "agreement", "partner", "due")
    list_select_related = ("agreement", "partner")


@admin.register(CommitmentActivity)
class CommitmentActivityDesk(ReadDesk):
    list_display = ("commitment", "activity")
    list_select_related = ("commitment", "activity")


@admin.register(Delivery)
class DeliveryDesk(ReadDesk):
    list_display = ("commitment", "partner", "on", "status", "fulfils", "submitted_by", "decided_by")
    list_select_related = ("commitment", "partner", "submitted_by", "decided_by")


@admin.register(DeliveryMove)
class DeliveryMoveDesk(ReadDesk):
    list_display = ("subject", "status_before", "status_after", "by", "at")
    list_select_related = ("subject", "by")


@admin.register(DeliveryFile)
class DeliveryFileDesk(ReadDesk):
    list_display = ("name", "delivery", "media_type", "size", "added_by", "added_at")
    list_select_related = ("delivery", "added_by")


@admin.register(Contribution)
class ContributionDesk(ReadDesk):
    list_display = ("slug", "agreement", "partner", "kind", "precision", "amount", "currency")
    list_select_related = ("agreement", "partner")


@admin.register(Instalment)
class InstalmentDesk(ReadDesk):
    list_display = ("contribution", "amount", "due_on", "received_on")
    list_select_related = ("contribution",)


@admin.register(Allocation)
class AllocationDesk(ReadDesk):
    list_display = ("contribution", "activity", "state", "amount", "spent")
    list_select_related = ("contribution", "activity", "state")


@admin.register(ExchangeRate)
class ExchangeRateDesk(ReadDesk):
    list_display = ("base", "quote", "rate", "on", "taken_from", "entered_by")
    list_select_related = ("entered_by",)


@admin.register(Operation)
class OperationDesk(ReadDesk):
    """How many there are and under which label: nothing of what they are about, nor who takes part."""

    list_display = fields = readonly_fields = ("slug", "tlp", "status", "is_historic", "made_at")
    list_filter = ("tlp", "status")


@admin.register(AgreementMove)
class AgreementMoveDesk(ReadDesk):
    list_display = ("agreement", "before", "after", "by", "at")
    list_select_related = ("agreement", "by")


@admin.register(Amendment)
class AmendmentDesk(ReadDesk):
    list_display = ("agreement", "number", "agreed_on", "by", "at")
    list_select_related = ("agreement", "by")


@admin.register(AgreementFile)
class AgreementFileDesk(ReadDesk):
    list_display = ("agreement", "title", "name", "size", "added_by", "added_at")
    list_select_related = ("agreement", "added_by")


@admin.register(AgreementActivity)
class AgreementActivityDesk(ReadDesk):
    list_display = ("agreement", "activity")
    list_select_related = ("agreement", "activity")
