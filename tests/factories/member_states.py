from datetime import date
from typing import Any

from accounts.models import User
from member_states.models import Liaison, MemberState, Participation
from tests.factories.accounts import make_person

KNOWN = {
    "chile": ("CL", "CHL", "Chile", "Chile", "Chili", "Chile", "South America"),
    "jamaica": ("JM", "JAM", "Jamaica", "Jamaica", "Jamaïque", "Jamaica", "Caribbean"),
    "brazil": ("BR", "BRA", "Brazil", "Brasil", "Brésil", "Brasil", "South America"),
    "haiti": ("HT", "HTI", "Haiti", "Haití", "Haïti", "Haiti", "Caribbean"),
    "canada": ("CA", "CAN", "Canada", "Canadá", "Canada", "Canadá", "North America"),
    "cuba": ("CU", "CUB", "Cuba", "Cuba", "Cuba", "Cuba", "Caribbean"),
}


def make_state(slug: str, *, participates: bool = True, **facts: Any) -> MemberState:
    """A real state when its slug is known, else an invented one: `make_state("state-7")`."""
    number = MemberState.objects.count()
    invented = (f"{'ZXQ'[number // 26]}{chr(65 + number % 26)}", f"Z{number:02d}", *[slug.title()] * 4, "Caribbean")
    alpha2, alpha3, en, es, fr, pt, region = KNOWN.get(slug, invented)
    names = {"name_en": en, "name_es": es, "name_fr": fr, "name_pt_br": pt}
    state = MemberState.objects.create(
        **{
            "slug": slug,
            "alpha2": alpha2,
            "alpha3": alpha3,
            "sub_region": region,
            "year_joined": 1948,
            **names,
            **facts,
        }
    )
    status = "participating" if participates else "not participating"
    Participation.objects.create(state=state, status=status, starts_on=date(1948, 5, 5))
    return state


def make_liaison(name: str, state: MemberState, kind: str = "lead", **facts: Any) -> User:
    person = make_person(name, **facts)
    Liaison.objects.create(state=state, person=person, kind=kind, starts_on=date(2020, 1, 1))
    return person
