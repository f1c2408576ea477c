from datetime import date
from typing import Any

from django.utils.text import slugify

from accounts.models import StaffRole, User


def make_person(name: str, **facts: Any) -> User:
    facts.setdefault("email", f"{slugify(name)}@example.org")
    facts.setdefault("tour_left", True)  # the cast knows its way; a test of the tour says who does not
    return User.objects.create_user(name=name, **facts)


def make_staff(name: str, *roles: str, **facts: Any) -> User:
    person = make_person(name, **facts)
    for role in roles:
        StaffRole.objects.create(person=person, role=role, starts_on=date(2020, 1, 1))
    return person
