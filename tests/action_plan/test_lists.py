"""What the lists of the action plan narrow to, order by and add, asked of the querysets themselves."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from action_plan.models import (
    Activity,
    ActivityState,
    AskedSupport,
    CalendarFeed,
    Campaign,
    Certificate,
    Course,
    CourseLetter,
    Exercise,
    ExerciseTeam,
    Expert,
    Expertise,
    ExpertLetter,
    Material,
    MaterialDownload,
    MaterialFile,
    Mission,
    Nomination,
    ParticipantCount,
    Recommendation,
)
from action_plan.querysets.activities import LONGEST_DAYS
from action_plan.querysets.activity_words import words_in
from action_plan.states import Verb
from capability.models import SupportRequest
from common.days import today
from common.scope import PROGRAMME, Reach, reach_of, scope
from tests.factories.action_plan import make_activity, make_plan
from tests.factories.country_plans import active_plan, make_offer, step
from tests.factories.exercises import make_exercise
from tests.factories.experts import make_expert, make_expertise
from tests.factories.missions import make_mission, make_recommendation, make_report
from tests.factories.training import make_course, make_nomination, make_session

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 20)
NOON = datetime(2026, 11, 20, 22, tzinfo=UTC)  # noon in the westernmost state


@pytest.fixture(autouse=True)
def _noon():
    with time_machine.travel(NOON, tick=False):
        yield


def a_day(days):
    return DAY + timedelta(days=days)


def names(found):
    return [str(one) for one in found]


# Activities -----------------------------------------------------------------------------------------------------------


def test_activities_of_a_state_are_those_it_takes_part_in_as_far_as_one_may_know(
    chile, jamaica, lead_chl, lead_jam, officer
):
    with scope(PROGRAMME):
        make_activity("Among us", chile, jamaica)
        make_activity("For all", chile, jamaica, audience="states")
        make_activity("Of others", jamaica, audience="states")
        make_activity("Not yet", chile, audience="staff")
        found = {
            person: sorted(names(Activity.objects.of_state(chile, person))) for person in (officer, lead_chl, lead_jam)
        }

    assert found[officer] == ["Among us", "For all", "Not yet"]
    assert found[lead_chl] == ["Among us", "For all"]
    assert found[lead_jam] == ["For all"]


@pytest.mark.parametrize(
    ("starts", "ends", "touches"),
    [
        (-5, -1, False), (-5, 0, True), (0, 2, True), (3, 9, True), (4, 9, False), (-9, 9, True),
        (-1, None, False), (0, None, True), (3, None, True), (4, None, False),
        (-LONGEST_DAYS, 0, True), (1 - LONGEST_DAYS, 1, True),
    ],
)  # fmt: skip
def test_between_are_those_that_touch_the_days(chile, starts, ends, touches):
    with scope(PROGRAMME):
        make_activity("One", starts_on=a_day(starts), ends_on=None if ends is None else a_day(ends))

        assert Activity.objects.between(DAY, a_day(3)).exists() == touches


def test_standing_is_neither_over_nor_given_up(chile):
    with scope(PROGRAMME):
        for status in Activity.Status.values:
            make_activity(status, status=status, cancelled_because="x" if status == "cancelled" else "")

        assert set(names(Activity.objects.standing())) == {"idea", "planned", "confirmed", "under way"}


def test_figures_are_summed_over_the_own_rows(chile, jamaica):
    with scope(PROGRAMME):
        one, other = make_activity("One", chile, jamaica), make_activity("Other", chile)
        ParticipantCount.objects.create(activity=one, state=chile, women=1, men=2, other=3, not_stated=4)
        ParticipantCount.objects.create(activity=one, state=jamaica, women=10, men=20, other=30, not_stated=40)
        ParticipantCount.objects.create(activity=other, state=chile, women=7)
        found = dict(Activity.objects.with_figures().values_list("pk", "figures"))
        by_state = {row["state"]: row for row in ParticipantCount.objects.filter(activity=one).summed("state")}

    assert found == {one.pk: [11, 22, 33, 44], other.pk: [7, 0, 0, 0]}
    assert by_state[chile.pk] == {"state": chile.pk, "women": 1, "men": 2, "other": 3, "not_stated": 4, "total": 10}


def test_the_newest_comes_first_and_what_has_no_date_before_it():
    with scope(PROGRAMME):
        for title, starts_on in (("a", DAY), ("b", None), ("c", a_day(1)), ("d", DAY), ("e", None)):
            make_activity(title, starts_on=starts_on, ends_on=None)
        ordered = list(Activity.objects.newest_first())
        rest = [names(Activity.objects.after(one).newest_first()) for one in ordered]

    assert names(ordered) == ["e", "b", "c", "d", "a"]
    assert rest == [["b", "c", "d", "a"], ["c", "d", "a"], ["d", "a"], ["a"], []]


def test_states_are_named_where_the_reader_may_know_them(chile, jamaica, lead_chl, officer):
    with scope(PROGRAMME):
        for audience in ("participants", "states", "public"):
            activity = make_activity(audience, chile, jamaica, audience=audience)
            for state in (chile, jamaica, None):
                ParticipantCount.objects.create(activity=activity, state=state, women=1)

        def named(person):
            rows = ParticipantCount.objects.naming_states_for(person).select_related("state", "activity")
            return sorted((row.activity.audience, str(row.state or "")) for row in rows)

        assert len(named(officer)) == 9
        assert named(lead_chl) == sorted(
            [("participants", ""), ("participants", "Chile")]
            + [(audience, name) for audience in ("states", "public") for name in ("", "Chile", "Jamaica")]
        )
        nobody = type("Nobody", (), {"reach": Reach()})()
        assert named(nobody) == sorted(
            [("participants", ""), ("states", "")] + [("public", name) for name in ("", "Chile", "Jamaica")]
        )


def test_words_are_found_by_how_they_begin():
    with scope(PROGRAMME):
        make_activity("Redes seguras")
        words = Activity.objects.get().words.model.objects

        assert words_in("Redes\0seguras") == ["redes", "seguras"]
        assert {word.word for word in words.beginning_with("red")} == {"redes"}
        assert {word.word for word in words.beginning_with("redes")} == {"redes"}
        assert not words.beginning_with("redess").exists()


# Plans ----------------------------------------------------------------------------------------------------------------


def test_the_version_in_force_is_the_one_signed_last(chile, officer, lead_chl):
    plan = active_plan(chile, officer, lead_chl)
    step(plan, Verb.AMEND, officer)
    make_offer(plan, officer)
    with scope(PROGRAMME):
        found = type(plan).objects.with_version_in_force().get()
        signed = plan.versions.get(number=1)

    assert found.in_force_id == signed.pk


@pytest.mark.parametrize(
    ("facts", "rank"),
    [
        ({"starts_on": a_day(-9), "ends_on": a_day(9)}, 0),
        ({"starts_on": DAY, "ends_on": a_day(9)}, 0),
        ({"starts_on": a_day(-9), "ends_on": DAY}, 0),
        ({"starts_on": a_day(-9), "ends_on": DAY, "status": "agreed"}, 0),
        ({"starts_on": a_day(1), "ends_on": a_day(9)}, 1),
        ({"starts_on": a_day(-9), "ends_on": a_day(-1)}, 1),
        ({"starts_on": a_day(-9), "ends_on": a_day(9), "status": "draft"}, 2),
        ({"starts_on": a_day(-9), "ends_on": a_day(9), "status": "closed"}, 3),
    ],
)
def test_the_plan_of_today_comes_first(chile, officer, facts, rank):
    ranks = [
        {"starts_on": a_day(-30), "ends_on": a_day(30)},
        {"starts_on": a_day(400), "ends_on": a_day(500)},
        {"starts_on": a_day(401), "ends_on": a_day(500), "status": "draft"},
        {"starts_on": a_day(402), "ends_on": a_day(500), "status": "closed"},
    ]
    with scope(PROGRAMME):
        known = [make_plan(chile, officer, **one) for one in ranks]
        plan = make_plan(chile, officer, **facts)
        ordered = list(type(plan).objects.with_period_for(officer).current_first())

    begins = [one.starts_on for one in ordered if one in (plan, known[rank])]
    assert begins == sorted(begins, reverse=True)
    assert [one for one in ordered if one != plan] == known
    assert abs(ordered.index(plan) - ordered.index(known[rank])) == 1


def test_plans_wait_for_the_state_and_are_in_force_by_their_status(chile, officer):
    with scope(PROGRAMME):
        for number, (status, proposal) in enumerate(
            [("draft", "draft"), ("draft", "offered"), ("agreed", "none"), ("active", "offered"), ("closed", "none")]
        ):
            make_plan(chile, officer, starts_on=a_day(number), ends_on=a_day(99), status=status, proposal=proposal)
        plans = Activity._meta.apps.get_model("action_plan", "CountryPlan").objects

        assert set(plans.in_force().values_list("status", flat=True)) == {"agreed", "active"}
        assert set(plans.waiting_for_state().values_list("status", flat=True)) == {"draft", "active"}


# Missions and recommendations -----------------------------------------------------------------------------------------


def test_missions_without_a_day_come_first_then_the_newest(chile, officer):
    with scope(PROGRAMME):
        made = [make_mission(chile, officer, title) for title in ("a", "b", "c", "d")]
        for mission, day in zip(made, (DAY, None, a_day(1), DAY), strict=True):
            Activity.objects.filter(pk=mission.activity_id).update(starts_on=day, ends_on=day)

        assert names(Mission.objects.in_order()) == ["b", "c", "d", "a"]


@pytest.fixture
def advice(chile, officer, lead_chl):
    """By status, and what waits for the programme or is not told the state yet."""
    with scope(PROGRAMME):
        mission, kept = make_mission(chile, officer), make_mission(chile, officer, released=False)
        for status in Recommendation.Status.values:
            make_recommendation(mission, status, status=status, due_on=a_day(-1))
        make_recommendation(mission, "today", due_on=DAY)
        make_recommendation(kept, "kept", due_on=a_day(9))
        make_report(make_recommendation(mission, "reported"), lead_chl)
        decided = {"decision": "sent back", "decided_by": officer, "decided_at": timezone.now()}
        make_report(make_recommendation(mission, "sent back"), lead_chl, **decided)
    return Recommendation.objects


def test_recommendations_are_settled_overdue_confirmed_or_reported(advice):
    with scope(PROGRAMME):
        found = {
            name: set(getattr(advice, name)().values_list("text", flat=True))
            for name in ("unsettled", "overdue", "to_confirm", "to_report")
        }

    assert found == {
        "unsettled": {"open", "under way", "today", "kept", "reported", "sent back"},
        "overdue": {"open", "under way"},
        "to_confirm": {"reported"},
        "to_report": {"open", "under way", "today", "sent back"},
    }


@pytest.mark.parametrize("is_shared", [True, False])
def test_a_recommendation_is_read_with_its_own_mission_alone(chile, officer, lead_chl, is_shared):
    with scope(PROGRAMME):
        make_mission(chile, officer, "Another that the state reads of")
        made = make_recommendation(make_mission(chile, officer, "Its own", shared=is_shared))

        assert Recommendation.objects.visible_to(lead_chl).filter(pk=made.pk).exists() == is_shared


@pytest.mark.parametrize("is_shared", [True, False])
def test_a_need_for_expertise_is_read_with_its_own_activity(chile, jamaica, officer, lead_chl, lead_jam, is_shared):
    with scope(PROGRAMME):
        make_activity("Another that both read of", chile, jamaica)
        made = make_expertise(chile, officer, shared=is_shared)
        seen = {one.name for one in (officer, lead_chl, lead_jam)
                if Expertise.objects.visible_to(one).filter(pk=made.pk).exists()}  # fmt: skip

    assert seen == ({officer.name, lead_chl.name} if is_shared else {officer.name})


# Exercises ------------------------------------------------------------------------------------------------------------


def test_an_exercise_says_what_its_reader_is_in_it_and_not_in_another(
    officer, chile, csirt_chl, csirt_jam, rep_chl, lead_chl
):
    with scope(PROGRAMME):
        make_exercise(officer, csirt_chl, name="Played", observers=[])
        make_exercise(officer, csirt_jam, name="Watched", observers=[rep_chl, lead_chl])

        def told(person):
            rows = Exercise.objects.for_reader(User.objects.get(pk=person.pk))
            return {row.name: (row.is_played, row.is_of_own_state, row.is_watched) for row in rows}

        assert told(rep_chl) == {"Played": (True, False, False), "Watched": (False, False, True)}
        assert told(lead_chl)["Watched"] == (False, False, True)
        assert told(officer) == {"Played": (False, False, False), "Watched": (False, False, False)}

        played = ExerciseTeam.objects.played_by(User.objects.get(pk=rep_chl.pk))
        assert [one.team for one in played] == [csirt_chl]
        assert not ExerciseTeam.objects.played_by(officer).exists()


# Requests for support -------------------------------------------------------------------------------------------------


@pytest.fixture
def asked(chile, lead_chl, update_chl):
    with scope(PROGRAMME):
        known = {"state": chile, "point": 2, "asked_by": lead_chl}
        for status in ("sent", "triaged", "planned", "declined", "met", "withdrawn"):
            AskedSupport.objects.create(need=status, status=status, **known)
        said = SupportRequest.objects.create(point=3, need="said", update=update_chl, state=chile, audience="programme")
        AskedSupport.objects.create(need="said", update=update_chl, said=said, **known)
        AskedSupport.objects.create(need="lapsed", update=update_chl, **known)
        AskedSupport.objects.update(asked_at=NOON)
    return AskedSupport.objects


def test_requests_lapse_when_the_profile_asks_for_them_no_more(asked):
    with scope(PROGRAMME):
        needs = {name: set(getattr(asked, name)().values_list("need", flat=True)) for name in ("standing", "lapsed")}
        waiting = set(asked.waiting().values_list("need", flat=True))

    assert needs["lapsed"] == {"lapsed"}
    assert needs["standing"] == {"sent", "triaged", "planned", "declined", "met", "withdrawn", "said"}
    assert waiting == {"sent", "triaged", "said"}


def test_beside_the_profile_stands_what_was_asked_at_any_time_and_is_not_settled(asked):
    with scope(PROGRAMME):
        assert set(asked.beside_profile().values_list("need", flat=True)) == {"sent", "triaged", "planned"}


def test_what_waits_comes_first_then_the_newest(asked):
    with scope(PROGRAMME):
        found = list(asked.in_order().values_list("need", flat=True))

    assert found == ["said", "triaged", "sent", "lapsed", "withdrawn", "met", "declined", "planned"]


def test_a_request_names_its_activity_to_whoever_may_read_of_it(asked, chile, officer, lead_chl):
    with scope(PROGRAMME):
        seen, kept = make_activity("Seen", chile), make_activity("Kept", chile, audience="staff")
        for need, activity in (("sent", seen), ("triaged", kept)):
            asked.filter(need=need).update(activity=activity)
        found = {
            person: dict(asked.with_activity(person).values_list("need", "activity_slug"))
            for person in (officer, lead_chl)
        }

    assert (found[officer]["sent"], found[officer]["triaged"], found[officer]["met"]) == (seen.slug, kept.slug, None)
    assert (found[lead_chl]["sent"], found[lead_chl]["triaged"]) == (seen.slug, None)


# Courses --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "status", "is_open"),
    [
        ({}, "planned", True),
        ({"nominations_close_on": DAY}, "planned", True),
        ({"nominations_close_on": a_day(-1)}, "planned", False),
        ({"opened_at": None}, "planned", False),
        ({}, "cancelled", False),
    ],
)
def test_nominations_are_taken_to_the_end_of_the_closing_day(chile, facts, status, is_open):
    course = make_course(chile, **facts)
    with scope(PROGRAMME):
        Activity.objects.update(status=status, cancelled_because="x" if status == "cancelled" else "")

        assert Course.objects.is_open().exists() == is_open
        assert Course.objects.get(pk=course.pk).is_open == is_open


def test_nominations_stand_are_selected_or_wait_in_their_order(chile, lead_chl):
    course = make_course(chile)
    made = {name: make_nomination(course, chile, by=lead_chl, name=name) for name in ("a", "b", "c", "d", "e", "f")}
    with scope(PROGRAMME):
        every = Nomination.objects
        for name, facts in {
            "a": {"status": "withdrawn"},
            "b": {"status": "selected", "seat": 1},
            "c": {"status": "waiting", "waiting_since": NOON},
            "d": {"status": "waiting", "waiting_since": NOON - timedelta(hours=1)},
            "e": {"status": "waiting", "waiting_since": NOON},
        }.items():
            every.filter(pk=made[name].pk).update(**facts)

        assert set(every.standing().values_list("name", flat=True)) == set("bcdef")
        assert list(every.selected().values_list("name", flat=True)) == ["b"]
        assert list(every.in_line().values_list("name", flat=True)) == ["d", "c", "e"]


def test_only_sessions_at_which_somebody_was_count(chile, lead_chl):
    course = make_course(chile)
    nomination = make_nomination(course, chile, by=lead_chl)
    make_session(course, days_ago=1)
    with scope(PROGRAMME):
        for session, was_there in zip(course.sessions.all(), (True, False, True), strict=True):
            of = {"nomination": nomination, "session": session, "course": course, "state": chile}
            nomination.attendances.model.objects.create(**of, was_there=was_there)

        assert Nomination.objects.with_attendance().get().sessions_held == 2


def test_a_certificate_holds_until_it_is_revoked(chile, lead_chl, officer):
    course = make_course(chile)
    nomination = make_nomination(course, chile, by=lead_chl)
    with scope(PROGRAMME):
        dates = {"starts_on": DAY, "ends_on": DAY, "issued_on": DAY, "hours": 1}
        of = {"nomination": nomination, "course": course, "state": chile, "issued_by": officer, **dates}
        gone = {"revoked_at": NOON, "revoked_by": officer, "revoked_because": "A wrong name"}
        Certificate.objects.create(number="A" * 20, name="x", title="x", language="en", **of, **gone)
        held = Certificate.objects.create(number="B" * 20, name="x", title="x", language="en", **of)

        assert list(Certificate.objects.valid()) == [held]


@pytest.mark.parametrize(
    ("facts", "opens"),
    [
        ({}, True),
        ({"until": a_day(-1)}, False),
        ({"closed_at": NOON}, False),
        ({"digests": ["other"]}, False),
        ({"digests": ["other", "mine"]}, True),
    ],
)
def test_a_link_opens_until_its_day_unless_it_is_closed(chile, lead_chl, facts, opens):
    nomination = make_nomination(make_course(chile), chile, by=lead_chl)
    usual = {"until": DAY, "digests": ["mine"], "about": "selected"}
    CourseLetter.objects.create(nomination=nomination, **{**usual, **facts})

    assert CourseLetter.objects.of_token("mine").exists() == opens


def test_a_letter_is_unused_until_it_is_answered_or_closed(chile, lead_chl):
    nomination = make_nomination(make_course(chile), chile, by=lead_chl)
    for turn, facts in enumerate([{}, {"is_used": True}, {"closed_at": NOON}]):
        CourseLetter.objects.create(nomination=nomination, about="evaluation", turn=turn, until=DAY, **facts)

    assert [letter.turn for letter in CourseLetter.objects.unused()] == [0]


def test_letters_are_seen_by_whom_the_nominee_is_and_by_who_keeps_the_portal(
    chile, lead_chl, lead_jam, officer, admin, outsider
):
    nomination = make_nomination(make_course(chile), chile, by=lead_chl)
    CourseLetter.objects.create(nomination=nomination, about="selected", until=DAY)
    with scope(PROGRAMME):
        seen = {one.name for one in (lead_chl, lead_jam, officer, admin, outsider)
                if CourseLetter.objects.visible_to(one).exists()}  # fmt: skip

    assert seen == {lead_chl.name, officer.name, admin.name}


@pytest.mark.parametrize(
    ("status", "days", "is_past"),
    [
        ("selected", 365, False), ("selected", 366, True), ("nominated", 366, True),
        ("nominated", 90, False), ("nominated", 91, True), ("selected", 91, False),
    ],
)  # fmt: skip
def test_data_of_nominees_is_kept_as_long_as_it_is_needed(chile, lead_chl, status, days, is_past):
    course = make_course(chile)
    one, other = (make_nomination(course, chile, by=lead_chl) for _ in range(2))
    CourseLetter.objects.create(nomination=other, about="selected", until=DAY)  # its link still opens
    with scope(PROGRAMME):
        Nomination.objects.update(status=status)
        course.sessions.all().delete()
        Course.objects.update(nominations_close_on=a_day(-days - 1))
        Activity.objects.update(starts_on=a_day(-days), ends_on=None)

        assert list(Nomination.objects.past_keeping(DAY)) == ([one] if is_past else [])


# Experts --------------------------------------------------------------------------------------------------------------


def test_letters_to_experts_are_seen_by_whoever_keeps_the_roster_or_the_portal(officer, admin, lead_chl, outsider):
    with scope(PROGRAMME):
        ExpertLetter.objects.create(expert=make_expert("Henri Exemple", officer), turn=1)
        seen = {one.name for one in (officer, admin, lead_chl, outsider)
                if ExpertLetter.objects.visible_to(one).exists()}  # fmt: skip

    assert seen == {officer.name, admin.name}


def test_whoever_left_stands_no_more_and_only_confirmed_ones_are_confirmed(officer):
    with scope(PROGRAMME):
        for name, status in (("Ana", "asked"), ("Bea", "confirmed")):
            make_expert(name, officer, status=status)
        Expert.objects.create(made_by=officer, status="left")

        assert set(names(Expert.objects.standing())) == {"Ana", "Bea"}
        assert names(Expert.objects.confirmed()) == ["Bea"]


@pytest.mark.parametrize(
    ("free", "days", "is_available"),
    [
        ((None, None), (0, 5), True),
        ((0, 5), (0, 5), True),
        ((1, 5), (0, 5), False),
        ((0, 4), (0, 5), False),
        ((0, 5), (1, None), True),
        ((0, 5), (5, None), True),
        ((0, 5), (6, None), False),
        ((0, None), (9, 10), True),
        ((None, 5), (-9, 5), True),
        ((3, 4), (None, None), True),
        ((3, 4), (None, 9), True),
    ],
)
def test_available_is_who_is_free_on_all_days(officer, free, days, is_available):
    def days_of(pair):
        return [None if days is None else a_day(days) for days in pair]

    with scope(PROGRAMME):
        first, last = days_of(free)
        make_expert("Ana", officer, available_from=first, available_until=last)

        assert Expert.objects.available(*days_of(days)).exists() == is_available


# Materials ------------------------------------------------------------------------------------------------------------


def material(**facts):
    campaign = Campaign.objects.first()
    campaign = campaign or Campaign.objects.create(activity=make_activity("Think first", kind="campaign"))
    return Material.objects.create(**{"campaign": campaign, "kind": "poster", "title_en": "Poster", **facts})


def test_materials_are_out_from_publishing_until_they_are_withdrawn():
    with scope(PROGRAMME):
        material()
        out = material(published_at=NOON)
        material(published_at=NOON, withdrawn_at=NOON)

        assert list(Material.objects.out()) == [out]


def test_downloads_are_counted_by_day_and_summed_by_material(officer):
    with scope(PROGRAMME):
        one, other = material(published_at=NOON), material(published_at=NOON)
        files = [
            MaterialFile.objects.create(material=of, language=language, name="x", content="x", **facts)
            for of, language, facts in (
                (one, "en", {"replaced_at": NOON}), (one, "es", {}), (other, "en", {}),
            )
        ]  # fmt: skip
        for file, day in ((0, DAY), (0, DAY), (1, DAY), (1, a_day(1)), (2, DAY)):
            MaterialDownload.objects.all().count_one(files[file].pk, day)

        assert sorted(MaterialDownload.objects.values_list("file", "day", "count")) == sorted(
            [(files[0].pk, DAY, 2), (files[1].pk, DAY, 1), (files[1].pk, a_day(1), 1), (files[2].pk, DAY, 1)]
        )
        assert MaterialDownload.objects.by_material([one.pk]) == {one.pk: 4}
        standing = {found.pk: [file.language for file in found.in_languages]
                    for found in Material.objects.all().with_files(officer)}  # fmt: skip
        assert standing == {one.pk: ["es"], other.pk: ["en"]}


# Calendars ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def feed(lead_chl):
    with scope(reach_of(lead_chl)):
        return CalendarFeed.objects.create(
            person=lead_chl, name="Mine", digest="x", expires_at=NOON + timedelta(days=1)
        )


@pytest.mark.parametrize(
    ("facts", "is_usable"),
    [({}, True), ({"expires_at": NOON}, False), ({"revoked_at": NOON}, False)],
)
def test_a_calendar_opens_until_it_ends(feed, facts, is_usable):
    with scope(PROGRAMME):
        CalendarFeed.objects.update(**facts)
        assert CalendarFeed.objects.usable().exists() == is_usable


def test_a_calendar_ends_with_the_account(feed, lead_chl):
    lead_chl.is_active = False
    lead_chl.save(update_fields=["is_active"])
    with scope(PROGRAMME):
        assert not CalendarFeed.objects.usable().exists()


@pytest.mark.parametrize(("ago", "is_noted"), [(None, True), (61, True), (60, False), (59, False)])
def test_use_is_noted_to_the_minute(feed, ago, is_noted):
    with scope(PROGRAMME):
        before = None if ago is None else NOON - timedelta(seconds=ago)
        CalendarFeed.objects.update(last_used_at=before)
        CalendarFeed.objects.all().note_use(feed)

        assert CalendarFeed.objects.get().last_used_at == (NOON if is_noted else before)


def test_a_calendar_is_its_makers_and_the_programmes_own_works(feed, lead_chl, officer, outsider):
    nobody = type("Nobody", (), {"reach": Reach()})()
    programme = type("Programme", (), {"reach": PROGRAMME})()
    with scope(PROGRAMME):
        seen = [CalendarFeed.objects.visible_to(one).exists() for one in (lead_chl, officer, nobody, programme)]

    assert seen == [True, False, False, True]


def test_who_takes_part_follows_the_audience(chile, jamaica, lead_jam):
    with scope(PROGRAMME):
        for audience in ("staff", "participants", "states", "public"):
            make_activity(audience, chile, jamaica, audience=audience)
        rows = ActivityState.objects.visible_to(lead_jam).annotate(of=F("state__slug"))
        seen = sorted((row.audience, row.of) for row in rows)

    shared = [(audience, of) for audience in ("public", "states") for of in ("chile", "jamaica")]
    assert seen == sorted([("participants", "jamaica"), *shared])
    assert today() == DAY
