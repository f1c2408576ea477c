"""Who may do what in the network, each verb asked of everybody, as the page of each asks it."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from common.days import today
from common.scope import PROGRAMME, Reach, reach_of, scope
from common.tlp import Tlp
from csirt_network.models import LibraryItem, Lowering, TeamMember, WorkingGroup, WorkingGroupSeat
from csirt_network.rules.people import represented_by
from tests.factories.accounts import make_person
from tests.factories.alerts import OUT_AT, make_alert, to_person, to_programme, to_team
from tests.factories.csirt_network import make_assessment, make_member, make_review, make_team
from tests.factories.library import make_item, publish

pytestmark = pytest.mark.django_db

OFFICERS = {"manager", "officer"}
STAFF = OFFICERS | {"observer"}
LIAISONS = {"lead_chl", "lead_jam"}
OF_CHILE = {"rep_chl", "second_chl", "analyst_chl"}
NETWORK = OF_CHILE | {"rep_banks", "rep_jam"}
DRAFT = {"published_at": None, "year": None, "number": None, "version": 0}
NOBODY: set[str] = set()


@pytest.fixture
def people(
    manager, officer, observer, admin, lead_chl, lead_jam, brazil, csirt_chl, rep_chl, analyst_chl, rep_banks, rep_jam
):
    """`rep_out`: of a team that is no member of the network; `outsider`: of nothing any more."""
    with scope(PROGRAMME):
        unconnected = make_team("CSIRT of Brazil", brazil, is_connected=False)
    found = dict(locals())
    more = {
        "second_chl": make_member("Sara Segunda", csirt_chl),
        "rep_out": make_member("Olga Outside", unconnected),
        "outsider": make_person("Otto Outside"),
    }
    return {name: one for name, one in found.items() if isinstance(one, User)} | more


def who(people, verb, thing=None):
    """By name. Each asks afresh, in the own scope, as at a page of theirs."""
    may = set()
    for name, person in people.items():
        person = User.objects.get(pk=person.pk)
        alert = thing.alert if isinstance(thing, Lowering) else thing
        getattr(alert, "__dict__", {}).pop("known_origin", None)  # what one reader may know of it is no other's
        with scope(reach_of(person)):
            may |= {name} if person.has_perm(f"csirt_network.{verb}", thing) else set()
    return may


@pytest.mark.parametrize(
    ("verb", "may"),
    {
        "write_alert": NETWORK | OFFICERS,
        "write_for_programme": OFFICERS,
        "sight_alert": NETWORK,
        "view_network_maturity": NETWORK | STAFF | LIAISONS,
        "keep_profiles": OFFICERS,
        "add_to_library": OFFICERS | NETWORK - {"analyst_chl"},
        "manage_groups": OFFICERS,
        "download_groups": STAFF,
        "view_groups": NETWORK | STAFF,
        "download_contacts": NETWORK | STAFF,
        "look_after_entries": STAFF,
        "start_drill": OFFICERS,
        "view_working_groups": NETWORK | STAFF,
        "manage_working_groups": OFFICERS,
        "subscribe": NETWORK | STAFF | LIAISONS,
    }.items(),
)
def test_of_the_whole_network(people, verb, may):
    assert who(people, verb) == may


OF_A_TEAM = {
    "view_maturity": (OF_CHILE | {"lead_chl"} | STAFF, STAFF),
    "assess": (OF_CHILE, NOBODY),
    "send_assessment": (OF_CHILE - {"analyst_chl"}, NOBODY),
    "edit_team": (OF_CHILE - {"analyst_chl"} | OFFICERS, OFFICERS),
    "see_history": (OF_CHILE | {"lead_chl"} | STAFF, STAFF),
    "confirm_team": (OF_CHILE, NOBODY),
    "answer_drill": (OF_CHILE, NOBODY),
    "keep_channels": (OF_CHILE - {"analyst_chl"}, NOBODY),
}


@pytest.mark.parametrize("verb", OF_A_TEAM)
def test_of_one_team(people, csirt_chl, verb):
    """And where no team is named, whoever may do it for all."""
    of_chile, of_none = OF_A_TEAM[verb]

    assert who(people, verb, csirt_chl) == of_chile
    assert who(people, verb) == of_none


@pytest.mark.parametrize("verb", OF_A_TEAM)
def test_nobody_acts_for_a_team_that_is_not_in_the_network(people, verb):
    team = people["rep_out"].teams.get().team

    assert who(people, verb, team) == OF_A_TEAM[verb][1]


def test_strangers_may_nothing_there():
    for verb in (
        *("add_to_library", "change_library_item", "manage_groups", "download_groups", "view_groups"),
        *("view_working_groups", "manage_working_groups", "take_part", "lead_working_group", "write_in_working_group"),
    ):
        assert not AnonymousUser().has_perm(f"csirt_network.{verb}"), verb


def test_whoever_acts_for_a_team_is_its_representative_today(people, csirt_chl, csirt_jam):
    def acting(name):
        person = User.objects.get(pk=people[name].pk)
        with scope(reach_of(person)):
            return list(represented_by(person))

    assert (acting("rep_chl"), acting("rep_jam")) == ([csirt_chl], [csirt_jam])
    assert [acting(name) for name in ("analyst_chl", "rep_out", "officer", "outsider")] == [[], [], [], []]


def test_whoever_acts_for_one_team_does_not_act_for_another_they_work_in(people, csirt_banks):
    TeamMember.objects.create(team=csirt_banks, person=people["rep_chl"], kind="analyst", starts_on=today())

    assert who(people, "edit_team", csirt_banks) == OFFICERS | {"rep_banks"}
    assert who(people, "confirm_team", csirt_banks) == {"rep_banks", "rep_chl"}


# Alerts, at each place of their life ---------------------------------------------------------------------------------

MAKING = ("edit", "publish", "countersign", "hand_over", "give_back", "revise", "close", "label")


@pytest.fixture
def alert(people, csirt_chl, csirt_jam):
    """alert(kind) is one of that kind."""

    def of_chile(**facts):
        to = [to_team(csirt_jam)]
        return make_alert(Tlp.AMBER, *to, by=people["analyst_chl"], origin=csirt_chl, **facts)

    def of_programme(**facts):
        return make_alert(Tlp.AMBER, to_team(csirt_chl), by=people["officer"], **facts)

    return {
        "a draft of the team": lambda: of_chile(**DRAFT),
        "a draft that another edited": lambda: of_chile(edited_by=people["rep_chl"], **DRAFT),
        "a draft that was handed over": lambda: of_chile(is_hidden=True, handed_over_at=OUT_AT, **DRAFT),
        "the team's": of_chile,
        "the team's, closed": lambda: of_chile(closed_at=OUT_AT),
        "the team's, which the programme publishes": lambda: of_chile(is_hidden=True),
        "a draft of the programme": lambda: of_programme(**DRAFT),
        "the programme's": of_programme,
        "nothing": lambda: None,
    }


ACTING = OF_CHILE - {"analyst_chl"}
TABLE = {
    "a draft of the team": {"edit": OF_CHILE, "publish": ACTING, "countersign": ACTING, "hand_over": ACTING},
    "a draft that another edited": {
        **{"edit": OF_CHILE, "publish": ACTING, "hand_over": ACTING},
        "countersign": {"second_chl"},
    },
    "a draft that was handed over": {
        **{"edit": OFFICERS, "publish": OFFICERS, "countersign": OFFICERS, "give_back": OFFICERS},
    },
    "the team's": {"revise": ACTING, "close": ACTING, "label": ACTING},
    "the team's, closed": {"label": ACTING},
    "the team's, which the programme publishes": {"revise": OFFICERS, "close": OFFICERS, "label": ACTING},
    "a draft of the programme": {"edit": OFFICERS, "publish": OFFICERS, "countersign": {"manager"}},
    "the programme's": {"revise": OFFICERS, "close": OFFICERS, "label": OFFICERS},
    "nothing": {},
}


@pytest.mark.parametrize("kind", TABLE)
def test_of_an_alert_at_each_place_of_its_life(people, alert, kind):
    made = alert[kind]()

    found = {verb: who(people, f"{verb}_alert", made) for verb in MAKING}
    assert {verb: may for verb, may in found.items() if may} == TABLE[kind]


def test_who_answers_discusses_and_corrects(people, alert):
    """The team that was asked answers; whom it comes from sees who did; nobody corrects what they hold."""
    ours, through, theirs = (
        alert[kind]() for kind in ("the team's", "the team's, which the programme publishes", "the programme's")
    )

    assert [who(people, "answer_alert", one) for one in (ours, through, theirs)] == [
        {"rep_jam"},
        {"rep_jam"},
        OF_CHILE,
    ]
    assert [who(people, "view_answers", one) for one in (ours, through, theirs)] == [
        OF_CHILE,
        OF_CHILE | STAFF,
        STAFF,
    ]
    assert [who(people, "decide_correction", one) for one in (ours, through, theirs)] == [ACTING, OFFICERS, OFFICERS]
    assert [who(people, "correct_alert", one) for one in (ours, through, theirs)] == [
        NETWORK - ACTING,
        NETWORK,
        NETWORK,
    ]
    assert who(people, "comment_alert", ours) == NETWORK | OFFICERS


def test_a_draft_asks_nobody(people, alert):
    for kind in ("a draft of the team", "a draft of the programme", "nothing"):
        assert who(people, "answer_alert", alert[kind]()) == NOBODY, kind
    assert who(people, "view_answers") == NOBODY
    assert who(people, "decide_correction") == NOBODY
    assert who(people, "comment_alert") == NETWORK | OFFICERS


def test_under_red_persons_answer_and_their_author_alone_sees_it(people, csirt_chl):
    chosen = [to_person(people[name]) for name in ("rep_jam", "lead_chl")]
    red = make_alert(Tlp.RED, *chosen, by=people["rep_chl"], origin=csirt_chl)

    assert who(people, "answer_alert", red) == {"rep_jam", "lead_chl"}
    assert who(people, "view_answers", red) == {"rep_chl"}
    assert who(people, "comment_alert", red) == set(people)  # whoever reads it was named


def test_whoever_is_named_without_a_team_answers_in_person(people, csirt_chl):
    amber = make_alert(
        Tlp.AMBER, to_person(people["lead_jam"]), to_person(people["rep_jam"]), by=people["rep_chl"], origin=csirt_chl
    )

    assert who(people, "answer_alert", amber) == {"lead_jam", "rep_jam"}


def test_the_programme_answers_nothing_and_sees_the_answers_to_what_it_was_given(people, csirt_chl, csirt_jam):
    given = make_alert(Tlp.AMBER, to_team(csirt_jam), to_programme(), by=people["rep_chl"], origin=csirt_chl)

    assert who(people, "answer_alert", given) == {"rep_jam"}
    assert who(people, "view_answers", given) == OF_CHILE | STAFF
    assert who(people, "revise_alert", given) == ACTING


def lowered(alert, by):
    with scope(Reach(staff=True, person=by.pk, teams=tuple(by.teams.values_list("team", flat=True)))):
        return Lowering.objects.create(
            alert=alert, change=1, before=Tlp.AMBER, after=Tlp.GREEN, reason="It is known by now.", by=by
        )


def test_a_second_person_of_the_origin_agrees_to_a_lower_label(people, alert, second_officer):
    """Not who asked, and not the author."""
    ours, theirs = alert["the team's"](), alert["the programme's"]()
    of_team, of_programme = lowered(ours, people["rep_chl"]), lowered(theirs, people["manager"])

    assert who(people, "agree_to_lower", of_team) == {"second_chl"}
    assert who(people | {"second": second_officer}, "agree_to_lower", of_programme) == {"second"}
    assert who(people, "agree_to_lower") == NOBODY


# The library, reviews, working groups --------------------------------------------------------------------------------


def test_an_item_of_the_library_is_changed_where_it_comes_from(people, csirt_chl):
    ours = publish(make_item(people["rep_chl"], origin=csirt_chl), people["rep_chl"])
    theirs = publish(make_item(people["officer"]), people["officer"])

    assert who(people, "change_library_item", ours) == ACTING
    assert who(people, "change_library_item", theirs) == OFFICERS
    assert who(people, "change_library_item", LibraryItem(withdrawn_at=OUT_AT)) == NOBODY
    assert who(people, "change_library_item") == NOBODY


def test_a_review_is_answered_by_a_representative_and_written_by_the_team(people, csirt_chl, csirt_jam):
    review = make_review(make_assessment(csirt_jam, people["rep_jam"], {"O-1": 2}), csirt_chl, people["rep_chl"])

    assert who(people, "answer_review", review) == ACTING
    assert who(people, "remark", review) == OF_CHILE
    assert who(people, "answer_review") == who(people, "remark") == NOBODY


def test_a_working_group_is_led_from_the_chair_and_written_in_from_a_seat(people, csirt_chl, csirt_jam):
    with scope(PROGRAMME):
        made = {"made_by": people["manager"], "name_en": "Malware in banks", "chair_team": csirt_chl}
        runs = WorkingGroup.objects.create(slug="runs", **made)
        over = WorkingGroup.objects.create(slug="over", starts_on=date(2020, 1, 1), ends_on=date(2020, 2, 1), **made)
        last_day = WorkingGroup.objects.create(slug="last-day", ends_on=today(), **made)
        WorkingGroupSeat.objects.create(group=last_day, team=csirt_chl)
        for group in (runs, over):
            for team in (csirt_chl, csirt_jam):
                WorkingGroupSeat.objects.create(group=group, team=team)
    seated = OF_CHILE | {"rep_jam"}

    assert who(people, "take_part", runs) == who(people, "take_part", over) == STAFF | seated
    assert who(people, "lead_working_group", runs) == OFFICERS | ACTING
    assert who(people, "write_in_working_group", runs) == OFFICERS | seated
    assert who(people, "vote", runs) == seated
    assert who(people, "vote", over) == who(people, "vote") == NOBODY
    assert who(people, "lead_working_group", over) == who(people, "write_in_working_group", over) == NOBODY
    assert who(people, "lead_working_group", last_day) == OFFICERS | ACTING
    assert who(people, "take_part", last_day) == STAFF | OF_CHILE
    assert who(people, "take_part") == STAFF
    assert who(people, "lead_working_group") == who(people, "write_in_working_group") == NOBODY
