"""Predicates about people that every app's rules are made of, and what may be done with accounts."""

from typing import Any

import rules

from accounts.standing import outranks


@rules.predicate
def is_manager(user: Any) -> bool:
    return "manager" in user.staff_roles


@rules.predicate
def is_officer(user: Any) -> bool:
    """Managers may do everything an officer does."""
    return bool(user.staff_roles & {"manager", "officer"})


@rules.predicate
def is_programme_staff(user: Any) -> bool:
    return user.is_programme_staff


@rules.predicate
def is_administrator(user: Any) -> bool:
    return user.is_staff


@rules.predicate
def is_below(actor: Any, person: Any) -> bool:
    """Asked only with a person: without one nobody is below."""
    return person is not None and outranks(actor, person)


rules.add_perm("accounts.reset_second_factor", (is_manager | is_administrator) & is_below)
rules.add_perm("accounts.view_audit_trail", is_programme_staff | is_administrator)
