"""The mails about machine tokens, to whoever acts for their team. They name the token, and neither key nor secret."""

from typing import Any

from django.urls import reverse

from exchange.models import MachineToken
from notices.kinds import mail_kind

MADE, REVOKED = "machine token made", "machine token revoked"
EXPIRES, STOPPED = "machine token expires", "machine token stopped"


def register() -> None:
    """All are duties: somebody reads in the name of the team, or what read for it does no more."""
    mail_kind(MADE, find=token_in_use, template="emails/machine_token_made", link=page_of)
    mail_kind(REVOKED, find=revoked_token, template="emails/machine_token_revoked", link=page_of)
    mail_kind(EXPIRES, find=token_in_use, template="emails/machine_token_expires", link=page_of)
    mail_kind(STOPPED, find=stopped_token, template="emails/machine_token_stopped", link=page_of)


def token_in_use(person: Any, pk: int) -> MachineToken | None:
    return _token(person, pk, "active")


def revoked_token(person: Any, pk: int) -> MachineToken | None:
    return _token(person, pk, "revoked")


def stopped_token(person: Any, pk: int) -> MachineToken | None:
    return _token(person, pk, "stopped")


def _token(person: Any, pk: int, status: str) -> MachineToken | None:
    """While it stands so, for whoever acts for its team."""
    tokens = MachineToken.objects.visible_to(person).with_standing().select_related("team", "made_by")
    found = tokens.filter(pk=pk).first()
    is_theirs = found is not None and found.status == status and person.has_perm("exchange.keep_tokens", found.team)
    return found if is_theirs else None


def page_of(token: MachineToken) -> str:
    return reverse("machine-token-list")
