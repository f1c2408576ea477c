"""Votes of a working group: one for each team, known to the group once they are closed."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from common.days import today
from common.scope import PROGRAMME, Reach, reach_of, scope
from csirt_network.actions.votes import cast, close_vote, open_vote
from csirt_network.actions.working_groups import make_working_group
from csirt_network.models import Proposal, Vote, WorkingGroup, WorkingGroupSeat
from notices.models import Mail
from notices.sending import write
from review.actions import Refused
from tests.factories.csirt_network import make_member, make_team

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(manager, officer, rep_chl, analyst_chl, rep_banks, rep_jam):
    return {
        "manager": manager,
        "officer": officer,
        "rep_chl": rep_chl,
        "analyst_chl": analyst_chl,
        "rep_banks": rep_banks,
        "rep_jam": rep_jam,
    }


@pytest.fixture
def group(people, csirt_chl, csirt_jam):
    """In the chair: the team of Chile. Jamaica's takes part, that of the banks does not."""
    with scope(PROGRAMME):
        facts = {"name_en": "Malware", "mandate_en": "To compare samples.", "chair_team": csirt_chl}
        return make_working_group(group=WorkingGroup(**facts), teams=[csirt_jam], by=people["manager"])


@pytest.fixture
def proposal(people, group):
    with as_(people["rep_chl"]):
        made = Proposal(title="Meet in May", text="In Santiago.")
        return open_vote(proposal=made, group=group, last_day=today(), by=people["rep_chl"])


def as_(person):
    return scope(reach_of(User.objects.get(pk=person.pk)))


def vote(proposal, team, person, choice="yes"):
    with as_(person):
        cast(proposal=proposal, team=team, choice=choice, by=person)


def seen(people, model=Vote):
    """How many rows each may see, once both walls have said the same."""
    found = {}
    for name, person in people.items():
        with as_(person):
            person = User.objects.get(pk=person.pk)
            assert set(model.objects.visible_to(person)) == set(model.objects.all()), name
            found[name] = model.objects.count()
    return {name: count for name, count in found.items() if count}


def test_the_group_and_the_programme_read_what_is_proposed(people, proposal):
    assert seen(people, Proposal) == dict.fromkeys(["manager", "officer", "rep_chl", "analyst_chl", "rep_jam"], 1)


def test_each_team_sees_its_own_vote_until_all_see_all(people, proposal, csirt_chl, csirt_jam):
    vote(proposal, csirt_chl, people["analyst_chl"])
    vote(proposal, csirt_jam, people["rep_jam"], "no")
    assert seen(people) == {"rep_chl": 1, "analyst_chl": 1, "rep_jam": 1}

    with as_(people["rep_chl"]):
        close_vote(proposal=proposal, by=people["rep_chl"])

    assert seen(people) == dict.fromkeys(["manager", "officer", "rep_chl", "analyst_chl", "rep_jam"], 2)


def test_the_portal_alone_hides_what_others_said(people, proposal, csirt_chl, csirt_jam):
    """Where the database hides neither vote."""
    vote(proposal, csirt_chl, people["analyst_chl"])
    vote(proposal, csirt_jam, people["rep_jam"], "no")

    def told(name):
        person = User.objects.get(pk=people[name].pk)
        with scope(Reach(teams=(csirt_chl.pk, csirt_jam.pk), community=True)):
            assert Vote.objects.count() == 2
            return list(Vote.objects.visible_to(person).values_list("team", flat=True))

    assert (told("rep_jam"), told("manager"), told("rep_banks")) == ([csirt_jam.pk], [], [])


def test_a_team_votes_once_and_may_change_it(people, proposal, csirt_chl):
    vote(proposal, csirt_chl, people["analyst_chl"])
    vote(proposal, csirt_chl, people["rep_chl"], "abstain")

    with as_(people["rep_chl"]):
        assert [(one.choice, one.by) for one in Vote.objects.all()] == [("abstain", people["rep_chl"])]


def test_nobody_votes_for_another_team_or_without_a_seat(people, proposal, csirt_chl, csirt_banks):
    for team, person in ((csirt_chl, people["rep_jam"]), (csirt_banks, people["rep_banks"])):
        with as_(person), pytest.raises(DatabaseError), transaction.atomic():
            Vote.objects.create(proposal=proposal, team=team, choice="yes", by=person)


