"""RFC 2350 (BCP 21), appendix D: the description by which a response team says what can be expected of it.

Seven chapters with 26 headings below them, and 1.4 of appendix E. Titles are the RFC's, explanations the portal's own.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from textwrap import wrap

from django.db import models
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise
WIDTH = 72
INDENT = "   "
SHORT, LONG = 500, 4000
UNPRINTABLE = re.compile(r"[^\S\n ]|[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]")


class Origin(models.TextChoices):
    """Where the text of a section comes from: what stands elsewhere in the record is not typed a second time."""

    TEXT = "text", _("Written by the team")
    RECORD = "record", _("From the team's record")
    CONTACTS = "contacts", _("From the contacts")
    KEYS = "keys", _("From the keys")
    HEADING = "heading", _("A heading only")


@dataclass(frozen=True)
class Section:
    number: str
    key: str
    title: Words
    help: Words = ""
    origin: Origin = Origin.TEXT
    max_length: int = LONG

    @property
    def depth(self) -> int:
        """1 for a chapter, 2 for 4.1, 3 for 5.1.2."""
        return self.number.count(".") + 1


def _heading(number: str, key: str, title: Words) -> Section:
    return Section(number, key, title, origin=Origin.HEADING, max_length=0)


SECTIONS = (
    _heading("1", "document", _("Document Information")),
    Section(
        "1.1",
        "last_update",
        _("Date of Last Update"),
        _("The day on which the team last changed or confirmed this description."),
        Origin.RECORD,
        SHORT,
    ),
    Section(
        "1.2",
        "distribution",
        _("Distribution List for Notifications"),
        _("Who is told when this description changes, and how one joins that list."),
        max_length=SHORT,
    ),
    Section(
        "1.3",
        "locations",
        _("Locations where this Document May Be Found"),
        _("The addresses on the web where the newest version stands."),
        max_length=SHORT,
    ),
    Section(
        "1.4",
        "authenticating",
        _("Authenticating this Document"),
        _("How a reader makes sure that this description is the team's own, such as by its signature."),
        max_length=SHORT,
    ),
    _heading("2", "contact", _("Contact Information")),
    Section("2.1", "team_name", _("Name of the Team"), _("Its full name and its short one."), Origin.RECORD, SHORT),
    Section("2.2", "address", _("Address"), _("Where letters reach the team."), Origin.RECORD, SHORT),
    Section(
        "2.3",
        "time_zone",
        _("Time Zone"),
        _("The team's time zone, with its difference to UTC in winter and in summer."),
        Origin.RECORD,
        SHORT,
    ),
    Section(
        "2.4",
        "telephone",
        _("Telephone Number"),
        _("Numbers in international form, with the hours at which each is answered."),
        Origin.CONTACTS,
        SHORT,
    ),
    Section("2.5", "facsimile", _("Facsimile Number"), _("Only if the team still has one."), Origin.CONTACTS, SHORT),
    Section(
        "2.6",
        "other_telecommunication",
        _("Other Telecommunication"),
        _("Other ways to speak with the team, such as a secure messenger or a satellite telephone."),
        Origin.CONTACTS,
        SHORT,
    ),
    Section(
        "2.7",
        "email",
        _("Electronic Mail Address"),
        _("The mailbox of the team, not of a person, that is read on every working day."),
        Origin.CONTACTS,
        SHORT,
    ),
    Section(
        "2.8",
        "public_keys",
        _("Public Keys and Encryption Information"),
        _("The team's OpenPGP keys with their fingerprints, and where they are found."),
        Origin.KEYS,
        SHORT,
    ),
    Section(
        "2.9",
        "team_members",
        _("Team Members"),
        _("Who leads the team and who stands in. Names of other members are best left out."),
        max_length=SHORT,
    ),
    Section(
        "2.10",
        "other_information",
        _("Other Information"),
        _("The team's web page, and networks such as FIRST in which it is a member."),
        max_length=SHORT,
    ),
    Section(
        "2.11",
        "customer_contact",
        _("Points of Customer Contact"),
        _("Which way to choose first, at which hours, and what to do in an emergency outside them."),
    ),
    _heading("3", "charter", _("Charter")),
    Section("3.1", "mission", _("Mission Statement"), _("What the team is for, in a few sentences.")),
    Section(
        "3.2",
        "constituency",
        _("Constituency"),
        _("Whom the team serves: organisations, sectors, networks and domains, and who does not belong to them."),
    ),
    Section(
        "3.3",
        "sponsorship",
        _("Sponsorship and/or Affiliation"),
        _("Who pays for the team, and of which organisation it is a part."),
    ),
    Section(
        "3.4",
        "authority",
        _("Authority"),
        _("The law or decision the team rests on, and what it may order, ask or only advise."),
    ),
    _heading("4", "policies", _("Policies")),
    Section(
        "4.1",
        "incident_types",
        _("Types of Incidents and Level of Support"),
        _("Which incidents the team deals with, in which order, and how much help may be expected for each."),
    ),
    Section(
        "4.2",
        "cooperation",
        _("Co-operation, Interaction and Disclosure of Information"),
        _("With whom the team shares what it is told, under which labels (TLP), and which law binds it."),
    ),
    Section(
        "4.3",
        "communication",
        _("Communication and Authentication"),
        _("Which ways are used for which matters, and how the team makes sure with whom it speaks."),
    ),
    _heading("5", "services", _("Services")),
    _heading("5.1", "incident_response", _("Incident Response")),
    Section(
        "5.1.1",
        "triage",
        _("Incident Triage"),
        _("How the team finds out whether something is an incident, and how grave it is."),
    ),
    Section(
        "5.1.2",
        "coordination",
        _("Incident Coordination"),
        _("How the team brings together those concerned, other teams, the police and the press."),
    ),
    Section(
        "5.1.3",
        "resolution",
        _("Incident Resolution"),
        _("What the team does to end an incident, and what those it serves do themselves."),
    ),
    Section(
        "5.2",
        "proactive",
        _("Proactive Activities"),
        _("What the team does before incidents happen: alerts, training, audits, tools."),
    ),
    Section(
        "6",
        "reporting_forms",
        _("Incident Reporting Forms"),
        _("Where the form is found, or what a report should hold."),
    ),
    Section("7", "disclaimers", _("Disclaimers"), _("What the team cannot answer for.")),
)
BY_KEY = {section.key: section for section in SECTIONS}
TO_WRITE = tuple(section for section in SECTIONS if section.origin == Origin.TEXT)


def chapters() -> dict[Section, list[Section]]:
    """The seven chapters with the sections that hold text; chapters 6 and 7 hold their own."""
    first = [section for section in SECTIONS if section.depth == 1]
    return {
        chapter: [
            section
            for section in SECTIONS
            if section.number.split(".")[0] == chapter.number and section.origin != Origin.HEADING
        ]
        for chapter in first
    }


def as_text(values: Mapping[str, str], language: str = "en") -> str:
    """The description as plain text for `rfc2350.txt`: the RFC's numbers, lines of 72 characters where words allow.

    `values` holds the texts by key in this language; a section without one says so, as the RFC asks for all of them.
    """
    with translation.override(language):
        lines = [*_title(values), ""]
        for section in SECTIONS:
            lines += [*_titled(section), ""]
            if section.origin != Origin.HEADING:
                lines += [*_paragraphs(values.get(section.key, "") or str(_("Not stated."))), ""]
    return "\n".join(lines).rstrip() + "\n"


def as_json(values: Mapping[str, str], language: str = "en") -> dict[str, object]:
    """The same for machines; `text` is None for headings, and empty where the team says nothing."""
    with translation.override(language):
        sections = [
            {
                "number": section.number,
                "key": section.key,
                "title": str(section.title),
                "text": None if section.origin == Origin.HEADING else _clean(values.get(section.key, "")),
            }
            for section in SECTIONS
        ]
    return {"standard": "RFC 2350", "language": language, "sections": sections}


def _title(values: Mapping[str, str]) -> Iterator[str]:
    name = " ".join(_clean(values.get("team_name", "")).split())
    title = str(_("RFC 2350 description of %(team)s")) % {"team": name} if name else str(_("RFC 2350 description"))
    for line in _wrapped(title, ""):
        yield line.center(WIDTH).rstrip()


def _titled(section: Section) -> list[str]:
    indent = INDENT * (section.depth - 1)
    return _wrapped(f"{section.number}. {section.title}", indent, hanging=" " * (len(section.number) + 2))


def _paragraphs(text: str) -> Iterator[str]:
    """Each line of the team's is a paragraph of its own, so that lists stay lists."""
    for line in _clean(text).split("\n"):
        bullet = re.match(r"\s*(?:[-*•]|\d{1,2}[.)])\s+", line)
        yield from _wrapped(line.strip(), INDENT, " " * len(bullet[0].lstrip()) if bullet else "") or [""]


def _wrapped(text: str, indent: str, hanging: str = "") -> list[str]:
    """Addresses and fingerprints are never broken."""
    return wrap(
        text,
        WIDTH,
        initial_indent=indent,
        subsequent_indent=indent + hanging,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _clean(text: str) -> str:
    """One kind of line break, no more than one empty line, nothing a terminal would act on."""
    lines = UNPRINTABLE.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in lines.split("\n"))).strip()
