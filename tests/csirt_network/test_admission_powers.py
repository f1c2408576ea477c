"""Who may take which step of an application: each verb, asked of everybody, in one table."""

from typing import Any

import pytest
from rules.permissions import permissions

from common.days import today
from common.scope import reach_of, scope
from csirt_network.admission.rules import may_sign, signs_on_paper
from csirt_network.admission.steps import Step
from csirt_network.models import Application
from member_states.models import Liaison
from tests.factories.accounts import make_person, make_staff
from tests.factories.member_states import make_liaison

pytestmark = pytest.mark.django_db

# Of Chile: lead, point (contact point), ended (was one), rep and analyst of its CSIRT. Of Jamaica: other (contact
# point), rep_jam. head: whom the application names. Officers: officer, both (lead of Chile), named (is the head too).
# own: an application of a team of Chile, consent asked of the CSIRT of Chile; named's: names an officer as head;
# free: of a team without a national one.
TABLE = """
sign_sent           own      officer manager both named lead point head
sign_sent           named's  officer manager both named lead point
sign_sent           -        officer manager both named
sign_contact_point  own      officer manager named point
sign_contact_point  named's  officer manager point
sign_contact_point  -        officer manager both named
sign_consent        own      officer manager named rep
sign_consent        free     officer manager named
sign_documents      own      officer manager named
sign_documents      named's  officer manager
sign_decision       own      manager
sign_decision       head's   -
sign_meeting        own      officer manager named
sign_withdrawn      own      both lead point head
sign_withdrawn      -        -
open_applications   -        officer manager both named lead point other
open_application_of chile    officer manager both named lead point
open_application_of jamaica  officer manager both named other
open_application_of -        officer manager both named
fill_application    own      officer manager both named lead point head
fill_application    -        officer manager both named
write_to_head       own      officer manager both named lead point
write_to_head       -        officer manager both named
keep_closed_days    chile    officer manager both named lead point
keep_closed_days    -        officer manager both named
"""
LINES = [line.split(maxsplit=2) for line in TABLE.strip().splitlines()]


@pytest.fixture
def cast(
    officer: Any, manager: Any, observer: Any, admin: Any, chile: Any, jamaica: Any, lead_chl: Any, rep_chl: Any,
    analyst_chl: Any, rep_jam: Any, outsider: Any,
) -> dict[str, Any]:  # fmt: skip
    both = make_staff("Bea Both", "officer")
    Liaison.objects.create(state=chile, person=both, kind="lead", starts_on=today())
    ended = make_liaison("Edna Ended", chile, "contact point")
    Liaison.objects.filter(person=ended).update(ends_on="2020-01-02")
    return {
        "officer": officer, "manager": manager, "observer": observer, "admin": admin, "both": both,
        "named": make_staff("Nina Named", "officer", email="Named@example.org"), "lead": lead_chl, "ended": ended,
        "point": make_liaison("Nora Kontakt", chile, "contact point"), "rep": rep_chl, "analyst": analyst_chl,
        "other": make_liaison("Olav Other", jamaica, "contact point"), "rep_jam": rep_jam,
        "head": make_person("Helga Head", email="Helga@example.org"), "outsider": outsider,
    }  # fmt: skip


@pytest.fixture
def things(chile: Any, jamaica: Any, csirt_chl: Any, manager: Any) -> dict[str, Any]:
    own = {"state": chile, "consent_of": csirt_chl, "head_email": "helga@example.org"}
    return {
        "-": None, "chile": chile, "jamaica": jamaica, "own": Application(**own),
        "named's": Application(**own | {"head_email": "named@example.org"}),
        "head's": Application(**own | {"head_email": manager.email}),
        "free": Application(**own | {"consent_of": None}),
    }  # fmt: skip


def test_the_table(cast: dict[str, Any], things: dict[str, Any]) -> None:
    wrong = []
    for verb, of_what, who in LINES:
        may = []
        for name, person in cast.items():
            with scope(reach_of(person)):
                if person.has_perm(f"csirt_network.{verb}", things[of_what]):
                    may.append(name)
        wanted = [name for name in who.split() if name != "-"]
        if set(may) != set(wanted):
            wrong.append(f"{verb} {of_what}: {' '.join(may)}, not {who}")

    assert not wrong, "\n".join(wrong)


def test_every_step_is_in_the_table() -> None:
    known = {name.removeprefix("csirt_network.") for name in permissions if name.startswith("csirt_network.sign_")}

    assert known == {verb for verb, *_ in LINES if verb.startswith("sign_")}


@pytest.mark.parametrize(
    ("step", "of_what", "who"),
    [
        (Step.CONTACT_POINT, "own", {"officer", "manager", "named"}),
        (Step.CONSENT, "own", {"officer", "manager", "named"}),
        (Step.CONSENT, "free", {"officer", "manager", "named"}),
        (Step.DOCUMENTS, "own", set()),
    ],
)
def test_what_somebody_else_has_to_sign_is_recorded_from_paper(
    cast: dict[str, Any], things: dict[str, Any], step: Step, of_what: str, who: set[str]
) -> None:
    on_paper = set()
    for name, person in cast.items():
        with scope(reach_of(person)):
            if may_sign(person, step, things[of_what]) and signs_on_paper(person, step, things[of_what]):
                on_paper.add(name)

    assert on_paper == who
