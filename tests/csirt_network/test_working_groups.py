"""Working groups: the network knows what they are for; who takes part knows what they do."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, transaction
from django.utils import timezone

from accounts.models import User
from common.scope import PROGRAMME, reach_of, scope
from csirt_network.actions.working_groups import add_paper, make_working_group
from csirt_network.calendar import as_calendar
from csirt_network.models import (
    Meeting,
    Paper,
    WorkingGroup,
    WorkingGroupMember,
    WorkingGroupSeat,
)
from tests.factories.library import a_file, reach_for

pytestmark = pytest.mark.django_db
INSIDE = (WorkingGroupMember, Meeting, Paper)
SOON = timezone.now() + timedelta(days=3)
MEETING = {"title": "First", "starts_at": "2027-03-01T14:00", "ends_at": "2027-03-01T15:00", "place": "Santiago"}


@pytest.fixture
def people(manager, officer, observer, lead_chl, rep_chl, analyst_chl, rep_banks, rep_jam, outsider):
    return {
        "anon": AnonymousUser(),
        "manager": manager,
        "officer": officer,
        "observer": observer,
        "lead_chl": lead_chl,
        "rep_chl": rep_chl,
        "analyst_chl": analyst_chl,
        "rep_banks": rep_banks,
        "rep_jam": rep_jam,
        "outsider": outsider,
    }


def make_group(by, *teams, chair=None, **facts):
    facts = {"name_en": "Malware in banks", "mandate_en": "To compare samples.", **facts}
    with scope(PROGRAMME):
        return make_working_group(group=WorkingGroup(chair_team=chair, **facts), teams=teams, by=by)


@pytest.fixture
def group(people, csirt_chl):
    """In the chair: the team of Chile; nobody else takes part."""
    group = make_group(people["manager"], chair=csirt_chl)
    with scope(reach_for(csirt_chl, people["rep_chl"])):
        whole = {"starts_at": SOON, "ends_at": SOON + timedelta(hours=1), "made_by": people["rep_chl"]}
        Meeting.objects.create(group=group, title="First", place="Santiago", **whole)
        paper = Paper(title="Samples", tlp="AMBER")
        add_paper(paper=paper, group=group, upload=a_file(), by=people["rep_chl"])
    return group


def seen(people, model):
    """Whom the portal shows any, once it is sure that the database shows the same ones."""
    found = set()
    for name, person in people.items():
        person = person if name == "anon" else User.objects.get(pk=person.pk)
        with scope(reach_of(person)):
            assert set(model.objects.visible_to(person)) == set(model.objects.all()), name
            found |= {name} if model.objects.exists() else set()
    return found


STAFF = {"manager", "officer", "observer"}


def test_the_network_knows_the_mandate_and_members_the_rest(people, group):
    assert seen(people, WorkingGroup) == {*STAFF, "rep_chl", "analyst_chl", "rep_banks", "rep_jam"}
    for model in (*INSIDE, WorkingGroupSeat):
        assert seen(people, model) == {*STAFF, "rep_chl", "analyst_chl"}


def test_a_seat_comes_with_the_representatives(people, group):
    with scope(PROGRAMME):
        assert [member.person for member in WorkingGroupMember.objects.all()] == [people["rep_chl"]]


def test_a_team_takes_no_seat_in_a_closed_group(people, group, csirt_jam):
    with scope(reach_for(csirt_jam, people["rep_jam"])), pytest.raises(DatabaseError), transaction.atomic():
        WorkingGroupSeat.objects.create(group=group, team=csirt_jam)


def test_a_team_seats_no_other_team(people, csirt_chl, csirt_jam):
    group = make_group(people["manager"], chair=csirt_chl, is_open=True)

    with scope(reach_for(csirt_chl, people["rep_chl"])), pytest.raises(DatabaseError), transaction.atomic():
        WorkingGroupSeat.objects.create(group=group, team=csirt_jam)


def test_a_team_joins_an_open_group_and_leaves_it(people, csirt_chl, csirt_jam, sign_in):
    group = make_group(people["manager"], chair=csirt_chl, is_open=True)
    browser, page = sign_in(people["rep_jam"]), f"/working-groups/{group.slug}/"

    assert "Take part" in browser.get(page).content.decode()
    browser.post(f"{page}join/")
    assert "Who takes part" in browser.get(page).content.decode()
    browser.post(f"{page}leave/")

    assert "Who takes part" not in browser.get(page).content.decode()


@pytest.mark.parametrize("who", ["analyst_chl", "rep_jam", "rep_banks", "observer"])
def test_who_may_not_join_is_told_so(people, csirt_chl, csirt_banks, sign_in, who):
    """Analysts of a team that has no seat, teams that were not invited, and staff, who read anyway."""
    group = make_group(people["manager"], is_open=who == "analyst_chl")

    assert sign_in(people[who]).post(f"/working-groups/{group.slug}/join/").status_code == 403


def test_an_analyst_takes_part_for_a_team_that_has_a_seat(people, group, sign_in):
    sign_in(people["analyst_chl"]).post(f"/working-groups/{group.slug}/join/")

    with scope(PROGRAMME):
        assert WorkingGroupMember.objects.filter(person=people["analyst_chl"]).exists()


def test_the_team_in_the_chair_does_not_leave(people, group, sign_in):
    assert sign_in(people["rep_chl"]).post(f"/working-groups/{group.slug}/leave/").status_code == 403


@pytest.mark.parametrize(
    ("who", "answer"), [("rep_chl", 302), ("officer", 302), ("analyst_chl", 403), ("rep_jam", 403)]
)
def test_the_chair_calls_meetings(people, group, sign_in, who, answer):
    made = sign_in(people[who]).post(f"/working-groups/{group.slug}/meetings/new/", MEETING)

    assert made.status_code == answer


def test_times_are_those_of_whoever_calls_the_meeting(people, group, sign_in):
    people["rep_chl"].time_zone = "America/Santiago"
    people["rep_chl"].save()

    sign_in(people["rep_chl"]).post(f"/working-groups/{group.slug}/meetings/new/", MEETING)

    with scope(PROGRAMME):
        assert Meeting.objects.latest("pk").starts_at == datetime(2027, 3, 1, 17, tzinfo=UTC)


def test_a_meeting_has_an_end_and_a_place(people, group, sign_in):
    wrong = {**MEETING, "ends_at": "2027-03-01T13:00", "place": "", "title": "Kept"}

    answer = sign_in(people["rep_chl"]).post(f"/working-groups/{group.slug}/meetings/new/", wrong)

    assert answer.status_code == 422
    for sentence in ("ends before it begins", "Say where the meeting is", "Kept"):
        assert sentence in answer.content.decode()


def test_a_meeting_goes_into_a_calendar(people, group, sign_in):
    with scope(PROGRAMME):
        meeting = Meeting.objects.select_related("group").get()

    answer = sign_in(people["analyst_chl"]).get(f"/working-groups/{group.slug}/meetings/{meeting.pk}/calendar.ics")

    lines = answer.content.decode().split("\r\n")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert lines[0] == "BEGIN:VCALENDAR"
    assert "SUMMARY:Malware in banks: First" in lines
    assert f"DTSTART:{meeting.starts_at:%Y%m%dT%H%M%SZ}" in lines


def test_no_words_begin_a_line_of_the_calendar(people, group):
    words = "Ação, plan; \\ \r\nATTENDEE:mailto:x@example.org\r" + "ñ" * 90

    content = as_calendar(
        Meeting(pk=1, group=group, title=words, starts_at=SOON, ends_at=SOON, changed_at=SOON), address="x"
    )

    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    unfolded = content.replace(b"\r\n ", b"").decode()
    assert f"Malware in banks: Ação\\, plan\\; \\\\ \\nATTENDEE:mailto:x@example.org\\n{'ñ' * 90}" in unfolded
    assert "\nATTENDEE" not in unfolded


def test_papers_carry_their_label(people, group, sign_in):
    browser = sign_in(people["analyst_chl"])
    added = browser.post(
        f"/working-groups/{group.slug}/papers/new/",
        {"title": "Rules", "tlp": "AMBER+STRICT", "file": a_file("rules.pdf")},
    )
    with scope(PROGRAMME):
        paper = Paper.objects.get(title="Rules")
    answer = browser.get(f"/working-groups/{group.slug}/papers/{paper.token}/")
    assert b"".join(answer.streaming_content).startswith(b"%PDF")

    assert added.status_code == 302
    assert answer["Content-Disposition"] == 'attachment; filename="TLP-AMBER+STRICT rules.pdf"'
    assert sign_in(people["rep_jam"]).get(f"/working-groups/{group.slug}/papers/{paper.token}/").status_code == 404


def test_an_officer_makes_and_changes_a_group(people, csirt_jam, sign_in):
    browser = sign_in(people["officer"])
    words = {"name_es": "Grupo", "mandate_es": "Comparar", "starts_on": "2026-01-01", "teams": [csirt_jam.pk]}

    made = browser.post("/working-groups/new/", words)
    browser.post(f"{made['Location']}edit/", words | {"teams": [], "ends_on": "2026-02-01"})
    wrong = browser.post("/working-groups/new/", words | {"ends_on": "2025-01-01"})

    with scope(PROGRAMME):
        group = WorkingGroup.objects.get()
        assert not group.seats.exists()
    assert (str(group), group.slug, group.is_running) == ("Grupo", "grupo", False)
    assert (wrong.status_code, "comes before the first" in wrong.content.decode()) == (422, True)


@pytest.mark.parametrize("who", ["observer", "rep_chl", "lead_chl", "outsider"])
def test_others_make_no_groups(people, sign_in, who):
    assert sign_in(people[who]).post("/working-groups/new/", {"name_en": "Mine"}).status_code == 403
