"""A plan is written by the programme, offered to the state and signed there; what was signed stays as it was."""

from datetime import date, timedelta

import pytest
from django.db import Error, transaction
from django.test import RequestFactory

from action_plan.actions.plans import Changed, save_line, save_period, version_in_force
from action_plan.api.plans import PlanRowSerializer
from action_plan.models import CountryPlan, PlanLine, PlanMove, PlanVersion
from action_plan.plan_list import PlanFilter, PlanRows, table
from action_plan.plan_page import plans_for
from action_plan.states import Verb
from action_plan.text import of_version, written
from common.scope import PROGRAMME, reach_of, scope
from notices.models import Mail
from review.actions import Refused
from tests.factories.country_plans import (
    active_plan,
    agree,
    begin,
    make_offer,
    send_back,
    step,
    write,
    write_all,
)

pytestmark = pytest.mark.django_db


def test_the_state_reads_nothing_of_a_plan_before_it_is_offered(chile, officer, lead_chl):
    plan = begin(chile, officer)
    write_all(plan, officer)

    assert _read(lead_chl) == {CountryPlan: 0, PlanLine: 0, PlanVersion: 0, PlanMove: 0}

    make_offer(plan, officer)
    assert _read(lead_chl) == {CountryPlan: 1, PlanLine: 7, PlanVersion: 1, PlanMove: 1}


def test_the_dates_of_an_amendment_are_not_read_before_it_is_signed(chile, officer, lead_chl):
    plan = active_plan(chile, officer, lead_chl)
    signed = (plan.starts_on, plan.ends_on)
    later = (plan.starts_on + timedelta(days=200), plan.ends_on + timedelta(days=200))
    step(plan, Verb.AMEND, officer)
    _move_period(plan, later, officer)

    assert (_period(lead_chl), _period(officer)) == (signed, later)

    version = make_offer(plan, officer)
    assert _period(lead_chl) == signed
    agree(plan, version, lead_chl)
    assert _period(lead_chl) == later


def test_the_dates_of_a_first_plan_are_read_as_they_were_offered(chile, officer, lead_chl):
    plan = begin(chile, officer)
    write_all(plan, officer)
    offered = (plan.starts_on, plan.ends_on)
    send_back(plan, make_offer(plan, officer), lead_chl)
    later = (plan.starts_on + timedelta(days=30), plan.ends_on + timedelta(days=30))
    _move_period(plan, later, officer)

    assert (_period(lead_chl), _period(officer)) == (offered, later)


def _move_period(plan, dates, officer):
    with scope(PROGRAMME):
        plan.refresh_from_db()
        facts = {"starts_on": dates[0], "ends_on": dates[1], "owner": officer, "edited": plan.edited}
        save_period(plan=plan, by=officer, **facts)


def _period(person):
    """As the API says it, and the table; the plan in force today is found by it too."""
    with scope(reach_of(person)):
        plans = plans_for(person)
        rows = PlanRows(person, plans)
        said = PlanRowSerializer(next(iter(rows))).data
        period = date.fromisoformat(said["starts_on"]), date.fromisoformat(said["ends_on"])
        assert tuple(list(table(rows))[1][1:3]) == period
        assert plans.current_first().values_list("begins_on", "closes_on").get() == period
    return period


@pytest.mark.parametrize("status", ["agreed", "active"])
def test_what_waits_tells_no_state_that_an_amendment_is_begun(chile, officer, lead_chl, status):
    plan = active_plan(chile, officer, lead_chl)
    with scope(PROGRAMME):
        CountryPlan.objects.filter(pk=plan.pk).update(status=status)
    before = _waiting(lead_chl)
    step(plan, Verb.AMEND, officer)

    assert (_waiting(lead_chl), _waiting(officer)) == (before, 1)


def test_what_a_state_sent_back_waits_for_the_programme(chile, officer, lead_chl):
    plan = begin(chile, officer)
    write_all(plan, officer)
    version = make_offer(plan, officer)
    assert _waiting(lead_chl) == 0
    send_back(plan, version, lead_chl)

    assert _waiting(lead_chl) == 1


def _waiting(person):
    request = RequestFactory().get("/")
    request.user = person
    with scope(reach_of(person)):
        return PlanFilter({"waits": "programme"}, plans_for(person), request=request).qs.count()


def test_of_another_state_nobody_reads(chile, officer, lead_chl, lead_jam):
    active_plan(chile, officer, lead_chl)

    assert set(_read(lead_jam).values()) == {0}


def test_an_amendment_is_not_read_before_it_is_offered(chile, officer, lead_chl):
    plan = active_plan(chile, officer, lead_chl)
    step(plan, Verb.AMEND, officer)
    write(plan, 2, officer, "Something else altogether")

    assert _read(lead_chl)[PlanLine] == 0
    with scope(reach_of(lead_chl)):
        in_force = version_in_force(plan)
        assert of_version(in_force).line(2).what == "Train public servants"


def _read(person):
    with scope(reach_of(person)):
        counts = {
            model: model.objects.visible_to(person).count() for model in (CountryPlan, PlanLine, PlanVersion, PlanMove)
        }
        assert counts == {model: model._base_manager.count() for model in counts}
    return counts


def test_the_signature_keeps_the_version_the_name_and_the_day(chile, officer, lead_chl):
    plan = begin(chile, officer)
    write_all(plan, officer)
    version = make_offer(plan, officer)
    agree(plan, version, lead_chl)
    lead_chl.name = "Another name"
    lead_chl.save()

    with scope(PROGRAMME):
        plan.refresh_from_db()
        signature = PlanMove.objects.get(verb="agree")
    assert (plan.status, plan.proposal) == ("agreed", "none")
    assert (signature.version_id, signature.by_id, signature.name) == (version.pk, lead_chl.pk, "Camila Muestra")