def test_what_is_closed_takes_no_vote_and_opens_no_more(people, proposal, csirt_chl):
    vote(proposal, csirt_chl, people["rep_chl"])
    with as_(people["rep_chl"]):
        close_vote(proposal=proposal, by=people["rep_chl"])
        assert not Proposal.objects.update(closes_at=timezone.now() + timedelta(days=1))
        assert not Vote.objects.update(choice="no")
        with pytest.raises(Refused, match="closed"):
            cast(proposal=proposal, team=csirt_chl, choice="no", by=people["rep_chl"])


def test_it_lasts_until_the_day_is_over_in_the_west(proposal):
    assert proposal.last_day == today()
    assert proposal.closes_at.utcoffset() == timedelta(hours=-10)


@pytest.mark.parametrize(
    ("who", "answer"), [("rep_chl", 302), ("officer", 302), ("analyst_chl", 403), ("rep_jam", 403)]
)
def test_the_chair_opens_and_closes(people, group, proposal, sign_in, who, answer):
    browser, votes = sign_in(people[who]), f"/working-groups/{group.slug}/votes/"

    made = browser.post(f"{votes}new/", {"title": "Again", "text": "In June.", "last_day": f"{today()}"})

    assert made.status_code == answer
    assert browser.post(f"{votes}{proposal.pk}/close/").status_code == answer


def test_a_vote_from_the_page(people, group, proposal, csirt_jam, sign_in):
    browser, page = sign_in(people["rep_jam"]), f"/working-groups/{group.slug}/votes/{proposal.pk}/"

    assert "Meet in May" in browser.get(f"/working-groups/{group.slug}/").content.decode()
    assert "Vote for my team" in browser.get(page).content.decode()
    unsaid = browser.post(f"{page}vote/", {})
    assert browser.post(f"{page}vote/", {"choice": "no"}).status_code == 302
    assert f"{csirt_jam} votes “No”" in browser.get(page).content.decode()
    with as_(people["rep_chl"]):
        close_vote(proposal=proposal, by=people["rep_chl"])
    late = browser.post(f"{page}vote/", {"choice": "yes"})

    assert (unsaid.status_code, "Choose yes, no or abstain" in unsaid.content.decode()) == (422, True)
    assert (late.status_code, "This vote is closed" in late.content.decode()) == (409, True)
    assert "Result" in late.content.decode()


def test_a_day_that_is_over_is_refused(people, group, sign_in):
    words = {"title": "Kept", "text": "In June.", "last_day": f"{today() - timedelta(days=1)}"}

    answer = sign_in(people["rep_chl"]).post(f"/working-groups/{group.slug}/votes/new/", words)

    assert (answer.status_code, "Choose today or a later day" in answer.content.decode()) == (422, True)
    assert "Kept" in answer.content.decode()


@pytest.mark.parametrize("language", ["en", "es", "fr", "pt-br"])
def test_the_group_is_told_until_its_team_has_voted(people, group, proposal, csirt_jam, speaks, language):
    speaks(people["rep_jam"], language)
    with scope(PROGRAMME):
        mail = Mail.objects.get(kind="vote opened", person=people["rep_jam"])

    letter = write(mail)
    vote(proposal, csirt_jam, people["rep_jam"])

    assert (str(group) in letter.subject, "Meet in May" in letter.body) == (True, False)
    assert write(mail) is None


def test_pages_ask_as_often_for_many_teams_and_proposals_as_for_one(people, group, proposal, csirt_chl, sign_in):
    def asked():
        """By page. A vote that is open, one that is closed, and the group."""
        found = []
        for path in ("", f"votes/{proposal.pk}/", f"votes/{closed.pk}/"):
            with CaptureQueriesContext(connection) as queries:
                assert browser.get(f"/working-groups/{group.slug}/{path}").status_code == 200
            found.append(len([each for each in queries if "set_config" not in each["sql"]]))
        return found

    closed = proposed(group, people["rep_chl"])
    vote(closed, csirt_chl, people["rep_chl"])
    end(closed)
    browser = sign_in(people["rep_jam"])
    few = asked()
    for number in range(6):
        closed = proposed(group, people["rep_chl"])
        for team, person in ((csirt_chl, people["rep_chl"]), *((voter(group, number * 6 + n)) for n in range(6))):
            vote(closed, team, person)
        end(closed)

    assert asked() == few


def proposed(group, by):
    with as_(by):
        return open_vote(proposal=Proposal(title="x", text="x"), group=group, last_day=today(), by=by)


def voter(group, number):
    with scope(PROGRAMME):
        team = make_team(f"Team {number}", group.chair_team.state, kind="sector")
        WorkingGroupSeat.objects.create(group=group, team=team)
        return team, make_member(f"Person {number}", team)


def end(proposal):
    with scope(PROGRAMME):
        close_vote(proposal=proposal, by=proposal.opened_by)
