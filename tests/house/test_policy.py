"""Corners of the policy that no page shows: querysets by themselves, asked by whoever may see less."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from accounts.models import AuditEntry, FactorReset, RecoveryCode, SignInLink, StaffRole, User
from audit.models import Fingerprint, Seal
from capability.models import Update
from capability.regional import tally
from common.scope import PROGRAMME, Reach, reach_of, scope
from notices.models import Mail
from tests.factories.accounts import make_person

pytestmark = pytest.mark.django_db
NOBODY = AnonymousUser()


def close(person):
    User.objects.filter(pk=person.pk).update(is_active=False)


@pytest.fixture
def link(lead_chl):
    return SignInLink.objects.create(person=lead_chl, digest="d")


def test_a_link_serves_once_and_for_its_minutes_and_while_the_account_is_open(link, lead_chl):
    usable = SignInLink.objects.usable

    assert list(usable()) == [link]
    SignInLink.objects.update(made_at=timezone.now() - timedelta(minutes=SignInLink.LIFETIME_MINUTES + 1))
    assert not usable()
    SignInLink.objects.update(made_at=timezone.now())
    assert usable().use(link)
    assert not usable()
    SignInLink.objects.update(used_at=None)
    close(lead_chl)
    assert not usable()


def test_nobody_is_shown_links(link, manager, admin):
    for person in (manager, admin, NOBODY):
        assert not SignInLink.objects.visible_to(person)


def test_a_recovery_code_serves_its_person_once_while_the_account_is_open(lead_chl, deputy_chl):
    RecoveryCode.objects.create(person=lead_chl, digest="d")

    assert not RecoveryCode.objects.use(deputy_chl, "d")
    assert not RecoveryCode.objects.use(lead_chl, "e")
    assert RecoveryCode.objects.use(lead_chl, "d")
    assert not RecoveryCode.objects.use(lead_chl, "d")
    RecoveryCode.objects.update(used_at=None)
    close(lead_chl)
    assert not RecoveryCode.objects.use(lead_chl, "d")


def test_codes_are_shown_to_their_person_and_to_administrators(lead_chl, deputy_chl, manager, admin):
    code = RecoveryCode.objects.create(person=lead_chl, digest="d")
    seen = {person: list(RecoveryCode.objects.visible_to(person)) for person in (lead_chl, deputy_chl, manager, admin)}

    assert seen == {lead_chl: [code], deputy_chl: [], manager: [], admin: [code]}
    assert not RecoveryCode.objects.visible_to(NOBODY)


def test_resets_are_shown_to_those_who_make_them_and_to_the_person(lead_chl, deputy_chl, manager, officer, admin):
    FactorReset.objects.bulk_create([FactorReset(person=lead_chl, by=manager, reason="lost")])
    who = (lead_chl, deputy_chl, manager, officer, admin)
    for person in who:
        reach_of(person)

    assert [FactorReset.objects.visible_to(person).count() for person in who] == [1, 0, 1, 0, 1]
    assert not FactorReset.objects.visible_to(NOBODY)


def test_people_and_roles_are_shown_to_staff_and_administrators_and_the_own_to_everybody(lead_chl, observer, admin):
    for person in (observer, admin):
        reach_of(person)
        assert set(User.objects.visible_to(person)) == set(User.objects.all())
        assert set(StaffRole.objects.visible_to(person)) == set(StaffRole.objects.all())
    reach_of(lead_chl)
    assert list(User.objects.visible_to(lead_chl)) == [lead_chl]
    assert not StaffRole.objects.visible_to(lead_chl)
    assert not User.objects.visible_to(NOBODY)
    assert not StaffRole.objects.visible_to(NOBODY)


def test_roles_are_found_among_the_open_accounts_that_hold_them_today(officer, manager):
    assert set(User.objects.with_staff_role("officer")) == {officer}
    assert set(User.objects.with_staff_role("officer", "manager")) == {officer, manager}
    close(officer)
    assert not User.objects.with_staff_role("officer")
    StaffRole.objects.filter(person=manager).update(ends_on=timezone.now().date() - timedelta(days=9))
    assert not User.objects.with_staff_role("manager")
    assert not StaffRole.objects.current().filter(person=manager)


def test_the_trail_of_one_thing_is_not_that_of_its_namesakes(update_chl, officer):
    with scope(PROGRAMME):
        entries = AuditEntry.objects.of(update_chl)

        assert entries
        assert {(entry.model, entry.object_id) for entry in entries} == {("capability.update", update_chl.pk)}


def test_seals_are_for_staff_and_administrators(lead_chl, observer, admin):
    with scope(PROGRAMME):
        Seal.objects.bulk_create([Seal(entries=1, digest="d")])
        Fingerprint.objects.exists()
        for person in (lead_chl, observer, admin):
            reach_of(person)

        assert [Seal.objects.visible_to(person).exists() for person in (lead_chl, observer, admin)] == [
            False,
            True,
            True,
        ]
        assert not Seal.objects.visible_to(NOBODY)
        assert not Fingerprint.objects.visible_to(admin).exists()
        assert not Fingerprint.objects.visible_to(NOBODY).exists()


def test_updates_are_told_apart_by_where_they_are(update_chl, update_jam):
    with scope(PROGRAMME):
        assert set(Update.objects.to_fill()) == {update_chl, update_jam}
        assert not Update.objects.accepted()
        assert not Update.objects.waiting_for_review()


def test_an_update_is_read_in_full_by_its_state_and_by_staff(update_chl, update_jam, lead_chl, officer):
    with scope(PROGRAMME):
        assert list(Update.objects.in_full(lead_chl)) == [update_chl]
        assert set(Update.objects.in_full(officer)) == {update_chl, update_jam}
        assert not Update.objects.in_full(NOBODY)


def test_mail_is_shown_to_whom_it_is_for_and_to_staff(lead_chl, lead_jam, officer):
    with scope(PROGRAMME):
        mail = Mail.objects.create(kind="round_opened", object_id=1, person=lead_chl)

        assert list(Mail.objects.visible_to(lead_chl)) == [mail]
        assert not Mail.objects.visible_to(lead_jam)
        assert list(Mail.objects.visible_to(officer)) == [mail]


def test_what_is_reached_is_not_under_way_as_well():
    counted = tally(35, [(True, True, 7), (True, True, None), (False, True, None), (False, False, 3)])

    assert (counted.confirmed, counted.reported, counted.under_way) == (1, 1, 1)
    assert (counted.reached, counted.empty) == (2, 32)


def test_a_person_without_anything_reaches_nothing(db):
    assert reach_of(NOBODY) == Reach()
    stranger = make_person("Otto Outside")
    assert reach_of(stranger) == Reach(person=stranger.pk)
