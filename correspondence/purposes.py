"""What a note verbale is for, and which record it is composed from."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REPLY_DAYS = 20  # working days, unless somebody chooses otherwise


class Purpose(TextChoices):
    ROUND = "round", _("Invitation to an update round")
    NOMINATIONS = "nominations", _("Call for nominations to a course")
    PLAN = "plan", _("Signature of a country plan")
    JOIN = "join", _("Invitation to join the network")
    ADMISSION = "admission", _("Answer to an application to the network")
    MEMBERSHIP = "membership", _("Change of a membership of the network")
    CONTACT_POINTS = "contact-points", _("Nomination of points of contact")
    REMOVAL = "removal", _("Removal of a point of contact")


@dataclass(frozen=True)
class Kind:
    """`record` is the column of a note that names what it is composed from; with none it goes to any states."""

    record: str
    about: str | Promise
    to_many: bool = False
    reply_days: int = REPLY_DAYS


KINDS: Mapping[Purpose, Kind] = {
    Purpose.ROUND: Kind("round", _("Asks states to send their updates of a round."), True),
    Purpose.NOMINATIONS: Kind("course", _("Asks states to nominate people for a course that is open."), True),
    Purpose.PLAN: Kind("version", _("Asks a state to sign the plan that was offered to it.")),
    Purpose.JOIN: Kind("", _("Invites states to bring their national CSIRT into the hemispheric network."), True),
    Purpose.ADMISSION: Kind("application", _("Tells a state how an application to the network was decided."), False, 0),
    Purpose.MEMBERSHIP: Kind("team", _("Tells a state that a team joined the network or left it."), False, 0),
    Purpose.CONTACT_POINTS: Kind("", _("Asks states to name, or to confirm, their points of contact."), True),
    Purpose.REMOVAL: Kind("contact", _("Asks a state whether a point of contact still is one, and who follows.")),
}


class Status(TextChoices):
    DRAFT = "draft", _("Draft")
    ISSUED = "issued", _("Issued, not handed over yet")
    SENT = "sent", _("Handed over")
    ANSWERED = "answered", _("Answered")
    CANCELLED = "cancelled", _("Cancelled")


class Way(TextChoices):
    HAND = "hand", _("Delivered by hand at the mission")
    MAIL = "mail", _("By e-mail to the mission")
    COURIER = "courier", _("By courier or post")


class Outcome(TextChoices):
    AGREED = "agreed", _("Agreed")
    NAMES = "names", _("Names were given")
    DECLINED = "declined", _("Declined")
    NOTED = "noted", _("Taken note of, or answered otherwise")


WITH_CLOCK = (Status.ISSUED, Status.SENT)
