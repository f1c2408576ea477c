"""Who may do what with accounts, states, rounds, updates, files, mail, reports and people: each verb in one table."""

from typing import Any

import pytest
from django.utils import timezone
from rules.permissions import permissions

from capability.models import Round, Submission, Update
from common.days import today
from common.scope import PROGRAMME, reach_of, scope
from documents.models import File
from member_states.models import Liaison
from tests.factories.accounts import make_staff
from tests.factories.member_states import make_liaison

pytestmark = pytest.mark.django_db

# author: an officer who wrote in the update of Jamaica, as boss did. both: an officer who is lead of Chile; boss: a
# manager who is its deputy. Of Chile: lead, deputy, point (contact point), rep and analyst of its CSIRT. Of Jamaica:
# other. staff and officers are all of the programme's.
TABLE = """
accounts.view_audit_trail        -        staff admin
accounts.reset_second_factor     lead     manager boss admin
accounts.reset_second_factor     officer  manager boss admin
accounts.reset_second_factor     manager  admin
accounts.reset_second_factor     -        -
documents.view_broken_links      -        staff
member_states.view_sharing       chile    staff lead deputy point
member_states.view_sharing       jamaica  staff other
member_states.view_sharing       -        staff
member_states.set_sharing        chile    both lead
member_states.set_sharing        jamaica  other
member_states.set_sharing        -        -
ministry_desk.ask_colleague      update   lead deputy point
ministry_desk.ask_colleague      -        -
notices.read_mailbox             -        staff
notices.view_undelivered         -        staff admin
notices.keep_addresses           -        officers admin
notices.send_again               -        officers
reporting.view_region            -        staff
reporting.view_reports           -        staff
reporting.view_own_reports       -        both boss lead deputy point other rep analyst
reporting.make_run               -        officers
reporting.retry_run              -        officers
reporting.change_schedule        -        officers
capability.withdraw_file         file     lead
capability.withdraw_file         -        -
capability.replace_file          file     lead deputy point
capability.replace_file          -        -
capability.view_inbox            -        staff
capability.view_draft            update   lead deputy point
capability.view_draft            -        -
capability.submit_update         update   both lead
capability.submit_update         closed   -
capability.submit_update         -        -
capability.take_back_update      update   lead
capability.take_back_update      closed   lead
capability.take_back_update      -        -
capability.review_update         update   officer author manager
capability.review_update         written  officer manager both
capability.review_update         -        officers
capability.discuss_review        update   officer author manager
capability.discuss_review        written  officers
capability.discuss_review        -        officers
capability.withdraw_acceptance   update   manager
capability.withdraw_acceptance   written  manager
capability.withdraw_acceptance   -        manager boss
capability.plan_round            -        manager boss
capability.open_round            new      manager boss
capability.open_round            opened   -
capability.open_round            -        -
capability.close_round           opened   manager boss
capability.extend_update         update   manager
capability.extend_update         written  manager boss
capability.extend_update         -        manager boss
capability.remind_states         -        officers
invitations.see_people           -        officers admin
invitations.see_colleagues       chile    both boss lead deputy point
invitations.see_colleagues       -        -
invitations.invite               -        officers admin
invitations.invite_contact       -        officers
invitations.see_team_people      team     officers rep analyst
invitations.see_team_people      -        officers
invitations.invite_to_team       team     rep
invitations.invite_to_team       -        -
invitations.invite_deputy        chile    both lead
invitations.invite_deputy        jamaica  other
invitations.invite_deputy        -        -
invitations.keep_invitation      -        -
invitations.end_membership       -        -
invitations.close_account        lead     manager boss admin
invitations.close_account        manager  admin
invitations.close_account        -        -
invitations.change_address       lead     admin
invitations.change_address       admin    -
invitations.change_address       -        -
"""
LINES = [line.split(maxsplit=2) for line in TABLE.strip().splitlines()]
OFFICERS = "officer author manager both boss"
GROUPS = {"staff": f"{OFFICERS} observer", "officers": OFFICERS}


@pytest.fixture
def cast(
    officer: Any, second_officer: Any, manager: Any, observer: Any, admin: Any, chile: Any, lead_chl: Any,
    deputy_chl: Any, lead_jam: Any, rep_chl: Any, analyst_chl: Any, outsider: Any,
) -> dict[str, Any]:  # fmt: skip
    both, boss = make_staff("Bea Both", "officer"), make_staff("Boris Boss", "manager")
    for person, kind in ((both, "lead"), (boss, "deputy")):
        Liaison.objects.create(state=chile, person=person, kind=kind, starts_on=today())
    return {
        "officer": officer, "author": second_officer, "manager": manager, "observer": observer, "admin": admin,
        "both": both, "boss": boss, "lead": lead_chl, "deputy": deputy_chl, "other": lead_jam, "rep": rep_chl,
        "point": make_liaison("Nora Kontakt", chile, "contact point"), "analyst": analyst_chl, "ended": outsider,
    }  # fmt: skip


@pytest.fixture
def things(
    cast: dict[str, Any], chile: Any, jamaica: Any, csirt_chl: Any, update_chl: Any, update_jam: Any
) -> dict[str, Any]:
    with scope(PROGRAMME):
        Submission.objects.create(
            update_sent=update_jam, state=jamaica, key="6b8e7f6e-3c0a-4f0e-9a5e-000000000001", number=1,
            submitted_by=cast["other"], authors=[cast["other"].pk, cast["author"].pk, cast["boss"].pk],
        )  # fmt: skip
    over = Round(opened_at=timezone.now(), closed_at=timezone.now())
    return cast | {
        "-": None, "chile": chile, "jamaica": jamaica, "team": csirt_chl, "update": update_chl, "written": update_jam,
        "closed": Update(state=chile, round=over), "opened": update_chl.round, "new": Round(),
        "file": File(state_id=chile.pk),
    }  # fmt: skip


def test_the_table(cast: dict[str, Any], things: dict[str, Any]) -> None:
    wrong = []
    for verb, of_what, who in LINES:
        may = []
        for name, person in cast.items():
            with scope(reach_of(person)):
                if person.has_perm(verb, things[of_what]):
                    may.append(name)
        wanted = {name for word in who.split() if word != "-" for name in GROUPS.get(word, word).split()}
        if set(may) != wanted:
            wrong.append(f"{verb} {of_what}: {' '.join(may)}, not {who}")

    assert not wrong, "\n".join(wrong)


def test_every_verb_of_these_apps_is_in_the_table() -> None:
    named = {verb for verb, *_ in LINES}
    apps = {verb.partition(".")[0] for verb in named}

    assert {name for name in permissions if name.partition(".")[0] in apps} == named