def test_nobody_signs_what_they_offered(chile, officer, lead_chl):
    """Who works for the programme one day and for the state the next."""
    plan = begin(chile, officer)
    write_all(plan, officer)
    version = make_offer(plan, lead_chl)

    for act in (agree, send_back):
        with pytest.raises(Refused, match="what they offered"):
            act(plan, version, lead_chl)
    with scope(PROGRAMME):
        assert not PlanMove.objects.filter(verb__in=["agree", "send back"]).exists()


def test_what_was_signed_is_never_changed(chile, officer, lead_chl):
    active_plan(chile, officer, lead_chl)

    for model, columns in ((PlanVersion, {"text": {}}), (PlanMove, {"name": "Somebody else"})):
        with pytest.raises(Error, match="written once"), scope(PROGRAMME), transaction.atomic():
            model.objects.update(**columns)


def test_a_version_is_answered_once(chile, officer, lead_chl):
    plan = begin(chile, officer)
    write_all(plan, officer)
    version = make_offer(plan, officer)
    agree(plan, version, lead_chl)

    with pytest.raises(Refused, match="Nothing of this plan waits"):
        send_back(plan, version, lead_chl)


def test_only_the_version_that_was_read_is_signed(chile, officer, lead_chl):
    plan = begin(chile, officer)
    write_all(plan, officer)
    first = make_offer(plan, officer)
    step(plan, Verb.TAKE_BACK, officer)
    make_offer(plan, officer)

    with pytest.raises(Refused, match="newer version"):
        agree(plan, first, lead_chl)


def test_sent_back_it_can_be_written_and_offered_again(chile, officer, lead_chl):
    plan = begin(chile, officer)
    write_all(plan, officer)
    send_back(plan, make_offer(plan, officer), lead_chl, "Fewer courses, please.")
    write(plan, 2, officer, "Two courses")
    second = make_offer(plan, officer)

    assert second.number == 2
    with scope(reach_of(lead_chl)):
        assert PlanMove.objects.visible_to(lead_chl).get(verb="send back").reason == "Fewer courses, please."


def test_a_plan_that_leaves_a_point_open_is_not_offered(chile, officer):
    plan = begin(chile, officer)
    write(plan, 1, officer, "Workshops")

    with pytest.raises(Refused, match="Cyber security training"):
        make_offer(plan, officer)


def test_what_is_offered_is_not_written_in(chile, officer):
    plan = begin(chile, officer)
    write_all(plan, officer)
    make_offer(plan, officer)

    with pytest.raises(Refused, match="not being written"):
        write(plan, 2, officer, "Something else")


def test_a_line_saved_meanwhile_is_not_overwritten(chile, officer):
    plan = begin(chile, officer)
    line = write(plan, 2, officer, "Mine")

    with pytest.raises(Changed), scope(PROGRAMME):
        save_line(line=line, said={"what": "Yours"}, needs=[], kept=set(), edited=0, by=officer)
    with scope(PROGRAMME):
        assert PlanLine.objects.get(pk=line.pk).what == "Mine"


def test_an_amendment_that_is_dropped_leaves_what_was_signed(chile, officer, lead_chl):
    plan = active_plan(chile, officer, lead_chl)
    step(plan, Verb.AMEND, officer)
    write(plan, 2, officer, "Something else")
    step(plan, Verb.DROP, officer)

    with scope(PROGRAMME):
        plan.refresh_from_db()
        assert written(plan) == of_version(version_in_force(plan))


def test_an_amendment_takes_force_when_it_is_signed(chile, officer, lead_chl):
    plan = active_plan(chile, officer, lead_chl)
    step(plan, Verb.AMEND, officer)
    write(plan, 2, officer, "Something else")
    second = make_offer(plan, officer)
    with scope(PROGRAMME):
        assert version_in_force(plan).number == 1
    agree(plan, second, lead_chl)

    with scope(PROGRAMME):
        plan.refresh_from_db()
        assert (plan.status, version_in_force(plan).number) == ("active", 2)


def test_two_plans_of_a_state_do_not_overlap(chile, officer):
    begin(chile, officer)

    with pytest.raises(Refused, match="another period"):
        begin(chile, officer)


def test_whoever_signs_is_told_and_whoever_wrote_is_answered(chile, officer, lead_chl, deputy_chl):
    plan = begin(chile, officer)
    write_all(plan, officer)
    version = make_offer(plan, officer)
    agree(plan, version, lead_chl)

    with scope(PROGRAMME):
        told = set(Mail.objects.filter(object_id=version.pk).values_list("kind", "person"))
    assert told == {("plan offered", lead_chl.pk), ("plan answered", officer.pk)}


def test_a_liaison_signs_in_no_other_name(chile, officer, lead_chl, deputy_chl):
    plan = begin(chile, officer)
    write_all(plan, officer)
    version = make_offer(plan, officer)
    facts = {"plan": plan, "state": chile, "version": version, "status_before": "draft", "status_after": "agreed"}

    with pytest.raises(Error, match="row-level security"), scope(reach_of(deputy_chl)):
        PlanMove.objects.create(verb="agree", by=lead_chl, name="Camila Muestra", **facts)


def test_closing_needs_a_word_on_what_came_of_it(chile, officer, lead_chl):
    plan = active_plan(chile, officer, lead_chl)

    with pytest.raises(Refused, match="Write why"):
        step(plan, Verb.CLOSE, officer, reason=" ")
    step(plan, Verb.CLOSE, officer, reason="Strategy adopted.")
    with scope(PROGRAMME):
        plan.refresh_from_db()
    assert plan.status == "closed"
