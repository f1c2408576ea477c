"""The people of the portal, with what each holds and where they stand: a fixed number of queries."""

from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q

from accounts.models import StaffRole, User
from accounts.querysets import UserQuerySet, held_now
from accounts.second_factor import with_factors
from csirt_network.models import TeamMember
from invitations.powers import LIAISONS, OF_A_PARTNER, TEAM_PEOPLE
from member_states.models import Liaison, MemberState
from partnerships.models import PartnerContact


def people_for(
    user: Any, *, q: str | None, state: MemberState | None, role: str | None, status: str | None
) -> UserQuerySet:
    people: Any = with_factors(User.objects.visible_to(user)).annotate(holds=_holds())
    people = people.prefetch_related(
        Prefetch("roles", StaffRole.objects.current().order_by("role"), to_attr="held_roles"),
        Prefetch("liaisons", Liaison.objects.filter(held_now()).select_related("state"), to_attr="held_liaisons"),
        Prefetch("teams", TeamMember.objects.filter(held_now()).select_related("team"), to_attr="held_teams"),
        Prefetch(
            "partners", PartnerContact.objects.filter(held_now()).select_related("partner"), to_attr="held_contacts"
        ),
    )
    if q:
        people = people.filter(Q(name__icontains=q) | Q(email__icontains=q))
    if state or role in LIAISONS:
        people = people.filter(Exists(_liaisons(state, role)))
    if role in OF_A_PARTNER:
        people = people.filter(Exists(_contacts()))
    elif role in TEAM_PEOPLE:
        people = people.filter(Exists(TeamMember.objects.filter(held_now(), person=OuterRef("pk"), kind=role)))
    elif role and role not in LIAISONS:
        people = people.filter(Exists(StaffRole.objects.current().filter(person=OuterRef("pk"), role=role)))
    return _of_status(people, status).order_by("name", "pk")


def standing_of(person: Any) -> str:
    """A code of the house's table of status words; `person` as made by people_for."""
    if not person.is_active:
        return "closed"
    if not (person.held_roles or person.held_liaisons or person.held_teams or person.held_contacts):
        return "ended"
    return "active" if person.last_login else "never_signed_in"


def _of_status(people: Any, status: str | None) -> Any:
    wanted = {
        "closed": Q(is_active=False),
        "ended": Q(is_active=True, holds=False),
        "never": Q(is_active=True, holds=True, last_login=None),
        "active": Q(is_active=True, holds=True, last_login__isnull=False),
    }
    return people.filter(wanted[status]) if status in wanted else people


def _liaisons(state: MemberState | None, role: str | None) -> Any:
    held = Liaison.objects.filter(held_now(), person=OuterRef("pk"))
    held = held.filter(state=state) if state else held
    return held.filter(kind=role) if role in LIAISONS else held


def _contacts() -> Any:
    return PartnerContact.objects.filter(held_now(), person=OuterRef("pk"))


def _holds() -> Any:
    """Closed accounts too: what they hold is theirs again when they are opened."""
    roles = Exists(StaffRole.objects.current().filter(person=OuterRef("pk")))
    teams = Exists(TeamMember.objects.filter(held_now(), person=OuterRef("pk")))
    return roles | teams | Exists(_contacts()) | Exists(Liaison.objects.filter(held_now(), person=OuterRef("pk")))
