"""Who acts for a team and in the network, as permissions: a module for each subject, which django-rules finds here."""

from csirt_network.rules import directory, groups, library, maturity, people, reading, subscriptions, writing

__all__ = ["directory", "groups", "library", "maturity", "people", "reading", "subscriptions", "writing"]
