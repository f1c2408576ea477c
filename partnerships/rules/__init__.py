"""What may be done in partnerships, and by whom: a file for each subject, named here."""

from partnerships.rules import agreements, operations, partners, promises

__all__ = ["agreements", "operations", "partners", "promises"]
