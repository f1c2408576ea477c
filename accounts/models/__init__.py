from accounts.models.audit import AuditEntry
from accounts.models.people import SignInLink, StaffRole, User
from accounts.models.recovery import RecoveryCode
from accounts.models.tokens import ApiToken

__all__ = ["ApiToken", "AuditEntry", "RecoveryCode", "SignInLink", "StaffRole", "User"]
