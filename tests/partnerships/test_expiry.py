"""Whoever is responsible and the people of its parties are told before an agreement ends, once for each day."""

from datetime import timedelta

import pytest
from django.utils import timezone

from common.days import today
from common.scope import PROGRAMME, scope
from notices.kinds import known
from notices.models import Mail
from partnerships.actions.agreements import renew
from partnerships.expiry import KIND, remind
from partnerships.models import Agreement
from tests.factories.partnerships import make_agreement, make_contact, make_partner

pytestmark = pytest.mark.django_db


@pytest.fixture
def microsoft():
    with scope(PROGRAMME):
        return make_partner("Microsoft")


@pytest.fixture
def contact(microsoft):
    return make_contact("Paula Partner", microsoft)


def ending(partner, left, **facts):
    """Entered a year ago."""
    with scope(PROGRAMME):
        made = make_agreement("Ours", partner, end="stated", ends_on=today() + timedelta(days=left), **facts)
        Agreement.objects.filter(pk=made.pk).update(made_at=timezone.now() - timedelta(days=365))
        made.refresh_from_db()
    return made


def told():
    remind()
    remind()
    with scope(PROGRAMME):
        return sorted((mail.person.name, mail.threshold.split()[0]) for mail in Mail.objects.filter(kind=KIND))


@pytest.mark.parametrize(
    ("left", "days"),
    [(181, None), (180, "180"), (91, "180"), (90, "90"), (31, "90"), (30, "30"), (1, "30"), (0, "0"), (-3, "0")],
)
def test_each_day_is_told_once_and_a_missed_one_is_made_up_for(microsoft, contact, officer, left, days):
    ending(microsoft, left, owner=officer)

    assert told() == ([("Ana Ejemplo", days), ("Paula Partner", days)] if days else [])


def test_the_next_day_is_told_anew(microsoft, contact, officer):
    made = ending(microsoft, 90, owner=officer)
    first = told()
    with scope(PROGRAMME):
        Agreement.objects.filter(pk=made.pk).update(ends_on=made.ends_on - timedelta(days=60))

    assert len(first) == 2
    assert len(told()) == 4


def test_where_nobody_is_responsible_the_managers_are_told(microsoft, manager):
    ending(microsoft, 30)

    assert told() == [("Marta Gestora", "30")]


@pytest.mark.parametrize("facts", [{"phase": "draft"}, {"ended_on": "2026-01-01", "ended_because": "It was done."}])
def test_of_what_is_not_in_force_nobody_is_told(microsoft, officer, facts):
    ending(microsoft, 30, owner=officer, **facts)

    assert told() == []


def test_of_what_was_over_when_it_was_entered_nobody_is_told(microsoft, officer):
    ending(microsoft, -366, owner=officer)

    assert told() == []


def test_partners_hear_nothing_of_what_only_the_staff_read(microsoft, contact, officer):
    ending(microsoft, 30, owner=officer, audience="staff")

    assert told() == [("Ana Ejemplo", "30")]


def test_what_is_renewed_meanwhile_is_told_no_more(microsoft, contact, officer):
    made = ending(microsoft, 30, owner=officer)
    told()
    find = known(KIND).find
    with scope(PROGRAMME):
        before = find(officer, made.pk)
        successor = renew(agreement=made, by=officer)
        Agreement.objects.filter(pk=successor.pk).update(phase="concluded")

        assert before == made
        assert find(officer, made.pk) is None
