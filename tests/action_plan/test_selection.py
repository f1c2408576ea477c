"""Who has a seat, who waits and who moves up; a state sees its own nominees alone."""

import pytest
from django.core import mail
from django.db import DatabaseError, transaction

from action_plan.actions.selection import Decision, decide, withdraw
from action_plan.forms.training import NominationForm
from action_plan.models import CourseLetter, Nomination
from common.days import today
from common.scope import PROGRAMME, reach_of, scope
from member_states.models import Liaison
from notices.models import Mail
from notices.work import work
from review.actions import Refused
from tests.factories.member_states import make_liaison
from tests.factories.training import a_day, choose, fresh, link_of, make_course, make_nomination, make_session

pytestmark = pytest.mark.django_db


@pytest.fixture
def course(chile, jamaica):
    return make_course(chile, jamaica, seats=1)


def test_a_state_reads_its_own_nominees_alone(course, chile, lead_chl, deputy_chl, lead_jam, officer):
    make_nomination(course, chile, by=lead_chl)

    for person, number in ((lead_chl, 1), (deputy_chl, 1), (lead_jam, 0), (officer, 1)):
        with scope(reach_of(person)):
            assert Nomination.objects.visible_to(person).count() == Nomination.objects.count() == number


def test_a_liaison_cannot_nominate_for_another_state(course, jamaica, lead_chl):
    with pytest.raises((Refused, DatabaseError)), transaction.atomic():
        make_nomination(course, jamaica, by=lead_chl)


def test_a_state_that_does_not_take_part_cannot_nominate(chile, jamaica, lead_jam):
    course = make_course(chile, audience="states")

    with pytest.raises(Refused, match="does not take part"):
        make_nomination(course, jamaica, by=lead_jam)


def test_after_the_closing_day_nobody_is_nominated(chile, lead_chl):
    for facts in ({"nominations_close_on": a_day(-1)}, {"opened_at": None}):
        course = make_course(chile, slug=f"late-{len(facts)}-{next(iter(facts))}", **facts)

        with pytest.raises(Refused, match="not taken now"):
            make_nomination(course, chile, by=lead_chl)
    assert make_nomination(make_course(chile, slug="today", nominations_close_on=today()), chile, by=lead_chl)


def test_somebody_is_nominated_once_by_a_state_whatever_the_letters(course, chile, lead_chl):
    make_nomination(course, chile, by=lead_chl, email="ana@example.org")

    with pytest.raises(Refused, match="already"):
        make_nomination(course, chile, by=lead_chl, email="Ana@example.org")


def test_a_liaison_cannot_give_a_seat_past_the_rules(course, chile, lead_chl):
    nomination = make_nomination(course, chile, by=lead_chl)
    rows = Nomination.objects.filter(pk=nomination.pk)

    with pytest.raises(DatabaseError), scope(reach_of(lead_chl)):
        rows.update(status="selected", seat=1)


def test_the_last_seat_is_given_once(course, chile, jamaica, lead_chl, lead_jam, officer):
    first, second = make_nomination(course, chile, by=lead_chl), make_nomination(course, jamaica, by=lead_jam)
    choose(first, by=officer)

    with pytest.raises(Refused, match="All 1 seats"):
        choose(second, by=officer)
    assert fresh(second).status == "nominated"


def test_all_decisions_of_the_table_hold_or_none(course, chile, lead_chl, officer):
    people = [make_nomination(course, chile, by=lead_chl) for _ in range(2)]

    with pytest.raises(Refused), scope(reach_of(officer)):
        decide(course=course, decisions=[Decision(p.pk, "selected", "", "nominated") for p in people], by=officer)

    assert [fresh(p).status for p in people] == ["nominated", "nominated"]


def test_a_seat_that_is_freed_in_the_table_goes_to_whom_the_table_says(course, chile, lead_chl, officer):
    first, second = (make_nomination(course, chile, by=lead_chl) for _ in range(2))
    choose(first, by=officer)

    with scope(reach_of(officer)):
        told = [Decision(second.pk, "selected", "", "nominated"), Decision(first.pk, "waiting", "", "selected")]
        decide(course=course, decisions=told, by=officer)

    assert (fresh(first).status, fresh(second).status) == ("waiting", "selected")


def test_not_selected_needs_a_reason(course, chile, lead_chl, officer):
    nomination = make_nomination(course, chile, by=lead_chl)

    with pytest.raises(Refused, match="Say why"):
        choose(nomination, "not selected", by=officer)


def test_what_somebody_changed_meanwhile_is_not_decided_over(course, chile, lead_chl, officer):
    nomination = make_nomination(course, chile, by=lead_chl)
    with scope(reach_of(lead_chl)):
        withdraw(nomination=nomination, by=lead_chl)

    with pytest.raises(Refused, match="meanwhile"), scope(reach_of(officer)):
        decide(course=course, decisions=[Decision(nomination.pk, "selected", "", "nominated")], by=officer)


