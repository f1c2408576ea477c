"""Who may do what, as the help shows it: from the table that the tests visit, line by line, as every person.

``who_may.json`` is printed from tests/access/matrix.txt by `python -m tests.access.printed`; a test fails while
they differ.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

DATA = Path(__file__).parent / "who_may.json"
ROLES: dict[str, str | Promise] = {
    "anon": _("Not signed in"),
    "own": _("Lead liaison"),
    "deputy": _("Deputy liaison"),
    "other": _("Liaison of another state"),
    "partner": _("Contact of a partner"),
    "officer": _("Programme officer"),
    "manager": _("Programme manager"),
    "observer": _("Observer"),
    "admin": _("Administrator"),
}
ANSWERS: dict[str, str | Promise] = {
    ".": _("Yes"),
    "M": _("Yes"),  # refused for its status alone
    "F": _("No"),
    "N": _("Not shown"),
    "L": _("No"),  # asked to sign in first
}
UPDATE = "states/<slug:state>/updates/<slug:round>"


@dataclass(frozen=True)
class Deed:
    """`cell` is the name of a line of the matrix."""

    words: str | Promise
    cell: str

    @property
    def answers(self) -> list[tuple[str | Promise, str | Promise]]:
        """(role, answer)."""
        roles, cells = _matrix()
        codes = dict(zip(roles, cells[self.cell], strict=True))
        return [(name, ANSWERS[codes[role]]) for role, name in ROLES.items()]


GROUPS: tuple[tuple[str | Promise, tuple[Deed, ...]], ...] = (
    (
        _("What everybody may read"),
        (
            Deed(_("Read a state’s page: what is shared with the reader"), "GET states/<slug:slug>/ state"),
            Deed(_("Search: finds what the reader may read"), "GET search/"),
        ),
    ),
    (
        _("A state’s own work"),
        (
            Deed(_("Read and fill in a draft"), f"POST {UPDATE}/<slug:section>/ update:draft"),
            Deed(_("Read a file that was not sent yet"), "GET files/<uuid:token>/ file:unsent"),
            Deed(_("Ask a colleague in a ministry"), f"POST {UPDATE}/colleagues/ask/ update:draft"),
            Deed(_("Send the update"), f"POST {UPDATE}/send/ update:draft"),
            Deed(_("Take the update back before its review"), f"POST {UPDATE}/take-back/ update:undecided"),
            Deed(_("Withdraw a document that was sent"), "POST files/<uuid:token>/withdraw/ file:sent"),
            Deed(_("Choose who sees accepted answers"), "POST states/<slug:state>/sharing/ state"),
        ),
    ),
    (
        _("What was sent, and its review"),
        (
            Deed(_("Read what was sent"), f"GET {UPDATE}/submissions/<int:number>/ update:submitted"),
            Deed(_("Read the evidence that was sent"), "GET files/<uuid:token>/ file:sent"),
            Deed(_("Read the review before it is released"), f"GET {UPDATE}/review/ update:undecided"),
            Deed(
                _("Decide on an answer"),
                f"POST {UPDATE}/review/<int:number>/<str:question>/ update:submitted",
            ),
            Deed(_("Accept or return an update"), f"POST {UPDATE}/review/accept/ update:submitted"),
            Deed(_("Withdraw an acceptance"), f"POST {UPDATE}/review/withdraw/ update:accepted"),
        ),
    ),
    (
        _("Rounds, figures and reports"),
        (
            Deed(_("See how far each state is in a round"), "GET rounds/<slug:round>/ round:draft"),
            Deed(_("Open and close a round"), "POST rounds/<slug:round>/close/ round:draft"),
            Deed(_("Give a state more time"), f"POST {UPDATE}/extend/ update:draft"),
            Deed(_("Remind states"), "POST rounds/<slug:round>/remind/ round:draft"),
            Deed(_("See figures that name single states"), "GET region/"),
            Deed(_("Have a report made"), "POST reports/make/"),
            Deed(_("Read the brief of the state"), "GET reports/<int:pk>/ run:done"),
        ),
    ),
    (
        _("Partners and agreements"),
        (
            Deed(_("Read of published partners"), "GET partners/<slug:slug>/ partner:own"),
            Deed(_("Read an agreement that its parties read"), "GET agreements/<slug:slug>/ agreement:parties"),
            Deed(_("Read an agreement that all states read"), "GET agreements/<slug:slug>/ agreement:states"),
            Deed(_("Enter partners, and publish them"), "POST partners/<slug:slug>/publish/ partner:own"),
            Deed(_("End what a contact of a partner is"), "POST people/contacts/<int:pk>/end/ contact"),
        ),
    ),
    (
        _("Accounts and administration"),
        (
            Deed(_("Make an access token of one’s own"), "POST profile/tokens/"),
            Deed(_("See the people of the portal, and invite those below"), "GET people/invite/"),
            Deed(_("Invite a deputy liaison of the own state"), "POST states/<slug:slug>/people/invite/ state"),
            Deed(_("End a deputy liaison’s membership"), "POST people/liaisons/<int:pk>/end/ membership"),
            Deed(_("Close somebody’s account"), "POST people/<int:pk>/close/ person"),
            Deed(_("Reset somebody’s lost second factor"), "POST people/<int:pk>/second-factor/ person"),
            Deed(_("Keep people and reference data"), "GET administration/**"),
        ),
    ),
)


@cache
def _matrix() -> tuple[list[str], dict[str, str]]:
    read = json.loads(DATA.read_text())
    return read["roles"], read["cells"]


def deeds() -> Iterator[Deed]:
    for _title, of_group in GROUPS:
        yield from of_group
