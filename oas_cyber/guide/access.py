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
    "team": _("Representative of a team"),
    "analyst": _("Analyst of a team"),
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
PLAN = "states/<slug:slug>/plan/<int:pk>"


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
            Deed(_("Conclude an agreement"), "POST agreements/<slug:slug>/move/<slug:verb>/ agreement:parties"),
            Deed(_("Report what was delivered"), "POST commitments/<int:pk>/deliveries/new/ commitment:parties"),
            Deed(_("Accept or return a delivery"), "POST deliveries/<int:pk>/review/ delivery:submitted"),
            Deed(
                _("Read a joint operation that one takes part in, under TLP:AMBER"),
                "GET operations/<slug:slug>/ operation:amber",
            ),
            Deed(_("Write in the log of such an operation"), "POST operations/<slug:slug>/log/ operation:amber"),
            Deed(_("Enter partners, and publish them"), "POST partners/<slug:slug>/publish/ partner:own"),
            Deed(_("End what a contact of a partner is"), "POST people/contacts/<int:pk>/end/ contact"),
        ),
    ),
    (
        _("Alerts"),
        (
            Deed(_("Read an alert of the network, under TLP:GREEN"), "GET alerts/<int:pk>/ alert:community"),
            Deed(_("Read an alert that was sent to one team alone"), "GET alerts/<int:pk>/ alert:team"),
            Deed(_("Answer an alert for a team"), "POST alerts/<int:pk>/acknowledge/ alert:constituents"),
            Deed(_("Write an alert"), "POST alerts/new/"),
            Deed(_("Publish an alert that a team wrote"), "POST alerts/<int:pk>/publish/ written:draft"),
        ),
    ),
    (
        _("The network"),
        (
            Deed(_("Keep the entry of a team in the directory"), "POST csirts/<slug:slug>/edit/ csirt"),
            Deed(_("Bring people into a team"), "POST csirts/<slug:slug>/people/invite/ csirt"),
            Deed(_("Put something into the library"), "POST library/new/"),
            Deed(
                _("Vote in a working group"), "POST working-groups/<slug:slug>/votes/<int:pk>/vote/ working-vote:open"
            ),
            Deed(
                _("Fill in the application of a team of the own state"),
                "POST network/applications/<int:pk>/fill/ application:draft",
            ),
            Deed(
                _("Decide whether a team is admitted"),
                "POST network/applications/<int:pk>/sign/<slug:step>/ application:decision",
            ),
        ),
    ),
    (
        _("The action plan"),
        (
            Deed(_("Ask the programme for support"), "GET requests/new/"),
            Deed(_("Read a country plan that was offered to the state"), f"GET {PLAN}/ plan:offered"),
            Deed(_("Write a country plan"), f"POST {PLAN}/points/<int:point>/ plan:written"),
            Deed(_("Agree to a country plan"), f"POST {PLAN}/versions/<int:number>/agree/ plan:offered"),
            Deed(_("Plan an activity"), "POST activities/new/"),
            Deed(_("Nominate people for a course"), "POST training/<slug:slug>/nominate/ course"),
        ),
    ),
    (
        _("Missions and exercises"),
        (
            Deed(_("Read what a mission found, once it is released"), "GET missions/<slug:slug>/ mission:released"),
            Deed(_("Report on a recommendation"), "POST recommendations/<int:pk>/report/ recommendation:open"),
            Deed(_("Confirm what was reported"), "POST recommendations/<int:pk>/decide/ recommendation:reported"),
            Deed(
                _("Answer in an exercise for a team"),
                "POST exercises/<slug:slug>/injects/<int:number>/ exercise:running",
            ),
            Deed(
                _("Begin, pause and end an exercise"),
                "POST exercises/<slug:slug>/move/<slug:verb>/ exercise:running",
            ),
        ),
    ),
    (
        _("Notes verbales"),
        (
            Deed(_("Read a note that was issued to the state"), "GET notes/<int:pk>/ note:issued"),
            Deed(_("Write a note, and issue it"), "POST notes/<int:pk>/issue/ note:draft"),
            Deed(_("Bring in a reply on paper"), "POST notes/<int:pk>/scan/ note:sent"),
            Deed(_("Record what the reply says"), "POST notes/<int:pk>/reply/ note:sent"),
            Deed(_("Read the points of contact of the state"), "GET states/<slug:slug>/contact-points/ state"),
            Deed(_("Keep the points of contact"), "POST contact-points/<int:pk>/edit/ point:current"),
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
