"""Two partners of the world, each with a contact and agreements; a contact never hears of the other partner's.

The canaries of the partner whose contact looks round are Chile's, those of the other one Jamaica's.
"""

from datetime import date
from typing import Any

from accounts.models import User
from common.scope import PROGRAMME, scope
from partnerships.models import Agreement, Appearance, NamedPerson, Partner
from tests.access.canaries import CHILE, JAMAICA, canary
from tests.factories.partnerships import make_agreement, make_contact, make_partner

KINDS = ("partner", "agreement", "contact")
AUDIENCES = {"public": "PUBLIC", "states": "AGREED", "parties": "PARTIES", "staff": "DESK"}
NAMES = {CHILE: "harbour-foundation", JAMAICA: "delta-laboratory"}
WORDS = ("aims_en", "aims_es", "note_en", "note_fr", "place", "reference")


def a_contact(password: str) -> User:
    """Of the cast, and a colleague of hers at the other partner."""
    with scope(PROGRAMME):
        own, other = (make_partner(name.replace("-", " ").title(), slug=name) for name in NAMES.values())
        hidden = {"is_published": False, "kind": "academia"}
        make_partner(canary(CHILE, "DESK", "partner"), slug="a-hidden-partner", **hidden)
    make_contact(f"Ola Other {canary(JAMAICA, 'PARTNERS', 'name')}", other, email="ola@example.org")
    named = f"Pilar Partner {canary(CHILE, 'PARTNERS', 'name')}"
    return make_contact(named, own, email="pilar@example.org", password=password)


def make_partnerships(world: Any) -> dict[str, Any]:
    """`agreement:parties` and so on are of the partner of the cast, `agreement:other` is of the other one."""
    with scope(PROGRAMME):
        partners = {code: Partner.objects.get(slug=slug) for code, slug in NAMES.items()}
        agreements = {name: _agreement(world, CHILE, partners[CHILE], name) for name in AUDIENCES}
        agreements["other"] = _agreement(world, JAMAICA, partners[JAMAICA], "parties")
        _agreement(world, JAMAICA, partners[JAMAICA], "staff")
        hidden = Partner.objects.get(slug="a-hidden-partner")
    people = {"own": partners[CHILE], "other": partners[JAMAICA], "hidden": hidden}
    return {"partners": people, "agreements": agreements}


def _agreement(world: Any, code: str, partner: Partner, audience: str) -> Agreement:
    def sing(field: str) -> str:
        return canary(code, AUDIENCES[audience], f"agreement-{field}")

    said = {field: sing(field)[:60] for field in WORDS} | {"name_es": sing("name_es"), "source": world.source}
    facts = {"concluded_on": date(2024, 5, 6), "starts_on": date(2024, 6, 1), "owner": world.people["officer"]}
    made = make_agreement(sing("name"), partner, slug=f"{partner.slug}-{audience}", audience=audience, **facts, **said)
    made.parties.filter(partner=partner).update(as_stated=sing("as-stated"))
    somebody = NamedPerson.objects.get_or_create(name="Nadia Named")[0]
    titles = {"title_en": sing("title"), "organisation": sing("organisation")}
    Appearance.objects.create(person=somebody, agreement=made, part="signed", source=world.source, **titles)
    return made


def partner_arguments(world: Any, kind: str, which: str) -> dict[str, Any]:
    """The parts of the path for `partner:own`, `agreement:parties` and `contact`."""
    held = world.partnerships
    if kind == "contact":
        return {"pk": world.people["partner"].partners.get().pk}
    return {"slug": held["partners" if kind == "partner" else "agreements"][which or "own"].slug}


def partner(_: Any) -> dict[str, Any]:
    return {"name_en": "A new partner", "kind": "academia", "is_of_the_oas": "on", "since": "2020", "country": "ES"}


BODIES = {
    "partners/new/": partner,
    "partners/<slug:slug>/edit/": lambda _: {**partner(_), "edited": "0"},
    "partners/<slug:slug>/publish/": lambda _: {"published": "no"},
    "people/contacts/<int:pk>/end/": lambda _: {"reason": "Went to another organisation."},
}
