"""What the map says of a state, by the class of its colour, on pages and on paper."""

from django.utils.translation import gettext_lazy as _

CSIRT = {
    "yes": _("Operational"),
    "reported": _("Operational, as reported"),
    "part": _("Being set up"),
    "no": _("None or planned"),
    "none": _("Not known"),
}
STRATEGY = {
    "yes": _("Adopted and in force"),
    "reported": _("Adopted, as reported"),
    "part": _("In preparation"),
    "no": _("None yet"),
    "none": _("Not known"),
}
