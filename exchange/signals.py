"""What the store tells the rest of the house, in the transaction and the scope in which it happened."""

from django.dispatch import Signal

objects_added = Signal()  # with ``collection``, ``team``, ``by`` and ``rows``: StixObjects that a team brought, all new
