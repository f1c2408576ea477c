"""Tokens that expire soon, or have stopped: what is due by now and is not in the ledger (notices.Mail) yet.

14 and 2 days before a token expires. Found anew whenever this is called: a worker that was away makes up for it, and
where both have passed, only the later is told.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils import timezone

from common.scope import PROGRAMME, scope
from csirt_network.freshness import representatives_of
from exchange.mails import EXPIRES, STOPPED
from exchange.models import MachineToken
from notices.models import Mail
from notices.outbox import post

BEFORE = (14, 2)  # days
Due = tuple[str, int, str]


def remind() -> None:
    with scope(PROGRAMME, page="reminders"):
        due = {one: token for one, token in _due(timezone.now())}
        told = Mail.objects.filter(kind__in=(EXPIRES, STOPPED), object_id__in={pk for _kind, pk, _threshold in due})
        for kind, pk, threshold in due.keys() - set(told.values_list("kind", "object_id", "threshold")):
            team = due[kind, pk, threshold].team
            post(kind=kind, object_id=pk, people=representatives_of(team), threshold=threshold)


def threshold_of(token: MachineToken, moment: datetime) -> str:
    """The last that has come. A token that was made for less time than that has no such day."""
    come = [days for days in BEFORE if token.expires_at - timedelta(days=days) <= moment]
    last = come[-1] if come else None
    is_told = last is not None and token.made_at < token.expires_at - timedelta(days=last)
    return f"{last} days" if is_told else ""


def _due(moment: datetime) -> Iterator[tuple[Due, MachineToken]]:
    standing = MachineToken.objects.with_standing().filter(revoked_at=None, expires_at__gt=moment)
    for token in standing.select_related("team"):
        if token.status == "stopped":
            yield (STOPPED, token.pk, f"{token.made_by_id}"), token
        elif threshold := threshold_of(token, moment):
            yield (EXPIRES, token.pk, threshold), token
