"""People with obviously invented names, under example.org; nobody can sign in as one with a password."""

import csv
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from django.utils import timezone

from accounts.models import StaffRole, User
from member_states.models import Liaison, MemberState


@dataclass
class Cast:
    """Who plays: staff by role, and by state (its slug) the lead first."""

    staff: dict[str, list[User]] = field(default_factory=dict)
    liaisons: dict[str, list[User]] = field(default_factory=dict)

    @property
    def manager(self) -> User:
        return self.staff["manager"][0]

    def officer(self, number: int) -> User:
        officers = self.staff["officer"]
        return officers[number % len(officers)]

    def lead(self, state: MemberState) -> User:
        return self.liaisons[state.slug][0]


def sample_addresses() -> set[str]:
    return {address(row["name"]) for row in _rows()}


def address(name: str) -> str:
    """camila.muestra@example.org"""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return ".".join(plain.lower().split()) + "@example.org"


def make_people() -> Cast:
    states = {state.slug: state for state in MemberState.objects.all()}
    since = timezone.localdate() - timedelta(days=3 * 365)
    cast = Cast()
    for row, person in _people():
        if row["state"]:
            cast.liaisons.setdefault(row["state"], []).append(person)
            _take_on(states[row["state"]], person, row["kind"], since)
        else:
            cast.staff.setdefault(row["kind"], []).append(person)
            StaffRole.objects.create(person=person, role=row["kind"], starts_on=since)
    return cast


def _take_on(state: MemberState, person: User, kind: str, since: date) -> None:
    Liaison.objects.create(state=state, person=person, kind=kind, starts_on=since)


def _people() -> Iterable[tuple[dict[str, str], User]]:
    for row in _rows():
        person = User(
            email=address(row["name"]), name=row["name"], language=row["language"], time_zone=row["time_zone"]
        )
        person.set_unusable_password()
        person.save()
        yield row, person


def _rows() -> list[dict[str, str]]:
    with (Path(__file__).parent / "people.csv").open(encoding="utf-8", newline="") as sheet:
        return list(csv.DictReader(sheet))