def test_whoever_waits_longest_moves_up_when_somebody_withdraws(
    coming_course, chile, jamaica, lead_chl, lead_jam, officer
):
    """The liaison of Chile frees the seat, and somebody of Jamaica gets it: the liaison learns nothing of it."""
    course = coming_course
    first = choose(make_nomination(course, chile, by=lead_chl), by=officer)
    second = choose(make_nomination(course, jamaica, by=lead_jam), "waiting", by=officer)
    third = choose(make_nomination(course, chile, by=lead_chl), "waiting", by=officer)

    with scope(reach_of(lead_chl)):
        withdraw(nomination=first, by=lead_chl)
        withdraw(nomination=first, by=lead_chl)

    assert [fresh(p).status for p in (first, second, third)] == ["withdrawn", "selected", "waiting"]
    told = Mail.objects.filter(kind="nomination decided", object_id=second.pk)
    with scope(PROGRAMME):
        assert sorted(told.values_list("person__name", "threshold")) == [(lead_jam.name, "1"), (lead_jam.name, "2")]


@pytest.fixture
def coming_course(chile, jamaica):
    """Its last session is still to come."""
    course = make_course(chile, jamaica, seats=1)
    make_session(course, days_ago=-5)
    return course


def test_nobody_moves_up_when_the_course_is_over(course, chile, lead_chl, officer):
    first = choose(make_nomination(course, chile, by=lead_chl), by=officer)
    second = choose(make_nomination(course, chile, by=lead_chl), "waiting", by=officer)

    with scope(reach_of(lead_chl)):
        withdraw(nomination=first, by=lead_chl)

    assert fresh(second).status == "waiting"


def test_one_address_has_one_seat_in_a_course(chile, jamaica, lead_chl, lead_jam, officer):
    course = make_course(chile, jamaica, seats=5)
    choose(make_nomination(course, chile, by=lead_chl, email="ana@example.org"), by=officer)
    other = make_nomination(course, jamaica, by=lead_jam, email="ana@example.org")

    with pytest.raises(Refused, match="has a seat already"):
        choose(other, by=officer)


@pytest.mark.parametrize("status", ["selected", "waiting", "not selected"])
def test_a_nominee_is_told_in_a_letter(course, chile, lead_chl, officer, client, status):
    nomination = choose(make_nomination(course, chile, by=lead_chl), status, "Come next year", by=officer)

    address = link_of(nomination, status)

    letter = mail.outbox[-1]
    assert letter.to == [nomination.email]
    page = client.get(address)
    assert page.status_code == 200
    assert nomination.name in page.content.decode()
    assert page["X-Robots-Tag"] == "noindex"


def test_a_letter_that_is_not_so_any_more_is_not_sent(course, chile, lead_chl, officer):
    nomination = choose(make_nomination(course, chile, by=lead_chl), by=officer)
    choose(nomination, "not selected", "A mistake", by=officer)

    letter = CourseLetter.objects.get(nomination=nomination, about="selected")
    work(CourseLetter, letter.pk)

    letter.refresh_from_db()
    assert (letter.status, mail.outbox) == ("done", [])
    assert letter.sent_at is None


def test_a_link_of_somebody_else_or_none_opens_nothing(client):
    for token in ("x", "A" * 43, "certificate"):
        answer = client.get(f"/participants/{token}/")

        assert answer.status_code == 404


def test_the_link_of_whom_the_state_withdrew_opens_nothing(course, chile, lead_chl, officer, client):
    nomination = choose(make_nomination(course, chile, by=lead_chl), by=officer)
    address = link_of(nomination, "selected")

    with scope(reach_of(lead_chl)):
        withdraw(nomination=nomination, by=lead_chl)

    assert client.get(address).status_code == 404


def test_nobody_decides_about_nominees_of_the_own_state(course, chile, jamaica, lead_chl, lead_jam, officer):
    own, other = make_nomination(course, chile, by=lead_chl), make_nomination(course, jamaica, by=lead_jam)
    Liaison.objects.create(state=chile, person=officer, kind="deputy", starts_on=a_day(-1))

    with pytest.raises(Refused, match="You speak for the state of Nominee"):
        choose(own, by=officer)
    assert fresh(own).status == "nominated"
    assert choose(other, by=officer).status == "selected"


# A national contact point reads ---------------------------------------------------------------------------------------


@pytest.fixture
def contact_point(chile):
    return make_liaison("Nora Kontakt", chile, "contact point")


PERSON = {
    "name": "Nadia Nueva",
    "email": "nadia@example.org",
    "institution": "A university",
    "sector": "academia",
    "gender": "woman",
    "language": "fr",
    "why": "Teaches it",
}


@pytest.mark.parametrize("verb", ["nominate/", "nominations/{pk}/", "nominations/{pk}/withdraw/"])
def test_a_contact_point_reads_nominees_and_writes_nothing(course, chile, lead_chl, contact_point, sign_in, verb):
    nomination = make_nomination(course, chile, by=lead_chl)
    browser, page = sign_in(contact_point), course.get_absolute_url()
    address = f"{page}{verb.format(pk=nomination.pk)}"

    shown = browser.get(page).content.decode()

    assert nomination.name in shown
    assert address not in shown
    assert browser.post(address, PERSON).status_code == 403
    assert (fresh(nomination).status, fresh(nomination).name) == ("nominated", nomination.name)


@pytest.mark.parametrize("kind", ["lead", "deputy"])
def test_who_writes_for_one_state_and_reads_for_another_nominates_for_the_first(course, chile, jamaica, kind):
    person = make_liaison("Diego Doble", chile, kind)
    Liaison.objects.create(state=jamaica, person=person, kind="contact point", starts_on=a_day(-1))

    with scope(reach_of(person)):
        assert NominationForm(course=course, by=person).states == [chile]
