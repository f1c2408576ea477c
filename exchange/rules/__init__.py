"""Who may do what with machines, as permissions: a module for each subject, which django-rules finds here."""

from exchange.rules import machines

__all__ = ["machines"]
"""Who lets machines read and write, and imports by hand: a module for each subject, which django-rules finds here."""

from exchange.rules import imports

__all__ = ["imports"]
