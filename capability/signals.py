"""What happened to a state's profile; the apps above listen. Sent in the transaction of what happened."""

from django.dispatch import Signal

profile_changed = Signal()  # with ``state``: an update was accepted, or its acceptance withdrawn
