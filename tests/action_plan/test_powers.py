"""Who may do what in the action plan: each verb, of whom and of what it is asked, in one table."""

from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from rules.permissions import permissions

from action_plan.models import AskedSupport, Nomination
from common.days import today
from common.scope import PROGRAMME, reach_of, scope
from member_states.models import Liaison
from tests.factories.accounts import make_staff
from tests.factories.action_plan import make_activity, make_plan
from tests.factories.experts import make_expertise
from tests.factories.member_states import make_liaison
from tests.factories.missions import make_mission, make_recommendation, make_report
from tests.factories.training import make_course, make_nomination

pytestmark = pytest.mark.django_db

# officer manager observer admin; of Chile: lead deputy contact point; of Jamaica: lead; both: officer, deputy of Chile
PEOPLE = ("officer", "manager", "observer", "admin", "lead", "deputy", "contact", "other", "both", "ended")
TABLE = """
edit_campaign             -                  officer manager both
add_activity              -                  officer manager both
edit_activity             -                  officer manager both
edit_activity             activity           officer manager
edit_activity             theirs             officer manager both
view_deployment           chile              officer manager observer lead deputy contact both
view_deployment           jamaica            officer manager observer other both
view_deployments          -                  officer manager observer lead deputy contact other both
record_deployment         chile              officer manager
record_deployment         jamaica            officer manager both
view_experts              -                  officer manager observer both
keep_roster               -                  officer manager both
view_expertise            -                  officer manager observer lead deputy contact other both
run_expertise             -                  officer manager both
run_expertise             expertise          officer manager
evaluate_expertise        expertise          officer manager lead deputy both
evaluate_expertise        -                  officer manager both
link_instrument           -                  officer manager both
view_missions             -                  officer manager observer lead deputy contact other both
view_recommendations      -                  officer manager observer lead deputy contact other both
run_missions              -                  officer manager both
run_missions              mission            officer manager
run_missions              their_mission      officer manager both
remove_recommendation     advice             -
remove_recommendation     unreleased         officer manager
remove_recommendation     -                  -
report_on_recommendation  advice             lead deputy both
decide_report             report             officer manager
decide_report             by_officer         manager
decide_report             advice             officer manager
decide_report             -                  officer manager both
list_plans                -                  officer manager observer both
draft_plan                -                  officer manager both
draft_plan                plan               officer manager
draft_plan                chile              officer manager
draft_plan                jamaica            officer manager both
answer_plan               plan               lead
answer_plan               -                  -
view_requests             -                  officer manager observer lead deputy contact other both
ask_support               -                  lead deputy other
take_back_request         asked              lead deputy
take_back_request         -                  -
answer_request            asked              officer manager
answer_request            -                  officer manager both
run_course                -                  officer manager both
view_course_records       -                  officer manager observer both
nominate                  course             lead deputy other
nominate                  closed             -
nominate                  -                  -
view_nominees             -                  officer manager observer lead deputy contact other both
withdraw_nomination       nominated          officer manager lead deputy
withdraw_nomination       selected           officer manager lead deputy
withdraw_nomination       erased             -
withdraw_nomination       theirs_nominated   officer manager other both
withdraw_nomination       -                  officer manager both
correct_nomination        nominated          officer manager lead deputy
correct_nomination        selected           officer manager
correct_nomination        erased             -
correct_nomination        theirs_nominated   officer manager other both
correct_nomination        -                  officer manager both
run_exercises             -                  officer manager both
run_exercises             another            officer manager both
run_exercises             played             -
run_exercises             of_own_state       -
watch_exercise            another            officer manager observer both
watch_exercise            played             -
watch_exercise            watched            officer manager observer admin lead deputy contact other both ended
score_exercise            another            officer manager both
score_exercise            played             -
score_exercise            of_own_state       -
play_exercise             another            -
play_exercise             played             admin lead deputy contact other ended
wash_exercise             another            officer manager both
wash_exercise             played             officer manager admin lead deputy contact other both ended
"""
LINES = [line.split(maxsplit=2) for line in TABLE.strip().splitlines()]


@pytest.fixture
def cast(officer, manager, observer, admin, lead_chl, deputy_chl, lead_jam, chile, outsider):
    both = make_staff("Bea Both", "officer")
    Liaison.objects.create(state=chile, person=both, kind="deputy", starts_on=today())
    contact = make_liaison("Nora Kontakt", chile, "contact point")
    people = (officer, manager, observer, admin, lead_chl, deputy_chl, contact, lead_jam, both, outsider)
    return dict(zip(PEOPLE, people, strict=True))


@pytest.fixture
def things(cast, chile, jamaica):
    """What is asked about, by its name in the table."""
    officer, lead, other = cast["officer"], cast["lead"], cast["other"]
    course, closed = make_course(chile, jamaica), make_course(chile, opened_at=None)
    nominated, selected, erased = (make_nomination(course, chile, by=lead) for _ in range(3))
    theirs = make_nomination(course, jamaica, by=other)
    with scope(PROGRAMME):
        Nomination.objects.filter(pk=selected.pk).update(status="selected", seat=1)
        selected.refresh_from_db()
        erased.erased_at = course.opened_at
        mission = make_mission(chile, officer)
        unreleased = make_recommendation(make_mission(chile, officer, released=False))
        advice, more = make_recommendation(mission), make_recommendation(mission)
        return {
            "-": None,
            "chile": chile,
            "jamaica": jamaica,
            "activity": make_activity("Ours", chile, jamaica),
            "theirs": make_activity("Theirs", jamaica),
            "expertise": make_expertise(chile, officer),
            "mission": mission,
            "their_mission": make_mission(jamaica, officer),
            "advice": advice,
            "unreleased": unreleased,
            "report": make_report(advice, lead),
            "by_officer": make_report(more, officer),
            "plan": make_plan(chile, officer),
            "asked": AskedSupport.objects.create(state=chile, point=2, need="x", asked_by=lead),
            "course": course,
            "closed": closed,
            "nominated": nominated,
            "selected": selected,
            "erased": erased,
            "theirs_nominated": theirs,
            "another": exercise_as_read(),
            "played": exercise_as_read(is_played=True),
            "watched": exercise_as_read(is_watched=True),
            "of_own_state": exercise_as_read(is_of_own_state=True),
        }


def exercise_as_read(**by_the_reader):
    """As `Exercise.objects.for_reader` gives it to whoever plays, watches, or speaks for a state that plays."""
    return SimpleNamespace(**{"is_played": False, "is_watched": False, "is_of_own_state": False} | by_the_reader)


def test_the_table(cast, things):
    wrong = []
    for verb, of_what, who in LINES:
        may = []
        for name, person in cast.items():
            with scope(reach_of(person)):
                if person.has_perm(f"action_plan.{verb}", things[of_what]):
                    may.append(name)
        if may != [name for name in who.split() if name != "-"]:
            wrong.append(f"{verb} {of_what}: {' '.join(may)}, not {who}")

    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("verb", ["edit_campaign", "view_requests", "ask_support"])
def test_nobody_without_an_account_is_asked_for_roles(verb):
    """On pages that are open to everybody."""
    assert not AnonymousUser().has_perm(f"action_plan.{verb}")


def test_every_verb_is_in_the_table():
    known = {name.removeprefix("action_plan.") for name in permissions if name.startswith("action_plan.")}

    assert known == {verb for verb, *_ in LINES}


def test_a_course_that_is_not_there_takes_nobody(cast):
    with scope(reach_of(cast["lead"])):
        assert not cast["lead"].has_perm("action_plan.nominate", SimpleNamespace(is_open=False))
