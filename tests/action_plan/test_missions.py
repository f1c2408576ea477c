"""Missions and their recommendations: who reads what before and after the release, and what becomes of each."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, IntegrityError, connection, transaction

from action_plan.actions.experts import leave
from action_plan.actions.missions import Refused, set_team
from action_plan.actions.recommendations import CONFIRMED, REPORTED, SENT_BACK
from action_plan.models import (
    Activity,
    AskedSupport,
    Findings,
    Mission,
    MissionMember,
    Recommendation,
    RecommendationChange,
    RecommendationReport,
)
from action_plan.reminders import DUE, passed, remind
from common.days import today
from common.scope import PROGRAMME, reach_of, scope
from member_states.models import Liaison
from notices.models import Mail
from tests.factories.experts import make_expert
from tests.factories.member_states import make_liaison
from tests.factories.missions import make_mission, make_recommendation, make_report

pytestmark = pytest.mark.django_db
STAFF = {"officer", "observer"}
TEAM = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0", "form-0-name": "Olga Example", "form-0-role": "Trainer"}
NEW = {"title_en": "Help for the new CSIRT", "starts_on": "2026-12-07", "ends_on": "2026-12-11", "is_shared": "on"}
WORDS = {
    "text": "Keep a register of incidents",
    "institution": "Ministry of ICT",
    "due_on": "2027-03-01",
    "priority": "1",
    "edited": "0",
}
ASKED = {"request": "Help us begin."}
DONE = {"status": "implemented", "evidence": "Decree 12 of 2026"}


@pytest.fixture
def people(officer, observer, lead_chl, deputy_chl, lead_jam, outsider):
    return {
        "officer": officer,
        "observer": observer,
        "lead_chl": lead_chl,
        "deputy_chl": deputy_chl,
        "lead_jam": lead_jam,
        "outsider": outsider,
        "nobody": AnonymousUser(),
    }


def readers(people, model):
    """Whom the portal shows any; the database shows the same ones."""
    found = set()
    for name, person in people.items():
        with scope(reach_of(person)):
            assert set(model.objects.visible_to(person)) == set(model._base_manager.all()), name
            found |= {name} if model._base_manager.exists() else set()
    return found


def mails(kind):
    with scope(PROGRAMME):
        return sorted(Mail.objects.filter(kind=kind).values_list("person__name", flat=True))


@pytest.fixture
def mission(people, chile):
    with scope(PROGRAMME):
        return make_mission(chile, people["officer"])


@pytest.fixture
def advice(mission):
    with scope(PROGRAMME):
        return make_recommendation(mission)


# Who reads --------------------------------------------------------------------------------------------------------

CHILE = {"lead_chl", "deputy_chl"}


@pytest.mark.parametrize(
    ("shared", "released", "mission_readers", "findings_readers"),
    [(False, False, STAFF, STAFF), (True, False, STAFF | CHILE, STAFF), (True, True, STAFF | CHILE, STAFF | CHILE)],
)
def test_findings_wait_for_their_release(people, chile, shared, released, mission_readers, findings_readers):
    with scope(PROGRAMME):
        mission = make_mission(chile, people["officer"], shared=shared, released=released)
        MissionMember.objects.create(mission=mission, state=chile, name="Olga Example")
        advice = make_recommendation(mission)
        make_report(advice, people["lead_chl"])
        RecommendationChange.objects.create(recommendation=advice, state=chile, column="text", by=people["officer"])

    for model in (Mission, MissionMember):
        assert readers(people, model) == mission_readers, model
    for model in (Findings, Recommendation, RecommendationReport, RecommendationChange):
        assert readers(people, model) == findings_readers, model


def test_the_trail_does_not_tell_the_state_what_is_not_released(people, chile):
    with scope(PROGRAMME):
        make_recommendation(make_mission(chile, people["officer"], released=False), "UNRELEASED")

    with scope(reach_of(people["lead_chl"])), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM accounts_auditentry WHERE after::text LIKE '%UNRELEASED%'")
        assert cursor.fetchone() == (0,)


def test_no_row_hangs_under_the_mission_of_another_state(mission, jamaica):
    with scope(PROGRAMME), pytest.raises(IntegrityError), transaction.atomic():
        Findings.objects.filter(mission=mission).update(state=jamaica)


def test_only_the_release_of_the_mission_releases(people, chile):
    with scope(PROGRAMME):
        advice = make_recommendation(make_mission(chile, people["officer"], released=False))

        with pytest.raises(IntegrityError), transaction.atomic():
            Recommendation.objects.filter(pk=advice.pk).update(is_released=True)


# A mission from its request to its release ------------------------------------------------------------------------


def test_an_officer_plans_a_mission(people, chile, sign_in):
    browser = sign_in(people["officer"])

    made = browser.post("/missions/new/", {**NEW, "state": chile.pk, **ASKED})
    browser.post(f"{made['Location']}team/", TEAM)
    browser.post(f"{made['Location']}edit/", {**ASKED, "agenda": "Monday: the ministry", "edited": "0"})
    page = browser.get(made["Location"]).content.decode()

    for words in ("Help for the new CSIRT", "Help us begin.", "Olga Example", "Monday: the ministry"):
        assert words in page
    with scope(PROGRAMME):
        activity = Activity.objects.get()
        assert (activity.kind, activity.point, activity.status) == ("mission", 6, "planned")
        assert activity.officer == people["officer"]
        assert [row.state for row in activity.taking_part.all()] == [chile]


def test_what_is_wrong_is_said_and_what_was_typed_stays(people, chile, sign_in):
    wrong = {**NEW, "title_en": "", "ends_on": "2026-12-01", "request": "Kept"}

    answer = sign_in(people["officer"]).post("/missions/new/", wrong)

    assert answer.status_code == 422
    for sentence in ("Give it a title in one language at least.", "comes before the first", "Kept"):
        assert sentence in answer.content.decode()


def test_nobody_overwrites_a_colleague(people, mission, sign_in):
    browser = sign_in(people["officer"])
    page = mission.get_absolute_url()
    browser.post(f"{page}edit/", {"terms": "First", "edited": "0"})

    answer = browser.post(f"{page}edit/", {"terms": "Second", "edited": "0"})
    again = browser.post(f"{page}edit/", {"terms": "Second", "edited": "1"})

    body = answer.content.decode()
    assert (answer.status_code, "First" in body, "Second" in body) == (422, True, True)
    assert 'name="edited" value="1"' in body
    assert again.status_code == 302


def test_an_emptied_row_takes_somebody_out(people, mission, sign_in):
    browser, page = sign_in(people["officer"]), f"{mission.get_absolute_url()}team/"
    browser.post(page, TEAM)

    browser.post(page, TEAM | {"form-0-name": "", "form-0-role": "", "form-1-name": "Pia Example"})

    with scope(PROGRAMME):
        assert [member.name for member in MissionMember.objects.all()] == ["Pia Example"]


def test_the_release_tells_lead_and_deputy(people, chile, sign_in):
    with scope(PROGRAMME):
        mission = make_mission(chile, people["officer"], released=False)
        make_recommendation(mission)
        make_liaison("Nora Kontakt", chile, "contact point")
    browser = sign_in(people["officer"])

    browser.post(f"{mission.get_absolute_url()}release/")
    browser.post(f"{mission.get_absolute_url()}release/")

    assert mails("mission released") == ["Camila Muestra", "Diego Muestra"]
    assert "No register of incidents" in sign_in(people["lead_chl"]).get(mission.get_absolute_url()).content.decode()


@pytest.fixture
def both(people, chile):
    """An officer who is a liaison of Chile as well."""
    Liaison.objects.create(state=chile, person=people["officer"], kind="deputy", starts_on=today())
    return people["officer"]


def test_nobody_runs_a_mission_of_the_own_state(people, chile, jamaica, mission, advice, both, sign_in):
    with scope(PROGRAMME):
        unreleased = make_mission(chile, people["officer"], released=False)
        draft, other = make_recommendation(unreleased), make_mission(jamaica, people["officer"])
    browser, page = sign_in(both), mission.get_absolute_url()
    changes = [
        f"{page}edit/",
        f"{page}team/",
        f"{page}findings/",
        f"{page}recommendations/new/",
        f"{unreleased.get_absolute_url()}release/",
        f"{advice.get_absolute_url()}edit/",
        f"{draft.get_absolute_url()}remove/",
    ]

    assert [browser.post(path, WORDS).status_code for path in changes] == [403] * len(changes)
    for shown in (page, advice.get_absolute_url(), draft.get_absolute_url()):
        body = browser.get(shown).content.decode()
        assert not [path for path in changes if f'"{path}"' in body], shown
    assert browser.get(f"{other.get_absolute_url()}edit/").status_code == 200


def test_nobody_plans_a_mission_to_the_own_state(people, chile, jamaica, both, sign_in):
    browser = sign_in(both)

    own = browser.post("/missions/new/", {**NEW, **ASKED, "state": chile.pk})
    other = browser.post("/missions/new/", {**NEW, **ASKED, "state": jamaica.pk})

    assert (own.status_code, other.status_code) == (422, 302)
    assert "You speak for this state yourself." in own.content.decode()
    assert "Help us begin." in own.content.decode()


@pytest.mark.parametrize(("shared", "sentence"), [(False, "Share the mission with it"), (True, "nothing to release")])
def test_a_release_that_would_say_nothing_is_refused(people, chile, sign_in, shared, sentence):
    with scope(PROGRAMME):
        mission = make_mission(chile, people["officer"], released=False, shared=shared)
        Findings.objects.update(text="")

    answer = sign_in(people["officer"]).post(f"{mission.get_absolute_url()}release/", follow=True)

    assert sentence in answer.content.decode()


# What becomes of a recommendation ---------------------------------------------------------------------------------


def test_the_state_reports_and_the_programme_confirms(people, advice, sign_in):
    page = advice.get_absolute_url()
    sign_in(people["deputy_chl"]).post(f"{page}report/", DONE)
    with scope(PROGRAMME):
        assert Recommendation.objects.get().status == "open"  # said, and not confirmed

    sign_in(people["officer"]).post(f"{page}decide/", {"decision": "confirmed"})

    with scope(PROGRAMME):
        assert Recommendation.objects.get().status == "implemented"
    assert (mails(REPORTED), mails(CONFIRMED)) == (["Ana Ejemplo"], ["Diego Muestra"])


def test_what_is_sent_back_stays_open_and_in_the_history(people, advice, sign_in):
    page = advice.get_absolute_url()
    sign_in(people["lead_chl"]).post(f"{page}report/", DONE)
    officer = sign_in(people["officer"])
    silent = officer.post(f"{page}decide/", {"decision": "sent back"})
    officer.post(f"{page}decide/", {"decision": "sent back", "comment": "Which decree?"})
    sign_in(people["lead_chl"]).post(f"{page}report/", {**DONE, "link": "https://www.example.org/decree"})

    history = officer.get(page).content.decode()

    assert (silent.status_code, "Say what is missing" in silent.content.decode()) == (422, True)
    assert mails(SENT_BACK) == ["Camila Muestra"]
    assert "Which decree?" in history
    with scope(PROGRAMME):
        assert (Recommendation.objects.get().status, RecommendationReport.objects.count()) == ("open", 2)


@pytest.mark.parametrize(
    ("report", "sentence"),
    [
        ({"evidence": ""}, "Choose what has become of it."),
        ({"status": "open"}, "Select a valid choice"),
        ({"status": "not followed"}, "Say why it is not followed."),
        ({"status": "implemented"}, "give a link that shows it"),
        ({"status": "implemented", "link": "no address"}, "Enter a whole address"),
    ],
)
def test_a_report_says_enough(people, advice, sign_in, report, sentence):
    answer = sign_in(people["lead_chl"]).post(f"{advice.get_absolute_url()}report/", report)

    assert (answer.status_code, sentence in answer.content.decode()) == (422, True)


def test_one_report_waits_at_a_time(people, advice, sign_in):
    browser, page = sign_in(people["lead_chl"]), f"{advice.get_absolute_url()}report/"
    browser.post(page, DONE)

    answer = browser.post(page, DONE)

    assert (answer.status_code, "waits for the programme already" in answer.content.decode()) == (422, True)


@pytest.mark.parametrize(
    ("who", "answer"), [("lead_chl", 200), ("deputy_chl", 200), ("officer", 403), ("observer", 403), ("lead_jam", 404)]
)
def test_lead_and_deputy_report(people, advice, sign_in, who, answer):
    assert sign_in(people[who]).get(f"{advice.get_absolute_url()}report/").status_code == answer


def test_a_contact_point_reads_and_does_not_report(people, chile, advice, sign_in):
    browser = sign_in(make_liaison("Nora Kontakt", chile, "contact point"))

    assert browser.get(advice.get_absolute_url()).status_code == 200
    assert browser.get(f"{advice.get_absolute_url()}report/").status_code == 403


@pytest.mark.parametrize("waits", [True, False])
def test_nobody_confirms_for_the_own_state(people, advice, both, sign_in, waits):
    """Neither what they reported themselves nor what a colleague of the state did."""
    if waits:
        with scope(PROGRAMME):
            make_report(advice, people["lead_chl"])

    decided = sign_in(both).post(f"{advice.get_absolute_url()}decide/", {"decision": "confirmed"})

    assert decided.status_code == 403


def test_a_second_press_is_told_that_nothing_waits(people, advice, sign_in):
    with scope(PROGRAMME):
        make_report(advice, people["lead_chl"])
    browser, page = sign_in(people["officer"]), f"{advice.get_absolute_url()}decide/"
    browser.post(page, {"decision": "confirmed"})

    again = browser.post(page, {"decision": "confirmed"}, follow=True)

    assert "No report waits for a decision here." in again.content.decode()


def test_the_database_lets_nobody_report_for_another(people, advice):
    for who, by in (("lead_jam", "lead_jam"), ("lead_chl", "deputy_chl")):
        with scope(reach_of(people[who])), pytest.raises(DatabaseError), transaction.atomic():
            make_report(advice, people[by])


def test_a_report_is_not_rewritten(people, advice):
    with scope(PROGRAMME):
        report = make_report(advice, people["lead_chl"])
        with pytest.raises(DatabaseError), transaction.atomic():
            RecommendationReport.objects.filter(pk=report.pk).update(evidence="Other words")


def test_what_the_state_has_read_is_changed_in_the_open(people, advice, sign_in):
    page = advice.get_absolute_url()

    sign_in(people["officer"]).post(f"{page}edit/", WORDS)

    read = sign_in(people["lead_chl"]).get(page).content.decode()
    assert "1 March 2027" in read
    assert f"<del>{advice.get_priority_display()}</del> <ins>High</ins>" in read
    with scope(PROGRAMME):
        assert set(RecommendationChange.objects.values_list("column", flat=True)) == {"due_on", "priority"}


def test_only_what_nobody_has_read_is_removed(people, chile, advice, sign_in):
    with scope(PROGRAMME):
        draft = make_recommendation(make_mission(chile, people["officer"], released=False))
    browser = sign_in(people["officer"])

    assert browser.post(f"{advice.get_absolute_url()}remove/").status_code == 403
    assert browser.post(f"{draft.get_absolute_url()}remove/").status_code == 302
    with scope(PROGRAMME):
        assert list(Recommendation.objects.all()) == [advice]


def test_numbers_follow_one_another(people, mission, advice, sign_in):
    sign_in(people["officer"]).post(f"{mission.get_absolute_url()}recommendations/new/", WORDS)

    with scope(PROGRAMME):
        assert [one.number for one in mission.recommendations.order_by("number")] == [1, 2]
    assert mails("mission released") == ["Camila Muestra", "Diego Muestra"]  # of one that comes later


# Reminders --------------------------------------------------------------------------------------------------------

DAY = today()


@pytest.mark.parametrize(
    ("left", "known", "threshold"),
    [(31, 99, None), (30, 99, -30), (1, 99, -30), (0, 99, 0), (-29, 99, 0), (-30, 99, 30), (20, 5, None), (0, 0, 0)],
)
def test_the_last_threshold_that_has_come(left, known, threshold):
    assert passed(DAY + timedelta(days=left), DAY - timedelta(days=known), DAY) == threshold


def remind_when(advice, left):
    with scope(PROGRAMME):
        Recommendation.objects.filter(pk=advice.pk).update(due_on=DAY + timedelta(days=left))
    remind()
    remind()


def test_leads_and_officer_are_reminded_once_for_each_threshold(people, advice):
    remind_when(advice, 31)
    assert mails(DUE) == []

    remind_when(advice, 30)

    assert mails(DUE) == ["Ana Ejemplo", "Camila Muestra"]


def test_who_moves_the_date_begins_a_new_count(people, advice):
    remind_when(advice, 0)
    remind_when(advice, 10)

    assert len(mails(DUE)) == 4


@pytest.mark.parametrize("status", ["implemented", "not followed"])
def test_nobody_is_reminded_of_what_is_settled(people, advice, status):
    with scope(PROGRAMME):
        Recommendation.objects.update(status=status)

    remind_when(advice, 0)

    assert mails(DUE) == []


def test_nobody_is_reminded_while_the_programme_has_the_next_move(people, advice):
    with scope(PROGRAMME):
        make_report(advice, people["lead_chl"])

    remind_when(advice, 0)

    assert mails(DUE) == []


# The list ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def many(people, chile, jamaica):
    """Of two states and every status; one of each is late."""
    with scope(PROGRAMME):
        for state in (chile, jamaica):
            mission = make_mission(state, people["officer"], f"Mission to {state}")
            for number, status in enumerate(("open", "open", "under way", "implemented", "not followed")):
                late = {"due_on": today() - timedelta(days=1)} if number != 1 else {}
                make_recommendation(mission, f"Advice {number} to {state}", status=status, **late)
    return mission


@pytest.mark.parametrize("who", ["officer", "lead_chl"])
@pytest.mark.parametrize("query", ["", "state=chile", "overdue=on", "priority=2&overdue=on", "priority=1"])
def test_the_counts_are_the_lengths_of_the_lists(people, many, sign_in, who, query):
    browser = sign_in(people[who])
    counts = browser.get(f"/recommendations/?{query}").context["counts"]

    for status, number in counts.items():
        page = browser.get(f"/recommendations/?{query}&status={status}").context["page"]
        assert page.paginator.count == number, status
        rows = browser.get(f"/recommendations.csv?{query}&status={status}").getvalue().decode().splitlines()
        assert len(rows) == number + 1
    assert counts[""] == sum(number for status, number in counts.items() if status)


def test_liaisons_read_of_their_own_state_alone(people, many, sign_in):
    page = sign_in(people["lead_chl"]).get("/recommendations/?state=jamaica").content.decode()

    assert "Advice 0 to Chile" in page
    assert "Jamaica" not in page


def test_overdue_is_what_is_late_and_not_settled(people, many, sign_in):
    page = sign_in(people["officer"]).get("/recommendations/?overdue=on&state=jamaica").context["page"]

    assert [one.status for one in page] == ["open", "under way"]


@pytest.mark.parametrize(("who", "answer"), [("outsider", 403), ("observer", 200)])
def test_the_list_is_for_liaisons_and_staff(people, many, sign_in, who, answer):
    assert sign_in(people[who]).get("/recommendations/").status_code == answer


# Who goes ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def roster(people):
    """Olga is free, Raul not in October, Tess has not confirmed."""
    with scope(PROGRAMME):
        officer = people["officer"]
        olga = make_expert("Olga Example", officer, languages=["en", "es"])
        raul = make_expert("Raul Example", officer, available_from=today().replace(year=2027))
        return {"olga": olga, "raul": raul, "tess": make_expert("Tess Example", officer, status="asked")}


def choose(client, mission, *experts, **more):
    rows = {f"form-{number}-expert_id": expert.pk for number, expert in enumerate(experts)}
    counts = {"form-TOTAL_FORMS": str(max(1, len(experts))), "form-INITIAL_FORMS": "0"}
    return client.post(f"{mission.get_absolute_url()}team/", {**counts, **rows, **more})


def test_the_team_is_chosen_of_those_who_confirmed_and_are_free(sign_in, people, mission, roster):
    client = sign_in(people["officer"])
    page = client.get(f"{mission.get_absolute_url()}team/").text

    assert "Olga Example (English, Español)" in page
    assert "Raul" not in page
    assert "Tess" not in page
    for name in ("raul", "tess"):
        answer = choose(client, mission, roster[name])
        assert answer.status_code == 422
        assert "not on the roster, or not free" in answer.text


def test_who_is_of_the_roster_is_named_to_staff_alone(sign_in, people, mission, roster):
    answer = choose(sign_in(people["officer"]), mission, roster["olga"], **{"form-0-role": "Trainer"})
    assert answer.status_code == 302

    for reader, name in (("observer", "Olga Example"), ("lead_chl", "An expert of the programme’s roster")):
        client = sign_in(people[reader])
        page = client.get(mission.get_absolute_url()).text
        table = b"".join(client.get("/missions.csv").streaming_content).decode()
        assert ("Olga" in page + table) is (reader == "observer")
        assert name in page
        assert name in table
        assert "Trainer" in page


def test_who_leaves_the_roster_leaves_the_team_without_a_name(sign_in, people, mission, roster):
    client = sign_in(people["officer"])
    choose(client, mission, roster["olga"])
    leave(expert=roster["olga"])

    page = client.get(mission.get_absolute_url()).text
    assert "Somebody who has left the roster" in page
    assert choose(client, mission, roster["olga"]).status_code == 302  # stays in the team


def test_who_left_meanwhile_is_not_chosen_and_a_sentence_says_so(people, mission, roster):
    leave(expert=roster["olga"])
    row = {"expert_id": roster["olga"].pk, "name": "", "role": "", "organisation": ""}

    with scope(PROGRAMME), pytest.raises(Refused, match="not on the roster any more"):
        set_team(mission=mission, members=[row], by=people["officer"])


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"form-0-name": "Olga"}, "needs no name"),
        ({"form-0-organisation": "A university"}, "needs no name"),
        ({"form-1-expert_id": "olga", "form-TOTAL_FORMS": "2"}, "twice"),
    ],
)
def test_somebody_of_the_roster_comes_once_and_without_a_name(sign_in, people, mission, roster, typed, words):
    typed = {name: roster["olga"].pk if value == "olga" else value for name, value in typed.items()}

    answer = choose(sign_in(people["officer"]), mission, roster["olga"], **typed)

    assert answer.status_code == 422
    assert words in answer.text
    with scope(PROGRAMME):
        assert not MissionMember.objects.exists()


# What it answers --------------------------------------------------------------------------------------------------


@pytest.fixture
def asked(people, chile):
    with scope(PROGRAMME):
        return AskedSupport.objects.create(
            state=chile, point=6, need="An outside view", asked_by=people["lead_chl"], status="triaged"
        )


def test_a_mission_begins_with_the_request_it_answers(sign_in, people, asked, chile):
    client = sign_in(people["officer"])
    page = client.get(asked.get_absolute_url()).text
    assert f"/missions/new/?request={asked.pk}" in page
    form = client.get(f"/missions/new/?request={asked.pk}").context["form"]
    assert (form["state"].value(), form["answers"].value(), form["request"].value()) == (
        chile.pk,
        asked.pk,
        "An outside view",
    )

    client.post("/missions/new/", {**NEW, **ASKED, "state": chile.pk, "answers": asked.pk})

    for name in ("officer", "lead_chl"):
        client = sign_in(people[name])
        assert "Help for the new CSIRT" in client.get(asked.get_absolute_url()).text
        assert asked.get_absolute_url() in client.get("/missions/help-for-the-new-csirt/").text


def test_the_state_sees_the_mission_of_its_request_once_it_reads_of_it(sign_in, people, asked, chile):
    with scope(PROGRAMME):
        mission = make_mission(chile, people["officer"], shared=False, released=False, answers=asked)

    assert mission.get_absolute_url() in sign_in(people["officer"]).get(asked.get_absolute_url()).text
    assert mission.get_absolute_url() not in sign_in(people["lead_chl"]).get(asked.get_absolute_url()).text


@pytest.mark.parametrize(
    ("status", "is_offered"), [("sent", False), ("triaged", True), ("planned", True), ("met", False)]
)
def test_requests_that_are_taken_over_or_planned_are_offered(sign_in, people, asked, mission, status, is_offered):
    with scope(PROGRAMME):
        AskedSupport.objects.filter(pk=asked.pk).update(status=status)
    client, page = sign_in(people["officer"]), f"{mission.get_absolute_url()}edit/"

    assert ("An outside view" in client.get(page).text) is is_offered
    answer = client.post(page, {"answers": asked.pk, "edited": "0"})
    assert answer.status_code == (302 if is_offered else 422)


def test_no_mission_answers_the_request_of_another_state(sign_in, people, asked, jamaica):
    client = sign_in(people["officer"])

    answer = client.post("/missions/new/", {**NEW, **ASKED, "state": jamaica.pk, "answers": asked.pk})

    assert answer.status_code == 422
    assert "This request is of another state." in answer.text
    with scope(PROGRAMME), pytest.raises(IntegrityError), transaction.atomic():
        make_mission(jamaica, people["officer"], answers=asked)
