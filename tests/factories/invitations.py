"""Invitations as their pages make them, and the link as its reader finds it."""

import re
from typing import Any

from django.core import mail

from common.scope import reach_of, scope
from invitations.actions.inviting import invite
from invitations.models import Invitation
from notices.work import work

LINK = re.compile(r"https?://\S+(/invitation/link/\S+/)")
PASSWORD = "seven ripe mangoes fell on the roof"


def make_invitation(role: str = "officer", state: Any = None, *, by: Any, **facts: Any) -> Invitation:
    """To Nadia Nueva, in Spanish, unless `facts` say otherwise."""
    given = {"email": "nadia@example.org", "name": "Nadia Nueva", "language": "es", **facts}
    with scope(reach_of(by)):
        return invite(role=role, state=state, by=by, **given)


def link_of(invitation: Invitation) -> str:
    """Sends the mail and reads the link in it."""
    work(Invitation, invitation.pk)
    return LINK.search(mail.outbox[-1].body)[1]


def accept_at(client: Any, link: str, password: str = PASSWORD) -> Any:
    return client.post(link, {"password1": password, "password2": password})
