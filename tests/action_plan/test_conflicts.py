"""An officer who speaks for a state as well does nothing for that state in the programme's name; a colleague does."""

import pytest
from django.db import ProgrammingError

from action_plan.actions.deployments import start
from action_plan.models import Activity, ActivityState, Expertise, Placement
from capability.models import Factor
from common.days import today
from common.scope import PROGRAMME, reach_of, scope
from member_states.models import Liaison
from tests.factories.action_plan import make_activity
from tests.factories.experts import make_expert, make_expertise
from tests.factories.training import choose, fresh, make_course, make_nomination

pytestmark = pytest.mark.django_db
ACTIVITY = {"kind": "course", "title_en": "Incident handling", "precision": "day"}
NEED = {"title_en": "Somebody for forensics", "languages": ["es"], "task": "Read the disks", "is_shared": "on"}


@pytest.fixture
def both(officer, chile):
    """An officer who is a deputy liaison of Chile as well."""
    Liaison.objects.create(state=chile, person=officer, kind="deputy", starts_on=today())
    return officer


@pytest.fixture
def factor(edition):
    return Factor.objects.first()


# Activities -----------------------------------------------------------------------------------------------------------

CHANGES = (
    *("edit/", "audience/", "move/plan/", "outcome/"),
    *("participants/", "check-list/", "outputs/", "files/", "cost/"),
)


@pytest.fixture
def activities(chile, jamaica):
    with scope(PROGRAMME):
        return [make_activity(title, *states) for title, states in
                (("Ours", [chile]), ("With others", [chile, jamaica]), ("Theirs", [jamaica]))]  # fmt: skip


def test_nobody_changes_an_activity_in_which_the_own_state_takes_part(activities, both, sign_in):
    browser = sign_in(both)
    answers = {
        str(one): {browser.post(f"{one.get_absolute_url()}{verb}", {}).status_code for verb in CHANGES}
        for one in activities
    }

    assert answers.pop("Theirs").isdisjoint({403, 404})
    assert answers == {"Ours": {403}, "With others": {403}}


def test_its_page_offers_no_change_either(activities, both, sign_in):
    browser = sign_in(both)
    offered = [f"{one.get_absolute_url()}edit/" in browser.get(one.get_absolute_url()).content.decode()
               for one in activities]  # fmt: skip

    assert offered == [False, False, True]


def test_a_colleague_changes_it_at_the_price_of_no_query(activities, second_officer, django_assert_num_queries):
    reach_of(second_officer)
    with scope(reach_of(second_officer)), django_assert_num_queries(0):
        assert second_officer.has_perm("action_plan.edit_activity", activities[0])


def test_nobody_enters_in_what_the_own_state_takes_part(both, chile, jamaica, activities, sign_in):
    browser = sign_in(both)

    own = browser.post("/activities/new/", ACTIVITY | {"states": [chile.pk, jamaica.pk]})
    joined = browser.post(f"{activities[2].get_absolute_url()}edit/", ACTIVITY | {"states": [chile.pk], "edited": "0"})
    other = browser.post("/activities/new/", ACTIVITY | {"states": [jamaica.pk]})

    assert [own.status_code, joined.status_code, other.status_code] == [422, 422, 302]
    for answer in (own, joined):
        assert "You speak for Chile yourself." in answer.content.decode()
        assert "Incident handling" in answer.content.decode()


def test_nor_does_the_database_take_it(activities, both, chile, jamaica, brazil):
    with scope(reach_of(both)):
        ActivityState.objects.create(activity=activities[2], state=brazil, audience="participants")
        assert not ActivityState.objects.filter(state=chile).update(line=None)
        with pytest.raises(ProgrammingError, match="row-level security"):
            ActivityState.objects.create(activity=activities[2], state=chile, audience="participants")


# Expertise ------------------------------------------------------------------------------------------------------------


