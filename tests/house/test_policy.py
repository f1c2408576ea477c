"""Corners of the policy that no page shows: querysets by themselves, asked by whoever may see less."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from accounts.actions import make_token
from accounts.models import ApiToken, AuditEntry, FactorReset, RecoveryCode, SignInLink, StaffRole, User
from audit.models import Fingerprint, Seal
from capability.models import Update
from capability.regional import tally
from common.scope import PROGRAMME, Reach, reach_of, scope
from documents.models import Loaded
from member_states.models import Liaison, MemberState
from ministry_desk.models import Letter
from notices.models import Mail
from reporting.models import Run, Schedule
from tests.factories.accounts import make_person, make_staff
from tests.factories.member_states import make_state
from tests.factories.ministry_desk import make_enquiry
from tests.factories.reporting import make_run, make_schedule

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


def test_a_link_that_is_used_leaves_the_others(link, deputy_chl):
    other = SignInLink.objects.create(person=deputy_chl, digest="e")

    assert SignInLink.objects.usable().use(link)
    assert list(SignInLink.objects.usable()) == [other]


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


def test_whoever_holds_two_roles_is_found_once(officer):
    StaffRole.objects.create(person=officer, role="observer", starts_on=timezone.now().date() - timedelta(days=9))

    assert list(User.objects.with_staff_role("officer", "observer")) == [officer]


def test_what_staff_say_among_themselves_is_not_read_by_who_speaks_for_the_state(update_chl, officer, lead_chl, chile):
    kind = next(iter(AuditEntry.AMONG_STAFF))
    with scope(PROGRAMME):
        talk = AuditEntry(verb="I", model=kind, object_id=1, after={"state_id": chile.pk})
        AuditEntry.objects.bulk_create([talk])
        Liaison.objects.create(state=chile, person=officer, kind="deputy", starts_on=timezone.now().date())
        both, one = User.objects.get(pk=officer.pk), make_staff("Nora Neutral", "officer")

        assert not AuditEntry.objects.visible_to(both).filter(model=kind)
        assert AuditEntry.objects.visible_to(both).filter(model="capability.update")
        assert AuditEntry.objects.visible_to(one).filter(model=kind).count() == 1


# Tokens


@pytest.fixture
def token(lead_chl):
    return make_token(name="A program", scopes=["read"], days=30, by=lead_chl)[0]


def test_tokens_are_shown_to_their_person_and_to_administrators(token, lead_chl, deputy_chl, manager, admin):
    people = (lead_chl, deputy_chl, manager, admin)

    assert [list(ApiToken.objects.visible_to(person)) for person in people] == [[token], [], [], [token]]
    assert not ApiToken.objects.visible_to(NOBODY)


@pytest.mark.parametrize(("seconds", "holds"), [(-1, True), (0, False), (1, False)])
def test_a_token_holds_until_the_moment_it_expires(token, seconds, holds):
    with time_machine.travel(token.expires_at + timedelta(seconds=seconds), tick=False):
        assert ApiToken.objects.usable().exists() is holds


@pytest.mark.parametrize(("seconds", "is_noted"), [(1, False), (60, False), (61, True), (119, True)])
def test_the_use_of_a_token_is_noted_to_the_minute(token, deputy_chl, seconds, is_noted):
    other = make_token(name="Another", scopes=["read"], days=30, by=deputy_chl)[0]
    began = timezone.now()
    with time_machine.travel(began, tick=False):
        ApiToken.objects.note_use(token)
    later = began + timedelta(seconds=seconds)
    with time_machine.travel(later, tick=False):
        ApiToken.objects.note_use(token)

    assert ApiToken.objects.get(pk=token.pk).last_used_at == (later if is_noted else began)
    assert ApiToken.objects.get(pk=other.pk).last_used_at is None


def test_the_trail_of_one_thing_is_not_that_of_its_namesakes(update_chl, update_jam, officer):
    with scope(PROGRAMME):
        AuditEntry.objects.bulk_create([AuditEntry(verb="R", model="a namesake", object_id=update_chl.pk)])
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


# States and their liaisons


def test_liaisons_are_shown_to_staff_administrators_and_their_own_state(
    lead_chl, deputy_chl, lead_jam, observer, admin, outsider
):
    everybody = {lead_chl, deputy_chl, lead_jam}
    people = {lead_chl: {lead_chl, deputy_chl}, lead_jam: {lead_jam}, observer: everybody, admin: everybody}
    for person, seen in (people | {outsider: set()}).items():
        reach_of(person)
        assert {liaison.person for liaison in Liaison.objects.visible_to(person)} == seen
    assert not Liaison.objects.visible_to(NOBODY)


def test_who_speaks_for_a_state_today_has_an_open_account(lead_chl, deputy_chl):
    close(deputy_chl)

    assert [liaison.person for liaison in Liaison.objects.current()] == [lead_chl]


def test_ones_own_states_are_those_one_speaks_for(lead_chl, lead_jam, officer, chile):
    assert list(MemberState.objects.own(lead_chl)) == [chile]
    assert not MemberState.objects.own(officer)
    assert not MemberState.objects.own(NOBODY)


def test_participating_is_who_takes_part_today(chile):
    make_state("cuba", participates=False)

    assert list(MemberState.objects.participating()) == [chile]


# What is read by programs of ours alone


def test_what_was_loaded_is_shown_to_nobody(manager, admin):
    Loaded.objects.create(model="a model", key="x", object_id=1, values={})

    for person in (manager, admin, NOBODY):
        assert not Loaded.objects.visible_to(person)


# Work


def test_work_that_waits_is_queued_and_due_or_was_left_by_its_worker(lead_chl):
    past, later = timezone.now() - timedelta(hours=1), timezone.now() + timedelta(hours=1)
    facts = {"kind": "x", "person": lead_chl}
    with scope(PROGRAMME):
        Mail.objects.bulk_create(
            Mail(object_id=number, status=status, lease_until=lease, not_before=due, **facts)
            for number, (status, lease, due) in enumerate(
                [
                    ("queued", None, past),
                    ("queued", None, later),
                    ("running", past, past),
                    ("running", later, past),
                    ("done", past, past),
                    ("failed", past, past),
                ]
            )
        )

        assert set(Mail.objects.waiting().values_list("object_id", flat=True)) == {0, 2}


def test_work_whose_lease_still_runs_is_not_spent(lead_chl):
    later = timezone.now() + timedelta(hours=1)
    facts = {"status": "running", "attempts": Mail.MAX_ATTEMPTS, "lease_until": later}
    with scope(PROGRAMME):
        Mail.objects.create(kind="x", object_id=1, person=lead_chl, **facts)

        assert not Mail.objects.spent()


def test_work_is_spent_when_its_last_attempt_ran_out_and_not_when_it_was_done(lead_chl):
    over = {"attempts": Mail.MAX_ATTEMPTS, "lease_until": timezone.now() - timedelta(hours=1)}
    standing = ["queued", "running", "done", "failed"]
    with scope(PROGRAMME):
        Mail.objects.bulk_create(
            Mail(kind="x", object_id=number, person=lead_chl, status=status, **over)
            for number, status in enumerate(standing)
        )

        assert [mail.status for mail in Mail.objects.spent()] == ["running"]


def test_reports_are_told_apart_by_how_far_they_are(chile):
    for number, status in enumerate(("queued", "running", "done", "failed")):
        make_run(chile, status=status, slot=timezone.now() + timedelta(days=number))
    with scope(PROGRAMME):
        found = {
            name: {run.status for run in getattr(Run.objects, name)()} for name in ("ready", "unfinished", "failed")
        }

    assert found == {"ready": {"done"}, "unfinished": {"queued", "running"}, "failed": {"failed"}}


def test_schedules_are_shown_to_staff_and_administrators(chile, manager, observer, admin, lead_chl):
    schedule = make_schedule(manager, chile)
    people = (manager, observer, admin, lead_chl)

    assert [list(Schedule.objects.visible_to(person)) for person in people] == [[schedule]] * 3 + [[]]
    assert not Schedule.objects.visible_to(NOBODY)


def test_letters_are_shown_to_their_state_and_that_there_are_some_to_administrators(
    update_chl, lead_chl, lead_jam, observer, admin
):
    letter = make_enquiry(update_chl, by=lead_chl).letters.get()
    seen = {}
    for person in (lead_chl, lead_jam, observer, admin):
        with scope(reach_of(person)):
            seen[person] = list(Letter.objects.visible_to(person))

    assert seen == {lead_chl: [letter], lead_jam: [], observer: [], admin: [letter]}


def test_a_letter_that_was_closed_is_in_force_no_more(update_chl, lead_chl):
    letter = make_enquiry(update_chl, by=lead_chl).letters.get()
    before = list(Letter.objects.in_force())
    Letter.objects.update(closed_at=timezone.now())

    assert (before, list(Letter.objects.in_force())) == ([letter], [])
