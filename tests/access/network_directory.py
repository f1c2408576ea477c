"""The entries of both national teams: Chile's description is published, Jamaica's is not."""

from functools import cache
from typing import Any

from pysequoia import Tsk

from common.scope import PROGRAMME, scope
from csirt_network.models import Affiliation, Contact, Team, TeamKey
from tests.access.canaries import CHILE, JAMAICA, canary
from tests.factories.csirt_network import make_contact, make_key, make_profile, make_version

TEAMS = {"chile": ("csirt-chile", CHILE, "team"), "jamaica": ("cirt-jamaica", JAMAICA, "foreign")}


def make_directory(world: Any) -> dict[str, dict[str, Any]]:
    with scope(PROGRAMME):
        return {state: _entry(world, state) for state in TEAMS}


def _entry(world: Any, state: str) -> dict[str, Any]:
    slug, code, who = TEAMS[state]
    team, by, is_open = Team.objects.get(slug=slug), world.people[who], state == "chile"
    published = "PUBLIC" if is_open else "CONTACTS"
    said = {"mission": {"en": canary(code, published, "mission")}}
    address = canary(code, published, "address")
    make_profile(team, texts=said, address=address, number=1, is_published=is_open)
    make_version(team, by, texts={"mission": {"en": canary(code, "HISTORY", "mission")}})
    make_contact(team, "mailbox", is_public=True, name=canary(code, published, "mailbox"))
    link = f"https://www.example.org/{canary(code, 'PUBLIC', 'first')}"
    Affiliation.objects.create(team=team, state=team.state, body="first", level="member", link=link)
    return {
        "team": team,
        "contact": _contact(team, code),
        "key": make_key(team, by, user_ids=[canary(code, published, "key")], armoured=canary(code, published, "block")),
    }


def _contact(team: Team, code: str) -> Contact:
    def sing(field: str) -> str:
        return canary(code, "CONTACTS", field)

    email = f"{sing('email')}x@example.org"
    return make_contact(
        team, name=sing("name"), phone=sing("phone"), email=email, other=sing("other"), hours=sing("hours")
    )


def arguments(world: Any, kind: str, state: str) -> dict[str, Any]:
    """The parts of the path for `csirt`, `csirt:contact`, `csirt:key` and so on."""
    entry = world.directory[state]
    key: TeamKey = entry["key"]
    found = {"slug": entry["team"].slug, "body": "first", "fingerprint": key.fingerprint, "number": 1}
    found["pk"] = (key if kind == "key" else entry["contact"]).pk
    return found | ({"number": 3} if kind == "chapter" else {})


@cache
def public_key() -> str:
    return str(Tsk.generate("CSIRT <csirt@example.org>").extract_certificate())


def facts(_: Any) -> dict[str, Any]:
    return {
        "host": "Another house",
        "website": "https://www.example.org/csirt",
        "year_established": "2010",
        "languages": ["es", "en"],
        "time_zone": "America/Santiago",
        "countries": ["JM"],
        "sectors": ["health"],
    }


def chapter(_: Any) -> dict[str, Any]:
    return {"number": "1", "mission_en": "New words", "mission_es": "Palabras nuevas"}


def contact(_: Any) -> dict[str, Any]:
    return {
        "role": "duty",
        "name": "The desk",
        "phone": "+56 0 000 0000",
        "email": "desk@example.org",
        "other": "Messenger",
        "hours": "always",
        "is_24x7": "on",
        "is_public": "on",
    }


PAYLOADS = {
    "csirts/<slug:slug>/edit/": facts,
    "csirts/<slug:slug>/edit/<int:number>/": chapter,
    "csirts/<slug:slug>/publish/": lambda _: {"publish": "no"},
    "csirts/<slug:slug>/contacts/new/": contact,
    "csirts/<slug:slug>/contacts/<int:pk>/": contact,
    "csirts/<slug:slug>/contacts/<int:pk>/remove/": lambda _: {"go": "yes"},
    "csirts/<slug:slug>/keys/new/": lambda _: {"armoured": public_key()},
    "csirts/<slug:slug>/keys/<int:pk>/remove/": lambda _: {"go": "yes"},
    "csirts/<slug:slug>/memberships/<slug:body>/": lambda _: {
        "level": "member",
        "since": "2012",
        "link": "https://www.example.org/first",
    },
    "csirts/<slug:slug>/memberships/<slug:body>/remove/": lambda _: {"go": "yes"},
}
