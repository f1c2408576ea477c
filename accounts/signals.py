"""What happened to an account that its person should hear of, each with ``person``; ``notices`` listens."""

from django.dispatch import Signal

password_reset_asked = Signal()
password_set = Signal()
signed_in_elsewhere = Signal()  # from a browser that this person has not signed in from before
factor_added = Signal()
factor_removed = Signal()
factor_reset = Signal()  # by somebody else
signed_out_by_another = Signal()  # everywhere, by an administrator or the operator of the server
address_changed = Signal()  # by an administrator; `before` is the former address
all_revoked = Signal()  # every secret of the person ends: the apps above end those they gave out