def test_nobody_is_found_for_the_own_state(both, chile, jamaica, factor, sign_in):
    browser, asked = sign_in(both), NEED | {"factors": [factor.pk], "starts_on": "2027-03-01", "ends_on": "2027-03-05"}

    own = browser.post("/expertise/new/", asked | {"state": chile.pk})
    other = browser.post("/expertise/new/", asked | {"state": jamaica.pk})

    assert (own.status_code, other.status_code) == (422, 302)
    assert "You speak for this state yourself." in own.content.decode()
    assert "Read the disks" in own.content.decode()


def test_nobody_is_placed_with_the_own_state(both, second_officer, chile, jamaica, factor, sign_in):
    with scope(PROGRAMME):
        expert = make_expert("Elena Experta", second_officer, skills={factor: 2})
        own, other = (make_expertise(state, second_officer, factor) for state in (chile, jamaica))
    given = {"expert": expert.pk, "starts_on": "2027-03-01", "ends_on": "2027-03-05"}
    browser = sign_in(both)

    answers = [browser.post(f"{one.get_absolute_url()}place/", given).status_code for one in (own, other)]

    assert answers == [403, 302]
    assert f"{own.get_absolute_url()}place/" not in browser.get(own.get_absolute_url()).content.decode()


def test_nobody_moves_a_placement_with_the_own_state(both, second_officer, chile, factor, sign_in):
    with scope(PROGRAMME):
        expert, own = make_expert("Elena Experta", second_officer), make_expertise(chile, second_officer, factor)
        days = {"starts_on": "2027-03-01", "ends_on": "2027-03-05"}
        placed = Placement.objects.create(expertise=own, expert=expert, by=second_officer, **days)

    answer = sign_in(both).post(f"{own.get_absolute_url()}placements/{placed.pk}/", {"to": "agreed"})

    assert answer.status_code == 403
    with scope(reach_of(both)):
        assert not Expertise.objects.filter(pk=own.pk).update(task="Mine")


# Deployments ----------------------------------------------------------------------------------------------------------


def test_nobody_records_the_deployment_of_the_own_state(both, second_officer, chile, jamaica, sign_in):
    with scope(PROGRAMME):
        for state in (chile, jamaica):
            start(state=state, activity=None, team=None, by=second_officer)
    browser = sign_in(both)
    said = {"reached": "2026-06", "evidence": "A decree", "link": ""}
    verbs = {"start/": {"activity": "", "team": ""}, "team/": {"team": ""}, "mandate/": said}

    own = [browser.post(f"/states/chile/deployment/{verb}", given).status_code for verb, given in verbs.items()]
    other = browser.post("/states/jamaica/deployment/mandate/", said)

    assert own == [403, 403, 403]
    assert other.status_code == 302
    assert "/deployment/mandate/" not in browser.get("/states/chile/deployment/").content.decode()


# Nominations ----------------------------------------------------------------------------------------------------------


def test_nobody_corrects_or_withdraws_a_nominee_of_the_own_state(
    both, second_officer, chile, jamaica, lead_chl, lead_jam, sign_in
):
    course = make_course(chile, jamaica)
    own, other = make_nomination(course, chile, by=lead_chl), make_nomination(course, jamaica, by=lead_jam)
    choose(own, by=second_officer)
    browser, page = sign_in(both), course.get_absolute_url()
    shown = browser.get(f"{page}selection/").content.decode()

    for verb in ("", "withdraw/"):
        assert f"{page}nominations/{own.pk}/{verb}" not in shown
        assert browser.post(f"{page}nominations/{own.pk}/{verb}", {"name": "Else"}).status_code == 403
    assert f"{page}nominations/{other.pk}/withdraw/" in shown
    assert browser.post(f"{page}nominations/{other.pk}/withdraw/").status_code == 302
    assert (fresh(own).status, fresh(other).status) == ("selected", "withdrawn")


def test_the_activities_stay_as_they_were(activities, both, sign_in):
    browser = sign_in(both)
    for one in activities[:2]:
        browser.post(f"{one.get_absolute_url()}edit/", ACTIVITY | {"title_en": "Mine", "edited": "0"})

    with scope(PROGRAMME):
        assert set(Activity.objects.values_list("title_en", flat=True)) == {"Ours", "With others", "Theirs"}
