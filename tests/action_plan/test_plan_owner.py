"""Who is responsible for a plan: the state reads it no sooner than what is offered, and only staff are told."""

import pytest
from django.core import mail

from action_plan.actions.plans import save_period
from action_plan.api.plans import PlanRowSerializer
from action_plan.forms.plans import PeriodForm
from action_plan.models import CountryPlan, PlanMove
from action_plan.plan_list import PlanRows, table
from action_plan.plan_mails import answered_version, touched_plan
from action_plan.plan_page import plans_for
from action_plan.plan_reminders import tell_owners
from action_plan.states import Verb
from capability.models import ThreatClass, ThreatLevel
from common.days import today
from common.scope import PROGRAMME, reach_of, scope
from member_states.models import Liaison
from notices.models import Mail
from tests.factories.accounts import make_staff
from tests.factories.capability import four
from tests.factories.country_plans import active_plan, agree, begin, make_offer, send_back, step, write_all

pytestmark = pytest.mark.django_db
BEFORE, AFTER = "Ana Ejemplo", "Oscar Segundo"


def responsible(person, browser):
    """As the page, the list, the API and the table say it."""
    with scope(reach_of(person)):
        rows = PlanRows(person, plans_for(person))
        said = {PlanRowSerializer(row).data["owner"] for row in rows} | {row[5] for row in list(table(rows))[1:]}
    page = browser.get("/states/chile/plan/").content.decode()
    api = browser.get("/api/v1/plans/").content.decode()
    return said | {name for name in (BEFORE, AFTER) if f"<dd>{name}</dd>" in page or name in api}


def given_to(plan, person):
    with scope(PROGRAMME):
        plan.refresh_from_db()
        dates = {"starts_on": plan.starts_on, "ends_on": plan.ends_on}
        save_period(plan=plan, owner=person, edited=plan.edited, by=person, **dates)


def test_who_becomes_responsible_in_an_amendment_is_not_told_before_it_is_signed(
    chile, officer, second_officer, lead_chl, sign_in
):
    plan = active_plan(chile, officer, lead_chl)
    step(plan, Verb.AMEND, officer)
    given_to(plan, second_officer)

    assert responsible(lead_chl, sign_in(lead_chl)) == {BEFORE}
    assert responsible(officer, sign_in(officer)) == {AFTER}

    version = make_offer(plan, second_officer)
    assert responsible(lead_chl, sign_in(lead_chl)) == {BEFORE}
    agree(plan, version, lead_chl)
    assert responsible(lead_chl, sign_in(lead_chl)) == {AFTER}


def test_of_a_first_plan_the_state_reads_who_was_responsible_when_it_was_offered(
    chile, officer, second_officer, lead_chl, sign_in
):
    plan = begin(chile, officer)
    write_all(plan, officer)
    send_back(plan, make_offer(plan, officer), lead_chl)
    given_to(plan, second_officer)

    assert responsible(lead_chl, sign_in(lead_chl)) == {BEFORE}


def test_a_dropped_amendment_leaves_whoever_was_responsible(chile, officer, second_officer, lead_chl):
    plan = active_plan(chile, officer, lead_chl)
    step(plan, Verb.AMEND, officer)
    given_to(plan, second_officer)
    step(plan, Verb.DROP, officer)

    with scope(PROGRAMME):
        assert CountryPlan.objects.get(pk=plan.pk).owner == officer


def test_a_version_of_before_says_who_is_responsible_today(chile, officer, lead_chl, sign_in):
    """Versions that name nobody were offered when the change was told at once."""
    plan = begin(chile, officer)
    write_all(plan, officer)
    with scope(PROGRAMME):
        text = make_offer(plan, officer).text
        text.pop("owner")
        plan.versions.model.objects.create(plan=plan, state=chile, number=2, text=text, offered_by=officer)

    assert responsible(lead_chl, sign_in(lead_chl)) == {BEFORE}


# Whoever may write the plan, and nobody else --------------------------------------------------------------------------


@pytest.fixture
def touched(open_round, chile, officer, second_officer, lead_chl, update_chl):
    """A plan of Oscar's that the newest acceptance touches, and that the state has signed."""
    plan = active_plan(chile, officer, lead_chl)
    with scope(PROGRAMME):
        CountryPlan.objects.update(owner=second_officer)
        threat = ThreatClass.objects.create(code="fraud", position=1, **four("name", "Fraud"), **four("help", "Fraud"))
        known = {"update": update_chl, "state": chile, "audience": "programme"}
        ThreatLevel.objects.create(threat=threat, level="high", trend="rising", **known)
        plan.refresh_from_db()
        accepted_at = plan.first_offered_at.replace(year=2099)
        type(update_chl).objects.filter(pk=update_chl.pk).update(status="accepted", accepted_at=accepted_at)
    return plan


def told(person):
    """Posted, and what is found when it is to be sent."""
    tell_owners()
    with scope(PROGRAMME):
        posted = Mail.objects.filter(kind="plan touched", person=person).exists()
        move = PlanMove.objects.get(verb=Verb.AGREE)
    with scope(reach_of(person)):
        return posted, bool(touched_plan(person, move.plan_id)), bool(answered_version(person, move.version_id))


def test_whoever_is_responsible_is_told(touched, second_officer):
    assert told(second_officer) == (True, True, True)


def test_nobody_is_told_for_the_state_that_they_speak_for(touched, second_officer, chile):
    Liaison.objects.create(state=chile, person=second_officer, kind="deputy", starts_on=today())

    assert told(second_officer) == (False, False, False)


def test_who_is_no_officer_any_more_is_not_told(touched, second_officer):
    second_officer.roles.update(role="observer")

    assert told(second_officer) == (False, False, False)


def test_who_left_the_programme_and_speaks_for_the_state_reads_what_the_state_reads(
    touched, second_officer, chile, sign_in
):
    second_officer.roles.update(ends_on=today().replace(year=2020))
    Liaison.objects.create(state=chile, person=second_officer, kind="lead", starts_on=today())
    unoffered = begin(chile, make_staff("Nora Nueva", "officer"), starts_on=today().replace(year=2040),
                      ends_on=today().replace(year=2041))  # fmt: skip

    assert told(second_officer) == (False, False, False)
    browser = sign_in(second_officer)
    assert browser.get(unoffered.get_absolute_url()).status_code == 404
    assert "What has changed since" not in browser.get(touched.get_absolute_url()).content.decode()
    assert not mail.outbox


def test_whoever_speaks_for_the_state_is_not_made_responsible_for_its_plan(officer, second_officer, chile, jamaica):
    Liaison.objects.create(state=chile, person=officer, kind="deputy", starts_on=today())

    assert set(PeriodForm(state=chile).fields["owner"].queryset) == {second_officer}
    assert set(PeriodForm(state=jamaica).fields["owner"].queryset) == {officer, second_officer}
