"""Functional mailboxes of teams: added, confirmed by the link that was sent to them, stopped from a mail or a page."""

from typing import Any

from django.core import signing
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from common.limits import within
from common.scope import PROGRAMME, Reach, scope
from csirt_network.mailbox_letters import CONFIRM, CONFIRM_SECONDS, STOP
from csirt_network.models import Mailbox, MailboxLetter, Team
from notices.bell import ring_soon
from review.actions import Refused

MOST_LINKS, LINK_SECONDS = 20, 24 * 3600  # of one team, for addresses that may be anybody's


@transaction.atomic
def add_mailbox(*, team: Team, address: str, language: str, by: Any) -> Mailbox:
    standing = Mailbox.objects.visible_to(by).standing().filter(team=team)
    if standing.filter(address__iexact=address).exists():
        raise Refused(_("The team has this mailbox already."))
    if standing.count() >= Mailbox.MOST:
        raise Refused(_("There are %(count)d already. End one first.") % {"count": Mailbox.MOST})
    _count_link(team)
    mailbox = Mailbox.objects.create(team=team, address=address, language=language, made_by=by)
    _send_link(mailbox)
    return mailbox


@transaction.atomic
def send_again(*, mailbox: Mailbox, by: Any) -> None:
    """Another link; the one before serves as well, for as long as it lasts."""
    held = Mailbox.objects.select_for_update(no_key=True).get(pk=mailbox.pk)
    if held.confirmed_at or held.stopped_at:
        raise Refused(_("This mailbox is confirmed already, or was stopped."))
    _count_link(held.team)
    _send_link(held)


@transaction.atomic
def stop(*, mailbox: Mailbox) -> None:
    """From a page, or by whoever reads the mailbox and holds the address in a mail; done in the scope of the team."""
    with scope(Reach(teams=(mailbox.team_id,)), page="mailbox"):
        Mailbox.objects.filter(pk=mailbox.pk, stopped_at=None).update(stopped_at=timezone.now())


@transaction.atomic
def confirm(*, mailbox: Mailbox) -> None:
    with scope(Reach(teams=(mailbox.team_id,)), page="mailbox"):
        waiting = Mailbox.objects.standing().filter(pk=mailbox.pk, confirmed_at=None)
        waiting.update(confirmed_at=timezone.now())


def to_confirm(token: str) -> Mailbox | None:
    """Whose link it is; None when it is not whole, too old, or of an address that was stopped."""
    try:
        pk, address = signing.loads(token, salt=CONFIRM, max_age=CONFIRM_SECONDS)
    except signing.BadSignature:
        return None
    found = _found(pk)
    return found if found and found.address == address and not found.stopped_at else None


def to_stop(token: str) -> Mailbox | None:
    try:
        return _found(signing.loads(token, salt=STOP))
    except signing.BadSignature:
        return None


def _found(pk: int) -> Mailbox | None:
    """The signature is what allows it: nobody is signed in."""
    with scope(PROGRAMME, read_only=True):
        return Mailbox.objects.select_related("team").filter(pk=pk).first()


def _send_link(mailbox: Mailbox) -> None:
    count = MailboxLetter.objects.filter(mailbox=mailbox, key__startswith="confirm-").count()
    ring_soon(MailboxLetter.objects.create(mailbox=mailbox, key=f"confirm-{count + 1}"))


def _count_link(team: Team) -> None:
    if not within(MOST_LINKS, LINK_SECONDS, of="mailbox-link", by=str(team.pk)):
        raise Refused(_("Your team has had many links sent today. Try again tomorrow."))
