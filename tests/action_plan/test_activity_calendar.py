"""The calendar of the portal and those that other programs read by an address of their own."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from action_plan.actions.calendar_feeds import make_feed, revoke
from action_plan.models import Activity, CalendarFeed
from common.scope import PROGRAMME, reach_of, scope
from member_states.models import Liaison
from review.actions import Refused
from tests.factories.action_plan import make_activity

pytestmark = pytest.mark.django_db


@pytest.fixture
def activities(chile, jamaica, officer):
    day = timezone.localdate() + timedelta(days=20)
    with scope(PROGRAMME):
        return {
            "chile": make_activity("Of Chile", chile, starts_on=day, ends_on=day),
            "jamaica": make_activity("Of Jamaica", jamaica, starts_on=day, ends_on=day),
            "public": make_activity("For everybody", jamaica, audience="public", starts_on=day, ends_on=None),
            "staff": make_activity("An idea", chile, audience="staff", starts_on=day, ends_on=day, officer=officer),
            "undated": make_activity("Some day", chile, starts_on=None, ends_on=None),
        }


def address_of(person, state=None, *, is_own_work=False):
    person = User.objects.get(pk=person.pk)
    with scope(reach_of(person)):
        feed, secret = make_feed(name="My phone", state=state, is_own_work=is_own_work, by=person)
    return feed, f"/calendars/{secret}/activities.ics"


def events(response):
    """Unfolded (RFC 5545, section 3.1), as dicts by property name without its parameters."""
    assert response.status_code == 200
    lines = response.content.decode().replace("\r\n ", "").split("\r\n")
    found, event = [], None
    for line in lines:
        name, _colon, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            event = {}
        elif line == "END:VEVENT":
            found.append(event)
        elif event is not None:
            event[name.split(";")[0]] = value
    return found


def titles(response):
    return {event["SUMMARY"] for event in events(response)}


def test_a_calendar_shows_what_its_person_may_read_today(client, activities, lead_chl, lead_jam, officer, outsider):
    assert titles(client.get(address_of(lead_chl)[1])) == {"Of Chile", "For everybody"}
    assert titles(client.get(address_of(lead_jam)[1])) == {"Of Jamaica", "For everybody"}
    assert titles(client.get(address_of(officer)[1])) == {"Of Chile", "Of Jamaica", "For everybody", "An idea"}
    assert titles(client.get(address_of(outsider)[1])) == {"For everybody"}


def test_a_calendar_of_a_state_shows_no_more_than_its_reader_may_know(
    client, activities, lead_chl, officer, chile, jamaica
):
    assert titles(client.get(address_of(lead_chl, chile)[1])) == {"Of Chile"}
    assert titles(client.get(address_of(lead_chl, jamaica)[1])) == {"For everybody"}
    assert titles(client.get(address_of(officer, jamaica)[1])) == {"Of Jamaica", "For everybody"}


def test_a_calendar_of_the_own_work(client, activities, officer):
    assert titles(client.get(address_of(officer, is_own_work=True)[1])) == {"An idea"}


def test_a_calendar_loses_what_its_person_lost(client, activities, lead_chl):
    _feed, address = address_of(lead_chl)
    Liaison.objects.filter(person=lead_chl).update(ends_on=timezone.localdate() - timedelta(days=2))

    assert titles(client.get(address)) == {"For everybody"}


def test_whoever_is_signed_in_beside_it_changes_nothing(activities, lead_chl, manager, sign_in):
    assert titles(sign_in(manager).get(address_of(lead_chl)[1])) == {"Of Chile", "For everybody"}


def test_a_revoked_calendar_an_old_one_and_one_of_a_closed_account_show_nothing(
    client, activities, lead_chl, lead_jam, officer
):
    revoked, first = address_of(lead_chl)
    with scope(reach_of(User.objects.get(pk=lead_chl.pk))):
        revoke(feed=revoked, by=User.objects.get(pk=lead_chl.pk))
    old, second = address_of(lead_jam)
    with scope(PROGRAMME):
        CalendarFeed.objects.filter(pk=old.pk).update(expires_at=timezone.now())
    _feed, third = address_of(officer)
    User.objects.filter(pk=officer.pk).update(is_active=False)

    assert [client.get(address).status_code for address in (first, second, third)] == [404, 404, 404]


def test_only_a_digest_of_the_address_is_kept(activities, lead_chl):
    feed, address = address_of(lead_chl)
    with scope(PROGRAMME):
        kept = str(CalendarFeed.objects.filter(pk=feed.pk).values().get())
    assert address.split("/")[2] not in kept


def test_one_event_keeps_its_id_and_counts_its_changes(client, activities, officer, lead_chl):
    _feed, address = address_of(lead_chl)
    before = next(event for event in events(client.get(address)) if event["SUMMARY"] == "Of Chile")
    with scope(PROGRAMME):
        Activity.objects.filter(pk=activities["chile"].pk).update(title_en="Moved", edited=1)
    after = next(event for event in events(client.get(address)) if event["SUMMARY"] == "Moved")

    assert before["UID"] == after["UID"]
    assert (before["SEQUENCE"], after["SEQUENCE"]) == ("0", "1")


def test_what_is_cancelled_says_so(client, activities, lead_chl):
    _feed, address = address_of(lead_chl)
    with scope(PROGRAMME):
        Activity.objects.filter(pk=activities["chile"].pk).update(
            status="cancelled", cancelled_because="Flooded; sorry"
        )

    event = next(event for event in events(client.get(address)) if event["SUMMARY"] == "Of Chile")

    assert event["STATUS"] == "CANCELLED"
    assert "Flooded\\; sorry" in event["DESCRIPTION"]


def test_hours_are_moments_and_days_are_days(client, activities, lead_chl):
    _feed, address = address_of(lead_chl)
    with scope(PROGRAMME):
        Activity.objects.filter(pk=activities["chile"].pk).update(
            starts_on="2026-12-09", ends_on=None, starts_at="09:00", ends_at="16:00", time_zone="America/Santiago"
        )
        Activity.objects.filter(pk=activities["public"].pk).update(starts_on="2026-12-01", precision="month")
    found = {event["SUMMARY"]: event for event in events(client.get(address))}

    assert (found["Of Chile"]["DTSTART"], found["Of Chile"]["DTEND"]) == ("20261209T120000Z", "20261209T190000Z")
    assert (found["For everybody"]["DTSTART"], found["For everybody"]["DTEND"]) == ("20261201", "20270101")


def test_nobodys_words_become_a_property_of_their_own(client, activities, lead_chl):
    _feed, address = address_of(lead_chl)
    with scope(PROGRAMME):
        Activity.objects.filter(pk=activities["chile"].pk).update(
            place="Here\r\nATTACH:http://bad.example", about="é" * 500
        )

    answer = client.get(address)

    assert b"\r\nATTACH" not in answer.content
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))


def test_a_program_that_has_it_already_is_told_so(client, activities, lead_chl):
    _feed, address = address_of(lead_chl)
    tag = client.get(address)["ETag"]
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304


def test_the_address_is_shown_once_and_may_be_revoked(sign_in, activities, lead_chl, lead_jam):
    client = sign_in(lead_chl)
    made = client.post("/activities/feeds/", {"name": "My phone", "shows": "chile"}).content.decode()
    assert "/calendars/" in made
    assert "activities.ics" not in client.get("/activities/feeds/").content.decode()
    with scope(PROGRAMME):
        feed = CalendarFeed.objects.get()
    assert sign_in(lead_jam).post(f"/activities/feeds/{feed.pk}/revoke/").status_code == 404

    sign_in(lead_chl).post(f"/activities/feeds/{feed.pk}/revoke/")

    with scope(PROGRAMME):
        assert CalendarFeed.objects.get().revoked_at


@pytest.mark.parametrize("wrong", [{"name": ""}, {"shows": "atlantis"}, {"shows": "mine"}, {"name": "x" * 61}])
def test_a_wrong_wish_is_explained(sign_in, activities, lead_chl, wrong):
    answer = sign_in(lead_chl).post("/activities/feeds/", {"name": "Phone", "shows": "everything"} | wrong)
    assert answer.status_code == 422


def test_nobody_has_more_calendars_than_they_can_keep_in_mind(activities, lead_chl):
    for _ in range(CalendarFeed.MOST):
        address_of(lead_chl)
    with pytest.raises(Refused):
        address_of(lead_chl)


def test_the_month_shows_what_touches_it_and_nothing_else(sign_in, observer, chile):
    with scope(PROGRAMME):
        make_activity("Begun before", chile, starts_on="2026-10-20", ends_on="2026-11-02")
        make_activity("Within", chile, starts_on="2026-11-10", ends_on=None)
        make_activity("Goes on", chile, starts_on="2026-11-30", ends_on="2026-12-04")
        make_activity("Some time", chile, starts_on="2026-11-01", ends_on=None, precision="month")
        make_activity("Over", chile, starts_on="2026-10-01", ends_on="2026-10-31")
        make_activity("Later", chile, starts_on="2026-12-01", ends_on="2026-12-01")
    page = sign_in(observer).get("/activities/calendar/?month=2026-11").content.decode()

    shown = {
        word for word in ("Begun before", "Within", "Goes on", "Some time", "Over", "Later") if f">{word}</a>" in page
    }
    assert shown == {"Begun before", "Within", "Goes on", "Some time"}
    assert page.count(">Begun before</a>") == 2


@pytest.mark.parametrize(
    "month", ["", "2026", "2026-13", "2026-00", "0000-01", "9999-12", "nonsense", "２０２６-11", "1990-01", "2199-12"]
)
def test_any_month_is_answered(client, month):
    assert client.get("/activities/calendar/", {"month": month}).status_code == 200


def test_the_calendar_is_narrowed_like_the_list(sign_in, observer, chile, jamaica):
    with scope(PROGRAMME):
        make_activity("Of Chile", chile)
        make_activity("Of Jamaica", jamaica)
    page = sign_in(observer).get("/activities/calendar/?month=2026-11&state=jamaica").content.decode()

    assert ">Of Jamaica</a>" in page
    assert ">Of Chile</a>" not in page
