"""Teams and who belongs to them are kept here. What is sent under a label is not the administration's to read."""

from typing import Any, ClassVar

from django.contrib import admin

from accounts.desk import Desk, ShownInline
from csirt_network.models import (
    Acknowledgement,
    Affiliation,
    Alert,
    Announcement,
    Application,
    ApplicationDocument,
    Approval,
    Assessment,
    ClosedDay,
    Comment,
    Contact,
    Correction,
    Drill,
    DrillCall,
    FeedToken,
    LibraryItem,
    LibraryVersion,
    Mailbox,
    MailboxLetter,
    NetworkMembership,
    PeerReview,
    ProfileVersion,
    Proposal,
    Receipt,
    SecurityTxt,
    Serial,
    SharingGroup,
    Sighting,
    Sim3Profile,
    Team,
    TeamKey,
    TeamMember,
    TeamProfile,
    Webhook,
    WebhookDelivery,
    WorkingGroup,
    WorkingGroupMember,
)


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


class OfTeamDesk(Desk):
    """Read here: teams write it, and officers for them, on the pages of the portal."""

    may_add = may_change = False
    list_select_related = ("team", "state")
    list_filter: ClassVar[Any] = ("state",)
    search_fields = ("team__name", "team__short_name")


@admin.register(TeamProfile)
class TeamProfileDesk(OfTeamDesk):
    list_display = ("team", "state", "number", "is_published", "changed_at", "confirmed_at")


@admin.register(ProfileVersion)
class ProfileVersionDesk(OfTeamDesk):
    list_display = ("team", "number", "made_by", "made_at")
    list_select_related = ("team", "made_by")


@admin.register(Contact)
class ContactDesk(OfTeamDesk):
    list_display = ("team", "role", "name", "phone", "email", "is_24x7", "is_public")
    list_filter = ("role", "is_24x7")


@admin.register(TeamKey)
class TeamKeyDesk(OfTeamDesk):
    list_display = ("team", "fingerprint", "algorithm", "expires", "is_revoked")


@admin.register(Affiliation)
class AffiliationDesk(OfTeamDesk):
    list_display = ("team", "body", "level", "since", "source")
    list_filter = ("body", "level")
    list_select_related = ("team", "source")


@admin.register(Alert)
class AlertDesk(Desk):
    """How many there are and under which label: nothing of what they say, nor whom they come from."""

    may_add = may_change = False
    list_display = ("code", "tlp", "version", "is_exercise", "published_at", "closed_at")
    list_filter = ("tlp", "is_exercise", "year")
    fields = readonly_fields = ("code", "tlp", "version", "is_exercise", "published_at", "closed_at")
    ordering = ("-published_at",)


@admin.register(Serial)
class SerialDesk(Desk):
    may_add = may_change = False
    list_display = ("year", "last")


@admin.register(Assessment)
class AssessmentDesk(Desk):
    """What a team says of its maturity is for it, its state and the programme: the administration sees none of it."""

    may_add = may_change = False
    list_display = ("team", "version", "sent_at")
    list_select_related = ("team",)
    search_fields = ("team__name",)


@admin.register(PeerReview)
class PeerReviewDesk(Desk):
    may_add = may_change = False
    list_display = ("team", "reviewer", "asked_at", "closed_at")
    list_select_related = ("team", "reviewer")
    search_fields = ("team__name", "reviewer__name")


@admin.register(Sim3Profile)
class Sim3ProfileDesk(Desk):
    """Entered by officers, on the pages of the portal."""

    may_add = may_change = False
    list_display = ("name_en", "source", "is_offered", "made_at")
    search_fields = ("name_en",)


class LibraryVersionShown(ShownInline):
    model = LibraryVersion
    fields = readonly_fields = ("number", "tlp", "changes", "lowered_because", "by", "at")


@admin.register(LibraryItem)
class LibraryDesk(Desk):
    """What its label lets the one who looks read."""

    may_add = may_change = False
    list_display = ("heading", "tlp", "kind", "from_team", "latest", "updated_at", "withdrawn_at")
    list_filter = ("tlp", "kind")
    list_select_related = ("from_team",)
    search_fields = ("title_en", "title_es", "title_fr", "title_pt_br")
    inlines = (LibraryVersionShown,)


class ApprovalShown(ShownInline):
    model = Approval
    fields = readonly_fields = ("step", "turn", "verdict", "statement", "signatory", "signed_on", "by", "at")


