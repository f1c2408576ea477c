"""What a contact is for, and what each must therefore say: one table for forms, pages and the database's checks."""

from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NAME, PHONE, EMAIL, OTHER = "name", "phone", "email", "other"


class ContactRole(models.TextChoices):
    """In the order in which they are read: whom to call now comes first."""

    DUTY = "duty", _("On call, day and night")
    MAILBOX = "mailbox", _("Mailbox of the team")
    OFFICE = "office", _("Telephone of the office")
    HEAD = "head", _("Head of the team")
    DEPUTY = "deputy", _("Deputy head")
    EXCHANGE = "exchange", _("Exchange of indicators")
    PRESS = "press", _("Press")
    FAX = "fax", _("Facsimile")
    OTHER = "other", _("Another way to speak with the team")


@dataclass(frozen=True)
class Needs:
    """`is_person`: it is somebody by name, and changes with them; otherwise it stays who ever answers."""

    fields: tuple[str, ...]
    is_person: bool
    help: str | Promise


ROLES = {
    ContactRole.DUTY: Needs((PHONE,), False, _("A number that somebody answers at any hour.")),
    ContactRole.MAILBOX: Needs((EMAIL,), False, _("A mailbox that the whole team reads, not one person's.")),
    ContactRole.OFFICE: Needs((PHONE,), False, _("Answered in office hours; say which.")),
    ContactRole.HEAD: Needs((NAME, PHONE, EMAIL), True, _("Name, telephone and e-mail.")),
    ContactRole.DEPUTY: Needs((NAME, PHONE, EMAIL), True, _("Name, telephone and e-mail.")),
    ContactRole.EXCHANGE: Needs((EMAIL,), False, _("Whom to ask about feeds and indicators.")),
    ContactRole.PRESS: Needs((EMAIL,), False, _("For journalists.")),
    ContactRole.FAX: Needs((PHONE,), False, _("Only if the team still has one.")),
    ContactRole.OTHER: Needs((OTHER,), False, _("Such as a secure messenger or a satellite telephone.")),
}


def required(role: str) -> tuple[str, ...]:
    return ROLES[ContactRole(role)].fields


def roles_that_need(field: str) -> list[str]:
    return sorted(role.value for role, needs in ROLES.items() if field in needs.fields)
