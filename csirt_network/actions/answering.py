"""Answers to alerts: of a team or in person, changed as long as the alert is open."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from common.tlp import Tlp
from csirt_network.answers import Side
from csirt_network.models import Acknowledgement, Alert, Receipt, TeamMember
from notices.outbox import post
from review.actions import Refused

HELP_ASKED = "alert help asked"


@transaction.atomic
def acknowledge(*, alert: Alert, side: Side, answer: str, note: str, by: Any) -> Acknowledgement:
    """The same answer again changes nothing. Who asks for help is heard at once. Raises Refused once it is closed."""
    _must_be_open(alert)
    who = {"team": side.team, "person": None if side.team else by}
    standing = Acknowledgement.objects.standing().filter(alert=alert, **who).select_for_update().first()
    if standing and (standing.answer, standing.note) == (answer, note.strip()):
        return standing
    if standing:
        Acknowledgement.objects.filter(pk=standing.pk).update(replaced_at=timezone.now())
    try:
        with transaction.atomic():
            given = Acknowledgement.objects.create(
                alert=alert, version=alert.version, answer=answer, note=note.strip(), by=by, **who
            )
    except IntegrityError:
        raise Refused(
            _("A colleague answered at the same moment. Look at the answer, and change it if needed.")
        ) from None
    if answer == Acknowledgement.Answer.HELP:
        post(kind=HELP_ASKED, object_id=given.pk, people=_helpers(alert))
    return given


def note_opened(*, alert: Alert, sides: list[Side], by: Any) -> None:
    """The first time for each version. Called after the answer has gone out."""
    Receipt.objects.bulk_create(
        [
            Receipt(alert=alert, version=alert.version, team=side.team, person=None if side.team else by)
            for side in sides
        ],
        ignore_conflicts=True,
    )


def _must_be_open(alert: Alert) -> None:
    if alert.closed_at or Alert.objects.filter(pk=alert.pk).exclude(closed_at=None).exists():
        raise Refused(_("This alert is closed: answers are no longer taken. Write to the programme if you need help."))


def _helpers(alert: Alert) -> list[Any]:
    """The programme's officers if the alert was given to them, else the people of the team it comes from."""
    if alert.tlp == Tlp.RED:
        return [alert.author]
    if alert.with_programme:
        return list(User.objects.with_staff_role("officer", "manager"))
    members = TeamMember.objects.current().filter(team=alert.from_team_id)
    return list(User.objects.filter(pk__in=members.values("person")))
