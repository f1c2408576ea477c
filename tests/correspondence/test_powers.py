"""Who may do what with notes verbales and points of contact: each verb, of whose it is asked, in one table."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from rules.permissions import permissions

from common.days import today
from common.scope import reach_of, scope
from correspondence.models import Note
from member_states.models import Liaison
from tests.factories.accounts import make_staff
from tests.factories.member_states import make_liaison

pytestmark = pytest.mark.django_db

# Of Chile: lead, deputy, point (contact point), both (an officer who is its deputy). Of Jamaica: other.
TABLE = """
view_notes         -        officer manager observer both lead deputy point other
write_notes        -        officer manager both
handle_note        chile    officer manager
handle_note        jamaica  officer manager both
handle_note        -        officer manager both
bring_reply        chile    officer manager both lead deputy
bring_reply        jamaica  officer manager both other
bring_reply        -        officer manager both
view_scans         -        officer manager observer both
match_scans        -        officer manager both
view_contact_list  -        officer manager observer both
keep_contacts      chile    officer manager
keep_contacts      jamaica  officer manager both
keep_contacts      -        officer manager both
"""
LINES = [line.split(maxsplit=2) for line in TABLE.strip().splitlines()]


@pytest.fixture
def cast(
    officer: Any, manager: Any, observer: Any, admin: Any, chile: Any, lead_chl: Any, deputy_chl: Any, lead_jam: Any,
    rep_chl: Any, outsider: Any,
) -> dict[str, Any]:  # fmt: skip
    both = make_staff("Bea Both", "officer")
    Liaison.objects.create(state=chile, person=both, kind="deputy", starts_on=today())
    point = make_liaison("Nora Kontakt", chile, "contact point")
    staff = {"officer": officer, "manager": manager, "observer": observer, "admin": admin, "both": both}
    return staff | {
        "lead": lead_chl, "deputy": deputy_chl, "point": point, "other": lead_jam, "rep": rep_chl, "ended": outsider,
        "nobody": AnonymousUser(),
    }  # fmt: skip


def test_the_table(cast: dict[str, Any], chile: Any, jamaica: Any) -> None:
    things = {"-": None, "chile": Note(state=chile), "jamaica": Note(state=jamaica)}
    wrong = []
    for verb, of_what, who in LINES:
        may = []
        for name, person in cast.items():
            with scope(reach_of(person)):
                if person.has_perm(f"correspondence.{verb}", things[of_what]):
                    may.append(name)
        if set(may) != set(who.split()):
            wrong.append(f"{verb} {of_what}: {' '.join(may)}, not {who}")

    assert not wrong, "\n".join(wrong)


def test_every_verb_is_in_the_table() -> None:
    known = {name.removeprefix("correspondence.") for name in permissions if name.startswith("correspondence.")}

    assert known == {verb for verb, *_ in LINES}
