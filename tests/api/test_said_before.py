"""What a page keeps of before, for programs: amendments, versions, corrections, and the report of an exercise."""

from uuid import UUID

import pytest
from django.utils import timezone

from accounts.models import AuditEntry
from action_plan.actions.exercise_life import move
from action_plan.models import AfterAction, HotWash, Recommendation, Score
from common.days import today
from common.scope import PROGRAMME, reach_of, scope
from common.tlp import Tlp
from csirt_network.actions.publishing import snapshot_of
from csirt_network.actions.talking import propose, refuse_correction
from csirt_network.models import AlertVersion, Correction, Indicator
from partnerships.models import Amendment
from partnerships.terms import terms_of
from tests.factories.alerts import make_alert, to_team
from tests.factories.country_plans import active_plan, begin, make_offer, send_back, write_all
from tests.factories.exercises import again, make_exercise, make_response, player_of
from tests.factories.partnerships import make_agreement, make_partner

pytestmark = pytest.mark.django_db


def results(answer):
    assert answer.status_code == 200, answer.content
    return answer.json()["results"]


# Agreements -----------------------------------------------------------------------------------------------------------


def test_an_amendment_says_what_it_changed_and_no_more(program_of, officer, lead_chl):
    with scope(PROGRAMME):
        shared = make_agreement("Shared", make_partner("Ceiba"), audience="states", aims_en="To train")
        held = make_agreement("Held", make_partner("Mangrove"), audience="staff")
        for one in (shared, held):
            now = terms_of(one)
            facts = {"number": 1, "agreed_on": "2026-02-03", "what": "It runs longer.", "by": officer}
            later = now | {"aims_en": "To train and to warn", "points": [2]}
            Amendment.objects.create(agreement=one, earlier=now, later=later, **facts)

    (read,) = results(program_of(lead_chl).get("agreements/shared/amendments/"))

    assert (read["number"], read["agreed_on"], read["what"]) == (1, "2026-02-03", "It runs longer.")
    assert read["changes"] == [
        {"term": "aims_en", "before": "To train", "after": "To train and to warn"},
        {"term": "points", "before": [], "after": [2]},
    ]
    assert program_of(lead_chl).get("agreements/held/amendments/").status_code == 404
    assert len(results(program_of(officer).get("agreements/held/amendments/"))) == 1


# Country plans --------------------------------------------------------------------------------------------------------


def test_versions_of_a_plan_are_read_as_they_were_offered(program_of, chile, officer, lead_chl, lead_jam):
    plan = begin(chile, officer)
    write_all(plan, officer, "Train few")
    send_back(plan, make_offer(plan, officer, "Please look."), lead_chl, "Train more.")
    write_all(plan, officer, "Train many")
    program = program_of(lead_chl)

    (row,) = results(program.get(f"plans/{plan.pk}/versions/"))
    whole = [program_of(one).get(f"plans/{plan.pk}/versions/1/").json() for one in (lead_chl, officer)]

    assert (row["number"], row["message"], row["is_in_force"]) == (1, "Please look.", False)
    assert (row["answer"]["verb"], row["answer"]["reason"]) == ("send back", "Train more.")
    assert [line["what"] for one in whole for line in one["lines"] if line["point"] == 2] == ["Train few"] * 2
    assert program.get(f"plans/{plan.pk}/versions/2/").status_code == 404
    for address in (f"plans/{plan.pk}/versions/", f"plans/{plan.pk}/versions/1/"):
        assert program_of(lead_jam).get(address).status_code == 404


def test_the_version_that_was_signed_is_the_one_in_force(program_of, chile, officer, lead_chl):
    plan = active_plan(chile, officer, lead_chl)

    one = program_of(officer).get(f"plans/{plan.pk}/versions/1/").json()

    assert (one["is_in_force"], one["answer"]["verb"], one["answer"]["name"]) == (True, "agree", lead_chl.name)


# Exercises ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def ended(officer, csirt_chl, csirt_jam, rep_chl, chile):
    with scope(PROGRAMME):
        exercise = make_exercise(officer, csirt_chl, csirt_jam)
        inject = exercise.injects.get()
        for number, team in enumerate((csirt_chl, csirt_jam), 1):
            player = player_of(exercise, team)
            of = {"exercise": exercise, "player": player}
            make_response(inject, player, rep_chl)
            Score.objects.create(inject=inject, level=number, by=officer, **of)
            HotWash.objects.create(by=officer, went_well=f"Well {team.slug}", **of)
        advice = {"exercise": exercise, "number": 1, "due_on": today(), "is_released": False}
        Recommendation.objects.create(state=chile, text="Write a list", institution="The port", **advice)
        AfterAction.objects.create(exercise=exercise, summary="All teams answered.")
        move(exercise=exercise, verb="end", by=officer)
        return again(exercise)


