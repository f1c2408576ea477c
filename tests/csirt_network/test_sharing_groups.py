"""Sharing groups: who makes them, who is told of whom, and that hidden members are seen in no channel."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from common.days import today
from common.scope import PROGRAMME, reach_of, scope
from csirt_network.actions.audiences import readers_of
from csirt_network.actions.groups import end_group, make_group
from csirt_network.models import GroupMember, Recipient, SharingGroup
from csirt_network.sharing_groups import teams_shown

pytestmark = pytest.mark.django_db


@pytest.fixture
def group(manager, csirt_chl, csirt_jam):
    with scope(PROGRAMME):
        return make_group(group=SharingGroup(name="Banks at sea"), teams=[csirt_chl, csirt_jam], by=manager)


@pytest.fixture
def hidden(manager, csirt_chl, csirt_jam):
    facts = {"name": "Whoever was hit", "hides_members": True}
    with scope(PROGRAMME):
        return make_group(group=SharingGroup(**facts), teams=[csirt_chl, csirt_jam], by=manager)


def shown_to(person, group):
    person = User.objects.get(pk=person.pk)
    with scope(reach_of(person)):
        return [str(team) for team in teams_shown(person, [group])[0].teams]


def test_members_are_told_of_each_other_where_the_group_shows_them(group, rep_chl, analyst_chl, rep_jam, observer):
    for person in (rep_chl, analyst_chl, rep_jam, observer):
        assert shown_to(person, group) == ["CIRT of Jamaica", "CSIRT of Chile"]


def test_hidden_members_are_told_of_themselves_alone(hidden, rep_chl, rep_jam, observer):
    assert shown_to(rep_chl, hidden) == ["CSIRT of Chile"]
    assert shown_to(rep_jam, hidden) == ["CIRT of Jamaica"]
    assert shown_to(observer, hidden) == ["CIRT of Jamaica", "CSIRT of Chile"]


def test_the_database_shows_each_team_its_own_row(group, hidden, rep_chl, csirt_chl):
    with scope(reach_of(rep_chl)):
        assert {member.team for member in GroupMember.objects.all()} == {csirt_chl}
        assert SharingGroup.objects.count() == 2


def test_a_group_is_unknown_to_who_is_not_in_it(group, hidden, rep_banks, sign_in):
    browser = sign_in(rep_banks)

    assert "Banks at sea" not in browser.get("/sharing-groups/").content.decode()
    assert browser.get(f"/sharing-groups/{group.slug}/").status_code == 404


def test_no_page_says_who_is_hidden_or_how_many_they_are(hidden, rep_chl, sign_in):
    browser = sign_in(rep_chl)
    pages = [browser.get(path) for path in ("/sharing-groups/", f"/sharing-groups/{hidden.slug}/")]

    for page in pages:
        assert page.status_code == 200
        assert "Jamaica" not in page.content.decode()
        assert "2 teams" not in page.content.decode()
    assert browser.get("/sharing-groups.csv").status_code == 403
    assert browser.get(f"/sharing-groups/{hidden.slug}/edit/").status_code == 403


def test_pages_ask_as_often_for_many_groups(manager, csirt_chl, csirt_jam, rep_chl, sign_in):
    browser = sign_in(rep_chl)
    counts = []
    for number in range(3):
        with scope(PROGRAMME):
            make_group(group=SharingGroup(name=f"Group {number}"), teams=[csirt_chl, csirt_jam], by=manager)
        with CaptureQueriesContext(connection) as asked:
            browser.get("/sharing-groups/")
        counts.append(len(asked))

    assert counts[0] == counts[-1]


def test_an_officer_makes_fills_and_ends_a_group(officer, csirt_chl, csirt_jam, sign_in):
    browser = sign_in(officer)
    made = browser.post("/sharing-groups/new/", {"name": "Ships", "teams": [csirt_chl.pk], "hides_members": "on"})
    browser.post(f"{made['Location']}edit/", {"name": "Ports", "teams": [csirt_jam.pk]})
    page = browser.post(f"{made['Location']}end/", follow=True)

    with scope(PROGRAMME):
        group = SharingGroup.objects.get()
        assert [member.team for member in group.members.all()] == [csirt_jam]
    assert (group.name, group.slug, group.hides_members, group.is_running) == ("Ports", "ships", False, False)
    assert "Ended on" in page.content.decode()


def test_two_groups_of_one_name_have_two_addresses(officer, csirt_chl, sign_in):
    browser = sign_in(officer)

    made = [browser.post("/sharing-groups/new/", {"name": "Ships", "teams": [csirt_chl.pk]}) for _ in range(2)]

    assert [answer["Location"] for answer in made] == ["/sharing-groups/ships/", "/sharing-groups/ships-2/"]


def test_what_was_typed_is_kept(officer, csirt_chl, sign_in):
    wrong = {"name": "Kept name", "ends_on": str(today() - timedelta(days=1)), "teams": [csirt_chl.pk]}

    answer = sign_in(officer).post("/sharing-groups/new/", wrong)

    assert answer.status_code == 422
    assert "Kept name" in answer.content.decode()
    assert "This day is over" in answer.content.decode()


def test_a_group_begins_with_the_teams_of_a_template(officer, csirt_chl, csirt_jam, sign_in):
    with scope(PROGRAMME):
        type(csirt_jam).objects.filter(pk=csirt_jam.pk).update(sectors=["finance"], languages=["en"])
    browser = sign_in(officer)

    for template in ("sector:finance", "language:en", f"sub-region:{csirt_jam.state.sub_region}"):
        form = browser.get(f"/sharing-groups/new/?template={template}").context["form"]
        assert [str(team) for team in form.initial["teams"]] == ["CIRT of Jamaica"], template
    assert browser.get("/sharing-groups/new/?template=nonsense").status_code == 200


def test_nothing_goes_to_a_group_that_has_ended(group, manager, csirt_chl, csirt_jam):
    chosen = [Recipient(kind="group", group=group)]
    with scope(PROGRAMME):
        before = readers_of(chosen, tlp="AMBER", author=manager)
        end_group(group=group, by=manager)
        after = readers_of(chosen, tlp="AMBER", author=manager)

    assert (before.teams, after.teams) == ({csirt_chl.pk, csirt_jam.pk}, frozenset())


@pytest.mark.parametrize("who", ["observer", "rep_chl", "lead_chl", "outsider", "admin"])
def test_others_make_no_groups(group, request, sign_in, who):
    browser = sign_in(request.getfixturevalue(who))

    assert browser.post("/sharing-groups/new/", {"name": "Mine"}).status_code == 403
    assert browser.post(f"/sharing-groups/{group.slug}/end/").status_code in (403, 404)
    with scope(PROGRAMME):
        assert SharingGroup.objects.get().is_running
