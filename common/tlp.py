"""The Traffic Light Protocol 2.0 (FIRST, August 2022) and the Permissible Actions Protocol, in one place.

A label says who may read: RED the persons named, AMBER+STRICT the organisations it was sent to, AMBER those and their
constituents, GREEN the community of the network, CLEAR everybody. Labels are written in capitals and never translated
(TLP 2.0, section 1). Who the readers of an item are stands in `csirt_network.querysets.labelled`.
"""

from collections.abc import Iterable

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Tlp(TextChoices):
    """From the widest audience to the narrowest: the order of the members is the order of the labels."""

    CLEAR = "CLEAR", "TLP:CLEAR"
    GREEN = "GREEN", "TLP:GREEN"
    AMBER = "AMBER", "TLP:AMBER"
    STRICT = "AMBER+STRICT", "TLP:AMBER+STRICT"
    RED = "RED", "TLP:RED"


class Pap(TextChoices):
    """What may be done with what is known (MISP taxonomy PAP, version 3); never wider than the TLP label says."""

    CLEAR = "CLEAR", "PAP:CLEAR"
    GREEN = "GREEN", "PAP:GREEN"
    AMBER = "AMBER", "PAP:AMBER"
    RED = "RED", "PAP:RED"


UNLABELLED = Tlp.STRICT  # what comes without a label waits under this one
ORDER = {label.value: position for position, label in enumerate(Tlp)}

SHARING: dict[str, str | Promise] = {
    Tlp.CLEAR: _("You may share this with anybody."),
    Tlp.GREEN: _("You may share this within the community of the network, never where the public can read it."),
    Tlp.AMBER: _(
        "You may share this within your organisation and with its constituents, when they need it to protect"
        " themselves. With nobody else."
    ),
    Tlp.STRICT: _("You may share this within your organisation, with those who need it. With nobody else."),
    Tlp.RED: _("This is for you alone. You may not share it with anybody, not even in your own team."),
}
READERS: dict[str, str | Promise] = {
    Tlp.CLEAR: _("Everybody"),
    Tlp.GREEN: _("The community of the network"),
    Tlp.AMBER: _("The teams it is sent to, and their constituents"),
    Tlp.STRICT: _("The teams it is sent to"),
    Tlp.RED: _("The persons it names"),
}
ACTIONS: dict[str, str | Promise] = {
    Pap.CLEAR: _("Act on this as you see fit."),
    Pap.GREEN: _("You may act where the other side can notice: block an address, or ask it for an answer."),
    Pap.AMBER: _("Check passively, also with third parties. Do nothing that the other side could notice."),
    Pap.RED: _("Look in your own records only. Nothing may leave your network."),
}


def strictest(labels: Iterable[str]) -> Tlp:
    """The label of what is made from several: the strictest among theirs. Nothing given waits as unlabelled."""
    return Tlp(max(labels, key=ORDER.__getitem__, default=UNLABELLED))


def is_stricter(label: str, than: str) -> bool:
    return ORDER[label] > ORDER[than]
