from csirt_network.models.alerts import Alert
from csirt_network.models.audiences import Audience, GroupMember, Reader, Recipient, SharingGroup
from csirt_network.models.directory import Affiliation, Contact, ProfileVersion, TeamKey, TeamProfile
from csirt_network.models.teams import NetworkMembership, Team, TeamMember

__all__ = [
    "Affiliation",
    "Alert",
    "Audience",
    "Contact",
    "GroupMember",
    "NetworkMembership",
    "ProfileVersion",
    "Reader",
    "Recipient",
    "SharingGroup",
    "Team",
    "TeamKey",
    "TeamMember",
    "TeamProfile",
]
