"""Whom states nominated is known as long as somebody needs it, and no longer; so is whom nobody heard from."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.models import AuditEntry
from action_plan.actions.attendance import ask_for_evaluation, record
from action_plan.actions.certificates import entitled, issue
from action_plan.actions.selection import fill_seats
from action_plan.erasing import PERSONAL, erase_experts, erase_nominees
from action_plan.models import (
    Activity,
    Certificate,
    Course,
    CourseLetter,
    CourseSession,
    Expert,
    ExpertLetter,
    ExpertSkill,
    Nomination,
    ParticipantCount,
)
from action_plan.participants import verified
from action_plan.tasks import erase_people
from capability.models import Factor
from common.days import today
from common.scope import PROGRAMME, reach_of, scope
from review.actions import Refused
from tests.factories.experts import make_expert
from tests.factories.training import choose, fresh, make_course, make_nomination

pytestmark = pytest.mark.django_db
KEPT, KEPT_AFTER_TAKING_PART = 90, 365
NADIA = {"name": "Nadia Nominada", "email": "nadia@example.org", "institution": "Banco Ejemplo", "why": "Knows it"}


@pytest.fixture
def course(chile, jamaica):
    return make_course(chile, jamaica)


def aged(course, days):
    """Everything of it was `days` ago, and no link opens any more."""
    with scope(PROGRAMME):
        day, moment = today() - timedelta(days=days), timezone.now() - timedelta(days=days)
        Course.objects.filter(pk=course.pk).update(nominations_close_on=day)
        Activity.objects.filter(pk=course.activity_id).update(starts_on=day, ends_on=day, status="done")
        CourseSession.objects.filter(course=course).update(starts_at=moment - timedelta(hours=2), ends_at=moment)
        CourseLetter.objects.update(until=day)


def is_erased(nomination):
    erase_nominees()
    found = fresh(nomination)
    said = [getattr(found, name) for name in PERSONAL]
    assert (found.erased_at is not None) == (said == [""] * len(PERSONAL))
    return found.erased_at is not None


@pytest.mark.parametrize("status", ["nominated", "waiting", "not selected", "withdrawn"])
@pytest.mark.parametrize(("days", "goes"), [(KEPT, False), (KEPT + 1, True)])
def test_who_did_not_take_part_is_forgotten_after_90_days(course, chile, lead_chl, officer, status, days, goes):
    nomination = make_nomination(course, chile, by=lead_chl, **NADIA)
    if status in ("waiting", "not selected"):
        with scope(PROGRAMME):
            Course.objects.update(seats=1)
        choose(make_nomination(course, chile, by=lead_chl), by=officer)
        choose(nomination, status, "Too late", by=officer)
    else:
        with scope(PROGRAMME):
            Nomination.objects.filter(pk=nomination.pk).update(status=status)
    aged(course, days)

    assert fresh(nomination).status == status
    assert is_erased(nomination) == goes


@pytest.mark.parametrize(("days", "goes"), [(KEPT_AFTER_TAKING_PART, False), (KEPT_AFTER_TAKING_PART + 1, True)])
def test_who_took_part_is_forgotten_after_a_year(course, chile, lead_chl, officer, days, goes):
    nomination = choose(make_nomination(course, chile, by=lead_chl, **NADIA), by=officer)
    aged(course, days)

    assert is_erased(nomination) == goes


@pytest.fixture
def past(course, chile, lead_chl):
    """A nominee of a course that was 400 days ago."""
    nomination = make_nomination(course, chile, by=lead_chl, **NADIA)
    aged(course, 400)
    return nomination


def near():
    return today() - timedelta(days=KEPT)


@pytest.mark.parametrize(
    "late",
    [
        lambda course: Course.objects.update(nominations_close_on=near()),
        lambda course: Activity.objects.update(ends_on=near()),
        lambda course: Activity.objects.update(ends_on=None, starts_on=near()),
        lambda course: CourseSession.objects.filter(pk=course.sessions.first().pk).update(ends_at=timezone.now()),
    ],
)
def test_whatever_of_the_course_was_last_counts(course, past, late):
    with scope(PROGRAMME):
        late(course)

    assert not is_erased(past)


def test_a_course_without_dates_counts_from_the_day_nominations_closed(course, past):
    with scope(PROGRAMME):
        Activity.objects.update(starts_on=None, ends_on=None)

    assert is_erased(past)


@pytest.mark.parametrize(("until", "closed", "goes"), [(0, False, False), (0, True, True), (-1, False, True)])
def test_nobody_is_forgotten_while_a_link_of_theirs_opens(past, until, closed, goes):
    facts = {"until": today() + timedelta(days=until), "closed_at": timezone.now() if closed else None}
    CourseLetter.objects.create(nomination=past, about="not selected", **facts)

    assert is_erased(past) == goes


def test_another_course_keeps_its_people(past, chile, lead_chl):
    other = make_nomination(make_course(chile), chile, by=lead_chl)

    assert not is_erased(other)
    assert is_erased(past)


def test_once_erased_nothing_is_written_again(past):
    erase_nominees()
    first = fresh(past).erased_at

    assert erase_nominees() == 0
    assert fresh(past).erased_at == first


def test_the_task_does_it(past):
    erase_people()

    assert fresh(past).name == ""


# What stays, and what nobody does any more ----------------------------------------------------------------------------


@pytest.fixture
def graduate(course, chile, lead_chl, officer):
    """Somebody with a certificate of a course that is long over, and whose data is erased."""
    with scope(PROGRAMME):
        Course.objects.update(nominations_close_on=today())
    nadia = NADIA | {"email": "graduate@example.org"}
    nomination = choose(make_nomination(course, chile, by=lead_chl, **nadia, gender="woman"), by=officer)
    with scope(PROGRAMME):
        for session in course.sessions.all():
            record(course=course, session=session, was_there={nomination.pk: True}, by=officer)
        issue(course=course, by=officer)
    aged(course, 400)
    erase_nominees()
    return fresh(nomination)


def test_a_certificate_stays_what_it_is(graduate):
    with scope(PROGRAMME):
        number = Certificate.objects.get().number

    assert verified(number).name == "Nadia Nominada"


def test_the_figures_stay_and_are_counted_again_from_what_is_left(graduate, course, officer):
    with scope(PROGRAMME):
        before = ParticipantCount.objects.values_list("state", "sector", "women", "men").get()
        record(course=course, session=course.sessions.first(), was_there={graduate.pk: True}, by=officer)
        assert ParticipantCount.objects.values_list("state", "sector", "women", "men").get() == before


def test_who_waited_gets_no_seat(course, chile, lead_chl, officer):
    nomination = make_nomination(course, chile, by=lead_chl)
    aged(course, 400)
    with scope(PROGRAMME):
        Nomination.objects.update(status="waiting", waiting_since=timezone.now())
        erase_nominees()
        Activity.objects.update(status="confirmed")
        CourseSession.objects.update(ends_at=timezone.now() + timedelta(hours=1))
        fill_seats(course=course, by=officer)

    assert fresh(nomination).status == "waiting"


def test_who_was_there_gets_no_certificate_and_no_letter(course, chile, lead_chl, officer):
    nomination = choose(make_nomination(course, chile, by=lead_chl), by=officer)
    with scope(PROGRAMME):
        for session in course.sessions.all():
            record(course=course, session=session, was_there={nomination.pk: True}, by=officer)
        assert entitled(course, officer) == [nomination]
    aged(course, 400)
    erase_nominees()

    with scope(PROGRAMME):
        assert entitled(course, officer) == []
        with pytest.raises(Refused):
            ask_for_evaluation(course=course, by=officer)
        assert set(CourseLetter.objects.values_list("about", flat=True)) == {"selected"}


def test_nobody_decides_about_corrects_or_withdraws_whoever_is_forgotten(past, officer, lead_chl, sign_in):
    erase_nominees()
    page = past.course.get_absolute_url()

    with pytest.raises(Refused, match="was erased"):
        choose(past, by=officer)
    for person in (officer, lead_chl):
        browser = sign_in(person)
        assert browser.post(f"{page}nominations/{past.pk}/", NADIA).status_code == 403
        assert browser.post(f"{page}nominations/{past.pk}/withdraw/").status_code == 403


def test_the_pages_count_them_and_name_nobody(past, graduate, course, officer, lead_chl, sign_in):
    browser, page = sign_in(officer), course.get_absolute_url()
    selection = browser.get(f"{page}selection/").content.decode()
    certificates = browser.get(f"{page}certificates/").content.decode()

    assert "The personal data of 2 nominees was erased" in selection
    assert "Somebody whose data was erased" in browser.get(f"{page}attendance/").content.decode()
    assert f"nominations/{graduate.pk}/" not in certificates
    assert "@example.org" not in selection + certificates
    assert b"Nadia" not in b"".join(browser.get(f"{page}nominees.csv").streaming_content)

    own = sign_in(lead_chl).get(page).content.decode()
    assert "Nadia Nominada" in own  # whom the certificate names
    assert "Banco Ejemplo" not in own


def test_the_trail_never_held_it(past):
    erase_nominees()
    with scope(PROGRAMME), connection.cursor() as cursor:
        assert AuditEntry.objects.filter(model="action_plan.nomination").exists()
        cursor.execute("SELECT concat(before::text, after::text) FROM accounts_auditentry")
        trail = "".join(row[0] for row in cursor.fetchall())

    assert not [words for words in NADIA.values() if words in trail]


def test_the_database_takes_nobody_back(past):
    erase_nominees()
    with scope(PROGRAMME), pytest.raises(IntegrityError, match="nominee_erased_is_nobody"), transaction.atomic():
        Nomination.objects.filter(pk=past.pk).update(name="Nadia Nominada")


def test_two_who_are_forgotten_do_not_stand_in_each_others_way(course, chile, lead_chl, officer):
    people = [make_nomination(course, chile, by=lead_chl) for _ in range(2)]
    for person in people:
        choose(person, by=officer)
    aged(course, 400)

    assert erase_nominees() == 2


def test_a_liaison_erases_nobody(past, lead_chl):
    with scope(reach_of(lead_chl)):
        assert not Nomination.objects.filter(pk=past.pk, status="selected").update(name="")


# Experts --------------------------------------------------------------------------------------------------------------


@pytest.fixture
def factor(edition):
    return Factor.objects.first()


def entered(officer, days, **facts):
    with scope(PROGRAMME):
        expert = make_expert("Olga Example", officer, **{"status": "asked", "language": "pt-br", **facts})
        at = timezone.now() - timedelta(days=days)
        Expert.objects.filter(pk=expert.pk).update(made_at=at)
        ExpertLetter.objects.create(expert=expert, turn=1, queued_at=at)
    return expert


def left():
    erase_experts()
    with scope(PROGRAMME):
        found = Expert.objects.get()
    return (found.status, found.name, found.email, found.language) == ("left", "", "", "en")


@pytest.mark.parametrize(("days", "goes"), [(30, False), (KEPT, False), (KEPT + 1, True)])
def test_who_never_confirmed_is_forgotten_after_90_days(officer, factor, days, goes):
    entered(officer, days, skills={factor: 2})

    assert left() == goes
    with scope(PROGRAMME):
        assert ExpertSkill.objects.exists() != goes


def test_who_was_asked_again_has_time_again(officer):
    expert = entered(officer, KEPT + 1)
    ExpertLetter.objects.create(expert=expert, turn=2)

    assert not left()


def test_who_is_on_the_roster_stays(officer):
    entered(officer, 2000, status="confirmed")

    assert not left()


def test_who_has_left_is_not_left_again(officer):
    expert = entered(officer, KEPT + 1)
    erase_experts()
    with scope(PROGRAMME):
        before = Expert.objects.get(pk=expert.pk).left_at

    assert erase_experts() == 0
    with scope(PROGRAMME):
        assert Expert.objects.get(pk=expert.pk).left_at == before
