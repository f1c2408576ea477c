"""What the dates make of an agreement on a day (`AgreementQuerySet.with_status`), in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

STATUSES: dict[str, str | Promise] = {
    "draft": pgettext_lazy("agreement", "Draft"),
    "negotiation": _("In negotiation"),
    "signed": pgettext_lazy("agreement", "Signed"),
    "in force": _("In force"),
    "end not stated": _("End not stated"),
    "expired": pgettext_lazy("agreement", "Expired"),
    "ended": pgettext_lazy("agreement", "Ended"),
    "renewed": pgettext_lazy("agreement", "Renewed"),
}
CHOICES = list(STATUSES.items())
