"""What a program sent with a key of its own is known again for a day, to its person alone."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from accounts.models import SentKey

pytestmark = pytest.mark.django_db
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


def test_keys_are_shown_to_their_person_alone(lead_chl: Any, deputy_chl: Any, admin: Any) -> None:
    key = SentKey.objects.create(person=lead_chl, key=uuid.uuid4(), asked="x", made=1)
    people = (lead_chl, deputy_chl, admin, AnonymousUser())

    assert [list(SentKey.objects.visible_to(person)) for person in people] == [[key], [], [], []]


@pytest.mark.parametrize(("age", "is_over"), [(DAY - SECOND, False), (DAY, True), (DAY + SECOND, True)])
def test_a_key_serves_for_a_day(lead_chl: Any, age: timedelta, is_over: bool) -> None:
    now = timezone.now()
    SentKey.objects.create(person=lead_chl, key=uuid.uuid4(), asked="x", made=1, made_at=now - age)

    with time_machine.travel(now, tick=False):
        assert SentKey.objects.over().exists() is is_over
        assert SentKey.objects.current().exists() is not is_over
