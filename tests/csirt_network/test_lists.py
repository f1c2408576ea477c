"""What each list of the network takes up and what it leaves out, asked where the wall hides nothing."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.models import User
from common.days import today
from common.scope import PROGRAMME, Reach, reach_of, scope
from common.tlp import Tlp
from csirt_network.admission.steps import OVER, Stand
from csirt_network.models import (
    Acknowledgement,
    Alert,
    Application,
    Assessment,
    Contact,
    Correction,
    Drill,
    DrillCall,
    FeedToken,
    LibraryDownload,
    LibraryItem,
    Mailbox,
    NetworkMembership,
    PeerReview,
    Proposal,
    SharingGroup,
    Team,
    TeamMember,
    Webhook,
    WorkingGroup,
)
from csirt_network.querysets.asked import DUE_FIRST
from member_states.models import MemberState
from tests.factories.admission import make_application
from tests.factories.alerts import OUT_AT, make_alert, to_person, to_programme, to_team
from tests.factories.csirt_network import (
    make_assessment,
    make_contact,
    make_member,
    make_profile,
    make_review,
    make_sim3_profile,
    make_team,
)
from tests.factories.library import make_item, publish

pytestmark = pytest.mark.django_db
DRAFT = {"published_at": None, "year": None, "number": None, "version": 0}


@contextmanager
def everywhere(person=None):
    """Where the database hides nothing from `person`."""
    teams = tuple(Team.objects.values_list("pk", flat=True))
    states = tuple(MemberState.objects.values_list("pk", flat=True))
    seen = {"teams": teams, "patrons": teams, "states": states, "community": True, "staff": True}
    with scope(Reach(person=person and person.pk, **seen)):
        yield


def afresh(person):
    return User.objects.get(pk=person.pk)


def titles(found):
    return {one.title_en for one in found}


# Alerts --------------------------------------------------------------------------------------------------------------


@pytest.fixture
def alerts(officer, rep_jam, csirt_chl, csirt_jam):
    """One of each kind, from the team of Jamaica to that of Chile, titled by its kind."""
    kinds = {
        "plain": {},
        "draft": DRAFT,
        "closed": {"closed_at": OUT_AT},
        "exercise": {"is_exercise": True},
        "pap red": {"pap": "RED"},
        "no day": {"answer_by": None},
    }
    for title, facts in kinds.items():
        make_alert(Tlp.AMBER, to_team(csirt_chl), by=rep_jam, origin=csirt_jam, title_en=title, **facts)
    make_alert(Tlp.RED, to_person(officer), by=rep_jam, origin=csirt_jam, title_en="red")


def test_what_is_open_is_out_and_not_closed(alerts, rep_jam):
    with everywhere(rep_jam):
        assert titles(Alert.objects.open()) == {"plain", "exercise", "pap red", "no day", "red"}
        assert titles(Alert.objects.out()) == {"plain", "exercise", "pap red", "no day", "red", "closed"}
        assert titles(Alert.objects.drafts()) == {"draft"}


def test_programs_pass_on_nothing_red_no_draft_and_no_exercise(alerts, rep_jam):
    with everywhere(rep_jam):
        assert titles(Alert.objects.by_feed()) == {"plain", "no day", "closed"}


def test_what_is_kept_is_ones_own_and_the_programme_what_it_was_given(
    alerts, officer, observer, rep_chl, rep_jam, csirt_chl, csirt_jam
):
    make_alert(Tlp.AMBER, to_team(csirt_chl), to_programme(), by=rep_jam, origin=csirt_jam, title_en="given")
    make_alert(Tlp.RED, to_person(rep_jam), by=officer, title_en="red of the officer")
    all_of_jamaica = {"plain", "draft", "closed", "exercise", "pap red", "no day", "red", "given"}
    kept = {
        rep_jam: all_of_jamaica,
        make_member("Another", csirt_jam, "analyst"): all_of_jamaica - {"red"},
        rep_chl: set(),
        officer: {"given", "red of the officer"},
        observer: {"given"},
    }

    for person, wanted in kept.items():
        for each in (officer, rep_jam):  # whose RED the database shows
            with everywhere(each):
                found = titles(Alert.objects.kept_by(afresh(person)))
                hidden = {"red"} if each == officer else {"red of the officer"}
                assert found - hidden == wanted - hidden, person


def asked(person, verb="asking"):
    with scope(reach_of(afresh(person))):
        return titles(getattr(Alert.objects.visible_to(afresh(person)), verb)(afresh(person)))


def test_an_answer_is_asked_of_those_it_was_sent_to(alerts, officer, rep_chl, analyst_chl, rep_jam, rep_banks):
    sent = {"plain", "closed", "exercise", "pap red", "no day"}

    assert asked(rep_chl) == asked(analyst_chl) == sent
    assert asked(officer) == {"red"}
    assert asked(rep_jam) == asked(rep_banks) == set()


def test_whoever_is_named_answers_in_person_where_no_team_of_theirs_does(
    officer, rep_chl, lead_jam, csirt_chl, csirt_jam, rep_jam
):
    chosen = [to_team(csirt_chl), to_person(rep_chl), to_person(lead_jam)]
    make_alert(Tlp.AMBER, *chosen, by=officer, title_en="both")
    make_alert(Tlp.RED, to_person(rep_chl), by=rep_jam, origin=csirt_jam, title_en="red")

    assert asked(rep_chl) == {"both", "red"}
    assert asked(lead_jam) == {"both"}
    assert asked(rep_jam) == asked(officer) == set()  # whoever wrote it asks others


def answer(alert_title, person, team=None, **facts):
    with everywhere(person):
        alert = Alert.objects.get(title_en=alert_title)
        whose = {"team": team} if team else {"person": person}
        Acknowledgement.objects.create(alert=alert, version=1, answer="checking", by=person, **whose, **facts)


def test_what_waits_has_a_day_and_no_answer_yet(alerts, officer, rep_chl, csirt_chl, csirt_jam):
    assert asked(rep_chl, "waiting_for") == {"plain", "exercise", "pap red"}
    assert asked(officer, "waiting_for") == {"red"}

    answer("plain", rep_chl, csirt_chl)
    answer("pap red", rep_chl, csirt_chl, replaced_at=timezone.now())
    answer("exercise", officer, csirt_jam)  # of another team
    answer("red", officer)

    assert asked(rep_chl, "waiting_for") == {"exercise", "pap red"}
    assert asked(officer, "waiting_for") == set()
    with everywhere(rep_chl):
        assert not Acknowledgement.objects.standing().filter(alert__title_en="pap red").exists()
        assert Acknowledgement.objects.standing().filter(alert__title_en="plain").exists()


def test_only_the_last_answer_in_person_to_this_alert_counts(alerts, officer, rep_jam, csirt_jam):
    make_alert(Tlp.RED, to_person(officer), by=rep_jam, origin=csirt_jam, title_en="another red")
    answer("red", officer, replaced_at=timezone.now())
    answer("another red", officer)

    assert asked(officer, "waiting_for") == {"red"}


def test_alerts_and_answers_are_read_by_their_label_where_the_database_hides_nothing(
    alerts, officer, rep_chl, rep_jam, rep_banks, csirt_chl
):
    make_alert(Tlp.CLEAR, to_team(csirt_chl), by=rep_jam, title_en="clear")
    answer("plain", rep_chl, csirt_chl)

    def seen(person):
        with everywhere(rep_jam):
            reader = afresh(person)
            return titles(Alert.objects.visible_to(reader)), Acknowledgement.objects.visible_to(reader).count()

    sent = {"plain", "closed", "exercise", "pap red", "no day", "clear"}
    assert seen(rep_chl) == (sent, 1)
    assert seen(rep_jam) == (sent | {"draft", "red"}, 1)
    assert seen(officer) == ({"clear", "red"}, 0)
    assert seen(rep_banks) == (sent, 0)  # a constituent of the national team


def test_a_team_that_answered_does_not_answer_for_the_other_of_the_same_person(
    alerts, officer, rep_chl, csirt_chl, csirt_banks
):
    TeamMember.objects.create(team=csirt_banks, person=rep_chl, kind="analyst", starts_on=today())
    make_alert(Tlp.GREEN, to_team(csirt_chl), to_team(csirt_banks), by=officer, title_en="two")
    answer("two", rep_chl, csirt_chl)
    assert "two" in asked(rep_chl, "waiting_for")

    answer("two", rep_chl, csirt_banks)
    assert "two" not in asked(rep_chl, "waiting_for")


def test_what_is_due_soonest_comes_first_and_what_has_no_day_last(officer, rep_chl, csirt_chl):
    for title, days in (("later", 9), ("soon", 1), ("no day", None), ("no day either", None)):
        due = days and OUT_AT + timedelta(days=days)
        make_alert(Tlp.AMBER, to_team(csirt_chl), by=officer, title_en=title, answer_by=due)

    with scope(reach_of(afresh(rep_chl))):
        found = Alert.objects.visible_to(afresh(rep_chl)).order_by(*DUE_FIRST)
        assert [one.title_en for one in found] == ["soon", "later", "no day either", "no day"]  # the newest of equals


def test_a_correction_waits_until_it_is_decided(alerts, rep_chl, csirt_chl):
    with everywhere(rep_chl):
        alert = Alert.objects.get(title_en="plain")
        facts = {"alert": alert, "version": 1, "team": csirt_chl, "by": rep_chl, "after": "x", "reason": "x"}
        waits = Correction.objects.create(field="title_en", key="6b8e7f6e-3c0a-4f0e-9a5e-000000000001", **facts)

        assert list(Correction.objects.waiting()) == [waits]


# Teams and what they say of themselves -------------------------------------------------------------------------------


def test_connected_is_who_is_a_member_today(csirt_chl, csirt_jam, brazil):
    with everywhere():
        past, later = (make_team(name, brazil, is_connected=False, kind="sector") for name in ("Past", "Later"))
        for team, dates in (
            (past, {"starts_on": today() - timedelta(days=9), "ends_on": today() - timedelta(days=2)}),
            (later, {"starts_on": today() + timedelta(days=2)}),
        ):
            NetworkMembership.objects.create(team=team, state=brazil, **dates)

        assert set(Team.objects.connected()) == {csirt_chl, csirt_jam}
        assert set(Team.objects.with_standing().filter(is_connected=False)) == {past, later}
        assert set(NetworkMembership.objects.current().values_list("team", flat=True)) == {csirt_chl.pk, csirt_jam.pk}


def test_active_is_connected_and_on_call(csirt_chl, csirt_jam, brazil):
    with everywhere():
        apart = make_team("Apart", brazil, is_connected=False)
        make_contact(csirt_chl)
        make_contact(apart)
        make_contact(csirt_jam, "general", is_24x7=False)
        found = {team.pk: (team.is_on_call, team.is_active) for team in Team.objects.with_activity()}

    assert found == {csirt_chl.pk: (True, True), apart.pk: (True, False), csirt_jam.pk: (False, False)}


def test_in_order_the_national_team_of_a_state_comes_first(csirt_chl, csirt_banks, csirt_jam, chile):
    with everywhere():
        first = make_team("A team of ports", chile, kind="sector")

        assert list(Team.objects.in_order()) == [csirt_chl, first, csirt_banks, csirt_jam]


def test_of_a_team_is_who_works_there_today(csirt_chl, rep_chl, analyst_chl):
    TeamMember.objects.filter(person=rep_chl).update(ended_at=timezone.now())
    closed = make_member("Closed", csirt_chl, is_active=False)
    rest = set(TeamMember.objects.current().filter(team=csirt_chl).values_list("person", flat=True))

    assert rest == {analyst_chl.pk}
    assert TeamMember.objects.filter(person=closed).exists()


def test_names_are_known_to_the_network_the_programme_and_ones_own_state(
    officer, observer, admin, lead_chl, lead_jam, rep_chl, rep_jam, outsider, brazil
):
    with everywhere():
        apart = make_member("Apart", make_team("Apart", brazil, is_connected=False))

    def seen(person):
        return set(TeamMember.objects.visible_to(afresh(person)).values_list("person__name", flat=True))

    everybody = {"Tomas Turno", "Fay Foreign", "Apart"}
    assert all(seen(person) == everybody for person in (officer, observer, admin, rep_chl, rep_jam))
    assert seen(lead_chl) == {"Tomas Turno"}
    assert seen(lead_jam) == {"Fay Foreign"}
    assert (seen(apart), seen(outsider)) == ({"Apart"}, set())


# What ends on a day --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("model", [SharingGroup, WorkingGroup])
def test_a_group_runs_until_its_last_day_is_over(model, manager):
    with everywhere():
        name = {"name": "x"} if model is SharingGroup else {"name_en": "x", "starts_on": today() - timedelta(days=90)}
        for slug, day in (("no-end", None), ("today", today()), ("over", today() - timedelta(days=1))):
            model.objects.create(slug=slug, ends_on=day, made_by=manager, **name)

        assert set(model.objects.running().values_list("slug", flat=True)) == {"no-end", "today"}


def test_a_contact_test_runs_until_its_hour(manager, csirt_chl):
    with everywhere():
        drill = Drill.objects.create(title="x", started_by=manager, ends_at=timezone.now() + timedelta(hours=1))
        call = DrillCall.objects.create(drill=drill, team=csirt_chl, state=csirt_chl.state, digests=["a", "b"])

        assert list(DrillCall.objects.of_token("b")) == [call]
        assert not DrillCall.objects.of_token("c").exists()
        assert Drill.objects.running().exists()
        with time_machine.travel(drill.ends_at, tick=False):
            assert not Drill.objects.running().exists()


def test_an_application_is_open_until_it_is_over(chile, lead_chl):
    sent = {stand: {"sent_at": OUT_AT} if stand != Stand.DRAFT else {} for stand in Stand.values}
    made = {stand: make_application(chile, lead_chl, stands=stand, **sent[stand]).pk for stand in Stand.values}
    with everywhere():
        assert set(Application.objects.open().values_list("pk", flat=True)) == {
            pk for stand, pk in made.items() if stand not in OVER
        }


def test_an_application_waits_for_consent_with_whoever_represents_that_team(
    chile, lead_chl, lead_jam, rep_chl, analyst_chl, csirt_chl
):
    made = make_application(chile, lead_chl, stands=Stand.CONSENT, consent_of=csirt_chl, sent_at=OUT_AT)

    def sees(person):
        with everywhere():
            return Application.objects.visible_to(afresh(person)).filter(pk=made.pk).exists()

    assert [sees(person) for person in (rep_chl, lead_chl)] == [True, True]
    assert [sees(person) for person in (analyst_chl, lead_jam)] == [False, False]


def test_contacts_are_everybodys_where_team_and_contact_are_public(csirt_chl, csirt_jam, outsider):
    with everywhere():
        for team in (csirt_chl, csirt_jam):
            for is_public in (True, False):
                make_contact(team, is_public=is_public, name=f"{team.slug} {is_public}")
        make_profile(csirt_chl, is_published=True)

        assert [one.name for one in Contact.objects.visible_to(afresh(outsider))] == [f"{csirt_chl.slug} True"]


def test_a_proposal_is_open_until_it_closes(officer, csirt_chl):
    with scope(PROGRAMME):
        group = WorkingGroup.objects.create(slug="a-group", name_en="A group", made_by=officer, chair_team=csirt_chl)
    said = {"group": group, "title": "x", "text": "x", "opened_by": officer}
    with everywhere():
        soon = Proposal.objects.create(closes_at=timezone.now() + timedelta(hours=1), **said)
        over = Proposal.objects.create(closes_at=timezone.now() - timedelta(hours=1), **said)

        assert list(Proposal.objects.open()) == [soon]
        assert list(Proposal.objects.closed()) == [over]


# Reviews and profiles of maturity ------------------------------------------------------------------------------------


def test_sent_or_a_draft(csirt_chl, rep_chl):
    sent = make_assessment(csirt_chl, rep_chl, {"O-1": 2}, sent_at=OUT_AT)
    draft = make_assessment(csirt_chl, rep_chl, {"O-1": 2}, version=2)
    with everywhere():
        assert list(Assessment.objects.sent()) == [sent]
        assert list(Assessment.objects.drafts()) == [draft]


def test_a_review_is_asked_of_one_team_until_it_is_closed(csirt_chl, csirt_jam, csirt_banks, rep_chl, rep_jam, officer):
    of = make_assessment(csirt_chl, rep_chl, {"O-1": 2}, sent_at=OUT_AT)
    open_one, closed = make_review(of, csirt_jam, rep_chl), make_review(of, csirt_banks, rep_chl)
    with everywhere():
        PeerReview.objects.filter(pk=closed.pk).update(closed_at=timezone.now(), closed_by=rep_chl)

        assert list(PeerReview.objects.open()) == [open_one]
        assert list(PeerReview.objects.asked_of(afresh(rep_jam))) == [open_one]
        assert not PeerReview.objects.asked_of(afresh(rep_chl)).exists()
        assert not PeerReview.objects.asked_of(afresh(officer)).exists()


def test_who_reviews_reads_the_assessment_until_the_review_is_closed(csirt_chl, csirt_jam, rep_chl, rep_jam):
    of = make_assessment(csirt_chl, rep_chl, {"O-1": 2}, sent_at=OUT_AT)
    made = make_review(of, csirt_jam, rep_chl, accepts=True)
    with everywhere():
        assert Assessment.objects.visible_to(afresh(rep_jam)).filter(pk=of.pk).exists()

        PeerReview.objects.filter(pk=made.pk).update(closed_at=timezone.now(), closed_by=rep_chl)

        assert not Assessment.objects.visible_to(afresh(rep_jam)).filter(pk=of.pk).exists()


def test_profiles_are_offered_until_they_are_taken_away(officer):
    kept, gone = (make_sim3_profile(name, {"O-1": 2}, officer) for name in ("Kept", "Gone"))
    with everywhere():
        type(gone).objects.filter(pk=gone.pk).update(is_offered=False)

        assert list(type(kept).objects.offered()) == [kept]


# What is sent out ----------------------------------------------------------------------------------------------------


def test_a_mailbox_is_confirmed_and_not_stopped(csirt_chl, rep_chl):
    with everywhere(rep_chl):
        facts = {"team": csirt_chl, "made_by": rep_chl}
        for name, dates in {
            "new": {},
            "confirmed": {"confirmed_at": OUT_AT},
            "stopped": {"confirmed_at": OUT_AT, "stopped_at": OUT_AT},
        }.items():
            Mailbox.objects.create(address=f"{name}@example.org", **facts, **dates)

        def found(mailboxes):
            return {one.address.split("@")[0] for one in mailboxes}

        assert found(Mailbox.objects.standing()) == {"new", "confirmed"}
        assert found(Mailbox.objects.confirmed()) == {"confirmed"}


def test_a_webhook_runs_until_it_is_paused_or_ended(csirt_chl, rep_chl):
    with everywhere(rep_chl):
        facts = {"team": csirt_chl, "made_by": rep_chl, "url": "https://www.example.org/"}
        for name, dates in {
            "runs": {},
            "paused": {"paused_at": OUT_AT},
            "ended": {"ended_at": OUT_AT},
        }.items():
            Webhook.objects.create(name=name, **facts, **dates)

        assert {one.name for one in Webhook.objects.standing()} == {"runs", "paused"}
        assert {one.name for one in Webhook.objects.running()} == {"runs"}


def feed(person, name, **facts):
    later = timezone.now() + timedelta(days=9)
    return FeedToken.objects.create(person=person, name=name, digest=name, **{"expires_at": later} | facts)


def test_a_feed_is_usable_until_it_expires_is_revoked_or_its_person_is_gone(rep_chl, rep_jam):
    with everywhere(rep_jam):
        feed(rep_jam, "closed")
    with everywhere(rep_chl):
        runs = feed(rep_chl, "runs")
        feed(rep_chl, "revoked", revoked_at=OUT_AT)
        User.objects.filter(pk=rep_jam.pk).update(is_active=False)

        assert list(FeedToken.objects.usable()) == [runs]
        with time_machine.travel(runs.expires_at, tick=False):
            assert not FeedToken.objects.usable().exists()


def test_the_use_of_a_feed_is_noted_by_the_minute(rep_chl):
    with everywhere(rep_chl):
        token, other = feed(rep_chl, "x"), feed(rep_chl, "y")

        def note_at(seconds):
            with time_machine.travel(OUT_AT + timedelta(seconds=seconds), tick=False):
                FeedToken.objects.note_use(token)
            token.refresh_from_db()
            return (token.last_used_at - OUT_AT).total_seconds()

        assert [note_at(seconds) for seconds in (0, 59, 60, 61, 90)] == [0, 0, 0, 61, 61]
        other.refresh_from_db()
        assert other.last_used_at is None


# The library ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def items(officer):
    facts = {"published": {"summary_es": "Números de teléfono"}, "withdrawn": {}, "written": {"title_en": "Números"}}
    made = {name: make_item(officer, **given) for name, given in facts.items()}
    for name in ("published", "withdrawn"):
        publish(made[name], officer)
    with everywhere(officer):
        LibraryItem.objects.filter(pk=made["withdrawn"].pk).update(withdrawn_at=OUT_AT, withdrawn_because="Old")
    return made


def test_what_stands_in_the_library_is_out_and_not_withdrawn(items, officer):
    with everywhere(officer):
        assert list(LibraryItem.objects.standing()) == [items["published"]]
        assert list(LibraryItem.objects.unpublished()) == [items["written"]]


@pytest.mark.parametrize(
    ("words", "found"), [("numeros", {"published", "written"}), ("TELÉFONO", {"published"}), ("x", set())]
)
def test_items_are_found_by_title_and_summary_in_any_language(items, officer, words, found):
    with everywhere(officer):
        assert set(LibraryItem.objects.saying(words)) == {items[name] for name in found}


def test_downloads_are_added_up_by_version_and_counted_by_language(items, officer):
    with everywhere(officer):
        first, second = (items[name].versions.get().pk for name in ("published", "withdrawn"))
        for version, language in ((first, "en"), (first, "en"), (first, "es"), (second, "en")):
            LibraryDownload.objects.count_one(version, language)

        assert LibraryDownload.objects.by_version([first]) == {first: 3}
        assert LibraryDownload.objects.by_version([first, second]) == {first: 3, second: 1}
        counts = LibraryDownload.objects.filter(version=first).values_list("language", "count")
        assert dict(counts) == {"en": 2, "es": 1}
