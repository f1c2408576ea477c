"""Who stands above whom. Every act upon somebody else's account asks this one function."""

from typing import Any

from accounts.models import StaffRole

RANKS = {
    StaffRole.Role.ADMINISTRATOR.value: 3,
    StaffRole.Role.MANAGER.value: 2,
    StaffRole.Role.OFFICER.value: 1,
    StaffRole.Role.OBSERVER.value: 1,
}


def rank(person: Any) -> int:
    """By today's roles; 0 for liaisons and for whoever holds none. A closed account keeps its rank."""
    held = person.staff_roles if person.is_active else roles_of(person)
    return max((RANKS[role] for role in held), default=0)


def roles_of(person: Any) -> frozenset[str]:
    return frozenset(StaffRole.objects.current().filter(person=person).values_list("role", flat=True))


def outranks(actor: Any, person: Any) -> bool:
    """Strictly: nobody acts upon an equal, nor upon themselves."""
    return rank(actor) > rank(person)
