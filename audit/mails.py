"""The head of the chain, mailed once a day to the administrators: then it stands outside of this database too."""

from typing import Any

from django.urls import reverse
from django.utils import timezone

from accounts.models import StaffRole, User
from audit.models import Seal
from common.scope import PROGRAMME, scope
from notices.kinds import mail_kind
from notices.outbox import post

HEAD = "audit head"


def register() -> None:
    mail_kind(HEAD, find=find, template="emails/audit_head", link=page_of)


def page_of(seal: Seal) -> str:
    return reverse("admin:audit_seal_change", args=[seal.pk])


def find(person: Any, seal: int) -> Seal | None:
    return Seal.objects.visible_to(person).filter(pk=seal).first()


def mail_head(head: Seal) -> None:
    with scope(PROGRAMME, page="worker"):
        post(
            kind=HEAD,
            object_id=_first_of_the_day(head),
            people=User.objects.with_staff_role(StaffRole.Role.ADMINISTRATOR),
        )


def _first_of_the_day(head: Seal) -> int:
    """One a day: whatever seal is asked for, the first of its day is mailed, and a second asking changes nothing."""
    day = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    return Seal.objects.filter(made_at__gte=day).values_list("pk", flat=True).first() or head.pk