def test_a_team_is_told_its_own_part_of_the_report_once_it_is_published(program_of, ended, officer, rep_chl, lead_bra):
    address = f"exercises/{ended.slug}/report/"
    assert program_of(rep_chl).get(address).status_code == 404
    whole = program_of(officer).get(address).json()
    with scope(PROGRAMME):
        move(exercise=ended, verb="report", by=officer)

    own = program_of(rep_chl).get(address).json()

    assert [team["mean_score"] for team in whole["teams"]] == [1.0, 2.0]
    (part,) = own["teams"]
    assert (part["injects"], part["answered"], part["mean_score"]) == (1, 1, 1.0)
    assert [wash["went_well"] for wash in own["hot_washes"]] == [f"Well {part['team']}"]
    assert own["summary"] == "All teams answered."
    assert [advice["text"] for advice in whole["recommendations"]] == ["Write a list"]
    assert program_of(lead_bra).get(address).status_code == 404


# Alerts ---------------------------------------------------------------------------------------------------------------


@pytest.fixture
def alert(manager, csirt_chl):
    """Its second version; the first was for Chile's team alone, and is read by nobody else."""
    first = make_alert(Tlp.STRICT, to_team(csirt_chl), by=manager, title_en="First words", products="A mail server")
    made = make_alert(Tlp.GREEN, by=manager, version=2, title_en="Second words")
    with scope(reach_of(manager)):
        Indicator.objects.create(alert=first, kind="domain", value="bad.example")
        for number, said in ((1, first), (2, made)):
            facts = {"tlp": said.tlp, "audience": said.audience, "at": timezone.now(), "what_changed": f"Part {number}"}
            AlertVersion.objects.create(alert=made, number=number, snapshot=snapshot_of(said), **facts)
    return made


def test_a_version_of_an_alert_is_for_who_could_read_it_then(program_of, alert, rep_chl, rep_jam):
    rows = {person: results(program_of(person).get(f"alerts/{alert.pk}/versions/")) for person in (rep_chl, rep_jam)}
    one = program_of(rep_chl).get(f"alerts/{alert.pk}/versions/1/").json()

    assert [(row["number"], row["what_changed"]) for row in rows[rep_chl]] == [(2, "Part 2"), (1, "Part 1")]
    assert [row["number"] for row in rows[rep_jam]] == [2]
    assert (one["texts"]["title_en"], one["products"]) == ("First words", "A mail server")
    assert [indicator["value"] for indicator in one["indicators"]] == ["bad.example"]
    assert (one["tlp"], one["tlp_now"]) == (Tlp.STRICT, Tlp.GREEN)
    assert program_of(rep_jam).get(f"alerts/{alert.pk}/versions/1/").status_code == 404
    assert program_of(rep_chl).get(f"alerts/{alert.pk}/versions/2/").status_code == 404  # as alerts/{id}/ has it


def test_who_reads_an_earlier_version_of_a_strict_alert_stands_in_the_trail(program_of, manager, csirt_chl, rep_chl):
    alert = make_alert(Tlp.STRICT, to_team(csirt_chl), by=manager, version=2)
    with scope(reach_of(manager)):
        facts = {"tlp": alert.tlp, "audience": alert.audience, "at": timezone.now()}
        AlertVersion.objects.create(alert=alert, number=1, snapshot=snapshot_of(alert), **facts)

    assert program_of(rep_chl).get(f"alerts/{alert.pk}/versions/1/").status_code == 200

    with scope(PROGRAMME):
        (entry,) = AuditEntry.objects.filter(verb="R", by_id=rep_chl.pk)
        assert (entry.object_id, entry.page) == (alert.pk, f"GET /api/v1/alerts/{alert.pk}/versions/1/")


def test_corrections_are_read_by_who_proposed_them_and_who_is_asked(
    program_of, alert, csirt_chl, rep_chl, rep_jam, manager
):
    with scope(reach_of(rep_chl)):
        words = {"field": "title_en", "after": "Better words", "reason": "They are wrong.", "key": UUID(int=1)}
        propose(alert=alert, team=csirt_chl, by=rep_chl, **words)
    with scope(reach_of(manager)):
        refuse_correction(correction=Correction.objects.get(), answer="They are right.", by=manager)
    address = f"alerts/{alert.pk}/corrections/"

    for person in (rep_chl, manager):
        (one,) = results(program_of(person).get(address))
        assert (one["before"], one["after"], one["reason"]) == ("Second words", "Better words", "They are wrong.")
        assert (one["version"], one["team"], one["is_accepted"]) == (2, csirt_chl.slug, False)
        assert one["answer"] == "They are right."
    assert results(program_of(rep_jam).get(address)) == []
    assert program_of(rep_jam).get("alerts/987654321/corrections/").status_code == 404
