"""Words that must not be heard outside their reach, and who may hear which: this is the one place that says so."""

import re
from io import BytesIO
from typing import Any
from zipfile import ZipFile, is_zipfile

from pypdf import PdfReader

CHILE, JAMAICA = "CHL", "JAM"

KINDS = {
    "DRAFT": "what a state has not sent: its own liaisons, nobody else, staff neither",
    "ASKED": "what a state asks in its ministries, and is answered: its own liaisons, and who was asked",
    "HELD": "what reviewers decided and have not released: programme staff",
    "DESK": "what staff say among themselves in review: programme staff",
    "SENT": "what a state sent, and what it was told: its own liaisons and programme staff",
    "STATES": "accepted and shared among states: liaisons of every state, programme staff",
    "PEOPLE": "names of liaisons: those of the same state, programme staff, administrators",
    "OFFERED": "what a team handed to the programme to publish, and says of it: the team, programme staff",
    "PUBLIC": "accepted and shared with everybody, or under TLP:CLEAR",
    "CONTACTS": "how to reach a team, what it has not published: the network, its state's liaisons, programme staff",
    "HISTORY": "what a team once said of itself: the team, its state's liaisons, programme staff",
    "COLLEAGUES": "whom a team invited: its people, programme staff, administrators",
    "COMMUNITY": "under TLP:GREEN: members of teams of the network, programme staff",
    "CONSTITUENTS": "sent to a team under TLP:AMBER, and given to the programme: it, its constituents, programme staff",
    "APPLIED": "of an application to the network: its liaisons, the national CSIRT that is asked, programme staff",
    "TEAM": "sent to a team under TLP:AMBER+STRICT, and not given to the programme; or its own drafts: the team alone",
    "MATURITY": "what a team sent of its maturity: the team, the liaisons of its state, programme staff",
    "REVIEWED": "the same while another team reviews it, here the sector team of Chile: that one too",
    "ANSWERED": "what a team answers to an alert that was given to the programme: the team itself, programme staff",
    "PARTIES": "of an agreement that its parties read: contacts of a partner that is party to it, programme staff",
    "AGREED": "of an agreement of all states: their liaisons, contacts of its parties, programme staff",
    "COMPARTMENT": "of a joint operation: the partner and the state that take part, programme staff",
    "SECRET": "of a joint operation under TLP:RED: the persons named, here an officer and the partner’s contact",
    "PARTNERS": "names of a partner's people: those of the same partner, programme staff, administrators",
    "EXERCISE": "an exercise that is ready, and its report: its teams, the liaisons of their states, programme staff",
    "PLAYED": "what has come at the teams of an exercise: those that play, programme staff",
    "NAMED": "under TLP:RED: the persons it names, here the representative of the team",
}
CANARY = re.compile(rf"CANARY-({CHILE}|{JAMAICA})-({'|'.join(KINDS)})-")


def canary(state: str, kind: str, field: str) -> str:
    """The word to put into `field`, ended so that no other field begins alike."""
    assert kind in KINDS
    return f"CANARY-{state}-{kind}-{field}."


def _all(*kinds: str, of: tuple[str, ...] = (CHILE, JAMAICA)) -> frozenset[str]:
    return frozenset(f"{state}-{kind}" for state in of for kind in kinds)


EVERYBODY = _all("PUBLIC")
STAFF = _all(
    "APPLIED", "HELD", "DESK", "SENT", "STATES", "PEOPLE", "PUBLIC", "COMMUNITY", "CONSTITUENTS", "MATURITY",
    "REVIEWED", "CONTACTS", "HISTORY", "ANSWERED", "COLLEAGUES", "OFFERED",
    "PARTIES", "AGREED", "PARTNERS", "COMPARTMENT", "EXERCISE", "PLAYED",
)  # fmt: skip


def _liaison(state: str) -> frozenset[str]:
    own = ("COMPARTMENT", "APPLIED", "DRAFT", "ASKED", "SENT", "PEOPLE", "MATURITY", "REVIEWED", "CONTACTS", "HISTORY")
    return _all(*own, of=(state,)) | _all("STATES", "AGREED", "PUBLIC", "EXERCISE")


COMMUNITY = _all("PUBLIC", "COMMUNITY", "CONTACTS")
PLAYERS = _all("EXERCISE", "PLAYED")  # the national teams of Chile and Jamaica


def _team(state: str) -> frozenset[str]:
    return (
        COMMUNITY
        | PLAYERS
        | _all(
            "CONSTITUENTS", "TEAM", "MATURITY", "REVIEWED", "HISTORY", "ANSWERED", "COLLEAGUES", "OFFERED", of=(state,)
        )
    )


HEARS = {
    "anon": EVERYBODY,
    "own": _liaison(CHILE),
    "deputy": _liaison(CHILE),
    "other": _liaison(JAMAICA),
    "team": _team(CHILE) | _all("NAMED", "APPLIED", of=(CHILE,)),
    "analyst": _team(CHILE),
    "sector": COMMUNITY | _all("CONSTITUENTS", "REVIEWED", of=(CHILE,)),
    "foreign": _team(JAMAICA) | _all("NAMED", "APPLIED", of=(JAMAICA,)),
    "officer": STAFF | _all("SECRET", of=(CHILE,)),
    "manager": STAFF,
    "observer": STAFF,
    "admin": EVERYBODY | _all("PEOPLE", "COLLEAGUES", "PARTNERS"),
    "ended": EVERYBODY,
    "disabled": EVERYBODY,
    # of the partner whose canaries are Chile's
    "partner": EVERYBODY | _all("PARTIES", "AGREED", "PARTNERS", "COMPARTMENT", "SECRET", of=(CHILE,)),
    "guest": EVERYBODY | _all("ASKED", "PEOPLE", of=(CHILE,)),  # whom a liaison of Chile asked
}


def sung(*texts: str) -> frozenset[str]:
    """The canaries in a text, as STATE-KIND."""
    return frozenset("-".join(found) for text in texts for found in CANARY.findall(text))


def words_of(content: bytes) -> str:
    """All that a reader could find in a body: of archives every part, of a PDF its text and properties."""
    if content.startswith(b"%PDF-"):
        return _pdf(content)
    if content.startswith(b"PK") and is_zipfile(BytesIO(content)):
        with ZipFile(BytesIO(content)) as archive:
            return "\n".join([*archive.namelist(), *(words_of(archive.read(name)) for name in archive.namelist())])
    return content.decode("utf-8", "replace")


def _pdf(content: bytes) -> str:
    raw = content.decode("latin-1")
    try:
        document: Any = PdfReader(BytesIO(content))
        pages = [page.extract_text() for page in document.pages]
        return "\n".join([raw, *pages, str(document.metadata)])
    except Exception:  # a file that is no whole PDF is read as it lies
        return raw
