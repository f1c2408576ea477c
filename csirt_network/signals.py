"""What layers above are told of the network, in the transaction in which it happens."""

from django.dispatch import Signal

alert_changed = Signal()  # alert: it went out, or changed, or something was said or seen of it
