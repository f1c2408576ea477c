from accounts.models.audit import AuditEntry
from accounts.models.people import Ending, SignInLink, StaffRole, User
from accounts.models.recovery import FactorReset, RecoveryCode
from accounts.models.sent_keys import SentKey
from accounts.models.tokens import ApiToken

__all__ = [
    "ApiToken",
    "AuditEntry",
    "Ending",
    "FactorReset",
    "RecoveryCode",
    "SentKey",
    "SignInLink",
    "StaffRole",
    "User",
]
