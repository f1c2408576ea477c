"""Whoever speaks for a state that has nominated nobody is reminded 7 days and 1 day before nominations close, once."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.utils import timezone

from action_plan.models import Activity, Course
from action_plan.nomination_reminders import KIND, passed, remind
from common.days import today
from common.scope import PROGRAMME, scope
from member_states.models import Liaison
from notices.models import Mail
from notices.work import work
from tests.factories.accounts import make_staff
from tests.factories.member_states import make_liaison
from tests.factories.training import make_course, make_nomination

pytestmark = pytest.mark.django_db
CLOSES = date(2026, 12, 31)


@pytest.fixture
def course(chile, jamaica, lead_chl, deputy_chl, lead_jam):
    return make_course(chile, jamaica, nominations_close_on=a_day(7), opened_at=timezone.now() - timedelta(days=30))


def a_day(days):
    return today() + timedelta(days=days)


def changed(course, **facts):
    with scope(PROGRAMME):
        Course.objects.filter(pk=course.pk).update(**facts)


def ledger():
    with scope(PROGRAMME):
        rows = Mail.objects.filter(kind=KIND).values_list("person__name", "threshold")
        return sorted((name, threshold.split()[0]) for name, threshold in rows)


@pytest.mark.parametrize(
    ("opened", "day", "threshold"),
    [
        (-60, -8, None),
        (-60, -7, 7),
        (-60, -2, 7),
        (-60, -1, 1),
        (-60, 0, 1),
        (-8, -7, 7),
        (-7, -7, None),  # told today that they are open
        (-7, -1, 1),
        (-2, -1, 1),
        (-1, -1, None),
        (-1, 0, None),
    ],
)
def test_the_last_day_that_has_come_counts_unless_they_opened_since(opened, day, threshold):
    assert passed(CLOSES, CLOSES + timedelta(days=opened), CLOSES + timedelta(days=day)) == threshold


def test_lead_and_deputy_of_silent_states_are_reminded_once_each_time(course, chile, jamaica, lead_jam):
    make_liaison("Nora Kontakt", chile, "contact point")
    make_nomination(course, jamaica, by=lead_jam)
    remind()
    remind()
    expected = [("Camila Muestra", "-7"), ("Diego Muestra", "-7")]
    assert ledger() == expected

    changed(course, nominations_close_on=a_day(1))
    remind()
    remind()
    assert ledger() == sorted([*expected, ("Camila Muestra", "-1"), ("Diego Muestra", "-1")])


def test_a_nominee_who_was_withdrawn_is_nobody(course, jamaica, lead_jam):
    nomination = make_nomination(course, jamaica, by=lead_jam)
    with scope(PROGRAMME):
        type(nomination).objects.update(status="withdrawn")
    remind()

    assert ("Marcus Sample", "-7") in ledger()


@pytest.mark.parametrize(
    "facts",
    [
        {"nominations_close_on": today() + timedelta(days=8)},
        {"nominations_close_on": today() - timedelta(days=1)},
        {"opened_at": None},
    ],
)
def test_nobody_is_reminded_of_what_is_not_near_over_or_not_open(course, facts):
    changed(course, **facts)
    remind()

    assert ledger() == []


def test_nobody_is_reminded_of_what_is_cancelled(course):
    with scope(PROGRAMME):
        Activity.objects.update(status="cancelled", cancelled_because="No money")
    remind()

    assert ledger() == []


def test_another_closing_day_begins_a_new_count(course):
    remind()
    changed(course, nominations_close_on=a_day(6))
    remind()

    assert len(ledger()) == 6


def test_somebody_who_became_a_liaison_since_is_reminded_too(course, chile):
    remind()
    make_liaison("Lea Later", chile, "deputy")
    remind()

    assert ("Lea Later", "-7") in ledger()
    assert len(ledger()) == 4


def test_states_that_do_not_take_part_are_not_reminded(course, lead_bra):
    remind()

    assert "Beatriz Amostra" not in dict(ledger())


# The mail -------------------------------------------------------------------------------------------------------------


def sent_to(person, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with scope(PROGRAMME):
        waiting = Mail.objects.get(kind=KIND, person=person)
    work(Mail, waiting.pk)
    return [one for one in mail.outbox if one.to == [person.email]]


def test_the_mail_names_course_and_day_in_the_readers_language(course, lead_chl, speaks, settings):
    speaks(lead_chl, "es")
    with scope(PROGRAMME):
        Activity.objects.update(title_es="Gestión de incidentes")
    remind()
    (found,) = sent_to(lead_chl, settings)

    assert "Gestión de incidentes" in found.subject
    assert course.get_absolute_url() in found.body
    assert str(a_day(7).day) in found.subject


def test_it_does_not_go_out_once_somebody_is_nominated(course, chile, lead_chl, deputy_chl, settings):
    remind()
    make_nomination(course, chile, by=deputy_chl)

    assert sent_to(lead_chl, settings) == []


def test_it_does_not_go_to_who_reads_only_by_then(course, lead_chl, settings):
    remind()
    Liaison.objects.filter(person=lead_chl).update(kind="contact point")

    assert sent_to(lead_chl, settings) == []


def test_it_does_not_go_to_staff_who_nominate_nobody(course, chile, settings):
    both = make_staff("Oscar Segundo", "officer")
    Liaison.objects.create(state=chile, person=both, kind="deputy", starts_on=today())
    remind()

    assert sent_to(both, settings) == []


def test_of_two_states_of_one_person_the_silent_one_counts(course, chile, jamaica, lead_chl, settings):
    Liaison.objects.create(state=jamaica, person=lead_chl, kind="deputy", starts_on=today())
    remind()
    make_nomination(course, chile, by=lead_chl)

    assert len(sent_to(lead_chl, settings)) == 1
