"""Asking the head of a team in, who applies to the network under an own account."""

from typing import Any

from django.db import transaction

from accounts.models import User
from common.days import today
from csirt_network.models import Application
from invitations.actions.inviting import invite, send_again
from invitations.models import APPLICANT, Invitation
from notices.outbox import post


@transaction.atomic
def write_to_head(*, application: Application, by: Any) -> None:
    """An invitation; to whoever has an account already a reminder, once a day and no oftener.

    Whether the address has one is nobody's to learn: either way there is a mail.
    """
    if head := User.objects.filter(is_active=True, email=application.head_email).first():
        return post(kind="admission move", object_id=application.pk, people=[head], threshold=f"hand {today()}")
    mine = Invitation.objects.filter(email=application.head_email, role=APPLICANT, state=application.state).pending()
    if invitation := mine.first():
        return send_again(invitation=invitation, by=by)
    name = application.head_name[:120]
    facts: dict[str, Any] = {"email": application.head_email, "name": name, "language": application.language}
    invite(role=APPLICANT, state=application.state, by=by, **facts)
    return None
