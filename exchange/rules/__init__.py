"""Who may do what with machines, as permissions: a module for each subject, which django-rules finds here."""

from exchange.rules import claims, imports, machines

__all__ = ["claims", "imports", "machines"]