class DocumentShown(ShownInline):
    model = ApplicationDocument
    fields = readonly_fields = ("name", "size", "by", "at")


@admin.register(Application)
class ApplicationDesk(Desk):
    """To be read by administrators who are staff too: others are no side of an application."""

    may_add = may_change = False
    list_display = ("team_name", "state", "stands", "head_name", "sent_at")
    list_filter = ("stands", "state")
    list_select_related = ("state", "team")
    search_fields = ("name", "team__name", "head_name")
    inlines = (ApprovalShown, DocumentShown)


@admin.register(ClosedDay)
class ClosedDayDesk(Desk):
    may_add = may_change = False
    list_display = ("state", "day", "name")
    list_filter = ("state",)
    list_select_related = ("state",)


class PeopleOfGroupShown(ShownInline):
    model = WorkingGroupMember
    fields = readonly_fields = ("team", "person", "role", "since")


@admin.register(WorkingGroup)
class WorkingGroupDesk(Desk):
    may_add = may_change = False
    list_display = ("name", "chair_team", "is_open", "starts_on", "ends_on")
    list_filter = ("is_open",)
    list_select_related = ("chair_team",)
    inlines = (PeopleOfGroupShown,)


@admin.register(Proposal)
class ProposalDesk(Desk):
    """Read by the group and the programme; opened, voted on and closed on the pages of the portal."""

    may_add = may_change = False
    list_display = ("title", "group", "opened_at", "closes_at")
    list_select_related = ("group",)


@admin.register(SharingGroup)
class SharingGroupDesk(Desk):
    """Which there are; who is in them stands on the pages of the portal, for whom it concerns."""

    may_add = may_change = False
    list_display = ("name", "hides_members", "ends_on", "made_at")


class OfAlertDesk(Desk):
    """That somebody said something to an alert, and when: nothing of what was said, nor by whom."""

    may_add = may_change = False
    list_display = fields = readonly_fields = ("pk", "alert_id", "at")
    ordering = ("-pk",)


for model in (Acknowledgement, Receipt, Sighting, Comment, Correction):
    admin.site.register(model, OfAlertDesk)


class AskedDesk(Desk):
    """What people and teams ask to be told of is theirs: here is that it is there, where it is the reader's own."""

    may_add = may_change = False


@admin.register(Mailbox)
class MailboxDesk(AskedDesk):
    list_display = fields = readonly_fields = ("team", "language", "made_at", "confirmed_at", "stopped_at")
    list_select_related = ("team",)


@admin.register(Webhook)
class WebhookDesk(AskedDesk):
    list_display = fields = readonly_fields = ("team", "made_at", "paused_at", "ended_at")
    list_select_related = ("team",)


@admin.register(FeedToken)
class FeedTokenDesk(AskedDesk):
    list_display = fields = readonly_fields = ("team", "made_at", "expires_at", "last_used_at", "revoked_at")
    list_select_related = ("team",)


class WorkDesk(AskedDesk):
    list_filter = ("status",)


@admin.register(Announcement)
class AnnouncementDesk(WorkDesk):
    list_display = fields = readonly_fields = ("pk", "version", "at", "status", "attempts", "finished_at", "reason")


@admin.register(MailboxLetter)
class MailboxLetterDesk(WorkDesk):
    list_display = fields = readonly_fields = ("pk", "queued_at", "status", "attempts", "sent_at", "reason")


@admin.register(WebhookDelivery)
class WebhookDeliveryDesk(WorkDesk):
    list_display = fields = readonly_fields = ("pk", "queued_at", "status", "attempts", "codes", "sent_at", "reason")


@admin.register(Drill)
class DrillDesk(Desk):
    may_add = may_change = False
    list_display = ("title", "started_by", "started_at", "ends_at")
    fields = readonly_fields = ("title", "message", "started_by", "started_at", "ends_at")


@admin.register(DrillCall)
class DrillCallDesk(OfTeamDesk):
    list_display = ("team", "drill", "status", "called_at", "answered_at", "how")
    list_filter = ("how", "status")
    list_select_related = ("team", "drill")
    exclude = ("digests",)


@admin.register(SecurityTxt)
class SecurityTxtDesk(OfTeamDesk):
    list_display = ("team", "host", "asked_at", "is_found", "is_valid", "expires")
    list_filter = ("is_found", "is_valid")
