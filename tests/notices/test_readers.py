"""Who sees which mail, preference and dead address, and what is narrowed to, asked of the querysets themselves."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from common.scope import PROGRAMME, Reach, reach_of, scope
from notices.models import DeadAddress, Mail, MailPreference
from notices.querysets import FAILED_OF_LATE

pytestmark = pytest.mark.django_db


def test_mail_is_everybodys_own_the_staffs_but_what_is_private_and_what_failed_the_administrators(
    lead_chl: Any, officer: Any, observer: Any, admin: Any
) -> None:
    portal = SimpleNamespace(reach=PROGRAMME)
    people = (lead_chl, officer, observer, admin, portal)
    for person in people:
        reach_of(person)
    with scope(PROGRAMME):
        for number, (kind, person, facts) in enumerate((
            ("lead's", lead_chl, {}), ("failed", lead_chl, {"status": "failed"}),
            ("private", lead_chl, {"is_private": True}), ("officer's private", officer, {"is_private": True}),
            ("private failed", officer, {"status": "failed", "is_private": True}), ("admin's", admin, {}),
        )):  # fmt: skip
            Mail.objects.create(kind=kind, object_id=number, person=person, **facts)
        seen = [{mail.kind for mail in Mail.objects.visible_to(person)} for person in people]

    of_officer = {"officer's private", "private failed"}
    public = {"lead's", "failed", "admin's"}
    assert seen == [
        {"lead's", "failed", "private"},
        public | of_officer,
        public,
        {"failed", "admin's"},
        public | of_officer | {"private"},
    ]


def test_what_failed_of_late_is_not_what_went_to_an_address_that_is_known_to_be_dead(
    lead_chl: Any, lead_jam: Any, officer: Any
) -> None:
    now = timezone.now()
    with scope(PROGRAMME), time_machine.travel(now, tick=False):
        for kind, person, facts in (
            ("failed", lead_chl, {}), ("on the day", lead_chl, {"finished_at": now - FAILED_OF_LATE}),
            ("long ago", lead_chl, {"finished_at": now - FAILED_OF_LATE - timedelta(seconds=1)}),
            ("done", lead_chl, {"status": "done"}), ("dead", lead_jam, {}),
        ):  # fmt: skip
            Mail.objects.create(
                **{"kind": kind, "object_id": 1, "person": person, "status": "failed", "finished_at": now} | facts
            )
        DeadAddress.objects.create(person=lead_jam, address=lead_jam.email, reason="x", by=officer)

        assert {mail.kind for mail in Mail.objects.failed()} == {"failed", "on the day"}


def test_an_address_is_dead_while_somebody_has_it_and_nobody_says_that_it_works(
    lead_chl: Any, lead_jam: Any, officer: Any, observer: Any, admin: Any
) -> None:
    people = (lead_chl, lead_jam, observer, admin)
    for person in people:
        reach_of(person)
    with scope(PROGRAMME):
        facts = {"reason": "x", "by": officer}
        stands = DeadAddress.objects.create(person=lead_chl, address=lead_chl.email, **facts)
        former = DeadAddress.objects.create(person=lead_chl, address="former@example.org", **facts)
        works = DeadAddress.objects.create(
            person=lead_jam, address=lead_jam.email, ended_at=timezone.now(), ended_by=officer, **facts
        )
        every = {stands, former, works}

        assert list(DeadAddress.objects.standing()) == [stands]
        seen = [set(DeadAddress.objects.visible_to(person)) for person in people]
        assert seen == [{stands, former}, {works}, every, every]


def test_how_soon_somebody_wants_mail_is_theirs_alone(lead_chl: Any, officer: Any, admin: Any) -> None:
    people = (lead_chl, officer, admin)
    for person in people:
        reach_of(person)
    with scope(Reach(person=lead_chl.pk)):
        MailPreference.objects.create(person=lead_chl, matter="x", pace="daily")
        seen = [MailPreference.objects.visible_to(person).count() for person in people]

    assert seen == [1, 0, 0]
