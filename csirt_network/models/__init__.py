from csirt_network.models.alerts import Alert
from csirt_network.models.audiences import Audience, GroupMember, Reader, Recipient, SharingGroup
from csirt_network.models.teams import NetworkMembership, Team, TeamMember

__all__ = [
    "Alert",
    "Audience",
    "GroupMember",
    "NetworkMembership",
    "Reader",
    "Recipient",
    "SharingGroup",
    "Team",
    "TeamMember",
]
