from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from imports.cells import spelled
from imports.kinds.base import Kind, RowRefused
from invitations.actions.inviting import invite
from invitations.forms import InviteForm
from invitations.models import Invitation
from invitations.powers import LIAISONS, gives, may_give
from member_states.models import Liaison

COLUMNS = ("state", "role", "name", "email", "language")


@dataclass(frozen=True)
class FocalPoint:
    """Somebody who speaks for a state, or was invited to."""

    pk: str
    state: Any
    role: str
    name: str
    email: str
    language: str


class FocalPoints(Kind):
    code = "focal-points"
    names_people = gives_roles = True

    @classmethod
    def may(cls, user: Any) -> bool:
        return bool(gives(user) & LIAISONS)

    def about(self) -> str:
        return _(
            "A row invites somebody to speak for a state; the mail goes out when the table is imported."
            " Whoever is there or is invited already stays as they are. Roles are ended and addresses changed"
            " on the page of people."
        )

    def form(self, thing: Any = None, data: Any = None) -> InviteForm:
        return InviteForm(data, by=self.by)

    def names(self) -> tuple[str, ...]:
        return COLUMNS

    def things(self) -> list[FocalPoint]:
        held = Liaison.objects.visible_to(self.by).current().select_related("state", "person").order_by("pk")
        asked = Invitation.objects.visible_to(self.by).pending().filter(role__in=LIAISONS).select_related("state")
        return [
            *(FocalPoint(f"p{o.pk}", o.state, o.kind, o.person.name, o.person.email, o.person.language) for o in held),
            *(FocalPoint(f"i{o.pk}", o.state, o.role, o.name, o.email, o.language) for o in asked.order_by("pk")),
        ]

    def id(self, thing: Any) -> str:
        return str(thing.pk)

    def called(self, cells: dict[str, str]) -> str:
        return ", ".join(filter(None, (cells.get("name", ""), cells.get("state", ""))))

    def natural(self, cells: dict[str, str]) -> str:
        return f"{cells.get('state', '')} {spelled(cells['email'])}" if cells.get("email") else ""

    def add(self, form: InviteForm) -> Any:
        given = form.given()
        if given["role"] not in LIAISONS or not may_give(self.by, given["role"], given["state"]):
            raise RowRefused(_("You may not give this role."), "role")
        return invite(by=self.by, **given)

    def change(self, thing: Any, form: InviteForm, changed: set[str]) -> None:
        raise RowRefused(_("This person is there already. Change it on the page of people."), min(changed))
