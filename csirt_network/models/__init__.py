from csirt_network.models.admission import Application, ApplicationDocument, Approval, ClosedDay
from csirt_network.models.alerts import Alert
from csirt_network.models.answers import Acknowledgement, Receipt
from csirt_network.models.audiences import Audience, GroupMember, Reader, Recipient, SharingGroup
from csirt_network.models.channels import FeedToken, Webhook, WebhookDelivery
from csirt_network.models.directory import Affiliation, Contact, ProfileVersion, TeamKey, TeamProfile
from csirt_network.models.freshness import Drill, DrillCall, SecurityTxt
from csirt_network.models.library import LibraryDownload, LibraryFile, LibraryItem, LibraryVersion
from csirt_network.models.maturity import (
    Assessment,
    ParameterLevel,
    PeerRemark,
    PeerReview,
    ProfileLevel,
    ProofFile,
    ReviewAnswer,
    Sim3Profile,
)
from csirt_network.models.sightings import Sighting
from csirt_network.models.subscriptions import (
    Announcement,
    Mailbox,
    MailboxLetter,
    MailboxMatch,
    Subscription,
)
from csirt_network.models.talk import Comment, Correction
from csirt_network.models.teams import NetworkMembership, Team, TeamMember
from csirt_network.models.votes import Proposal, Vote
from csirt_network.models.working_groups import Meeting, Paper, WorkingGroup, WorkingGroupMember, WorkingGroupSeat
from csirt_network.models.writing import AlertFile, AlertVersion, Countersign, Indicator, Lowering, Quote, Serial

__all__ = [
    "Acknowledgement",
    "Affiliation",
    "Alert",
    "AlertFile",
    "AlertVersion",
    "Announcement",
    "Application",
    "ApplicationDocument",
    "Approval",
    "Assessment",
    "Audience",
    "ClosedDay",
    "Comment",
    "Contact",
    "Correction",
    "Countersign",
    "Drill",
    "DrillCall",
    "FeedToken",
    "GroupMember",
    "Indicator",
    "LibraryDownload",
    "LibraryFile",
    "LibraryItem",
    "LibraryVersion",
    "Lowering",
    "Mailbox",
    "MailboxLetter",
    "MailboxMatch",
    "Meeting",
    "NetworkMembership",
    "Paper",
    "ParameterLevel",
    "PeerRemark",
    "PeerReview",
    "ProfileLevel",
    "ProfileVersion",
    "ProofFile",
    "Proposal",
    "Quote",
    "Reader",
    "Receipt",
    "Recipient",
    "ReviewAnswer",
    "SecurityTxt",
    "Serial",
    "SharingGroup",
    "Sighting",
    "Sim3Profile",
    "Subscription",
    "Team",
    "TeamKey",
    "TeamMember",
    "TeamProfile",
    "Vote",
    "Webhook",
    "WebhookDelivery",
    "WorkingGroup",
    "WorkingGroupMember",
    "WorkingGroupSeat",
]
