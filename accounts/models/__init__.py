from accounts.models.audit import AuditEntry
from accounts.models.people import SignInLink, StaffRole, User

__all__ = ["AuditEntry", "SignInLink", "StaffRole", "User"]
