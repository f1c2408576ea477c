"""Who sees which invitations and who keeps them, whatever the page shows."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import StaffRole, User
from common.scope import PROGRAMME, reach_of, scope
from invitations import powers
from invitations.actions.accepting import accept
from invitations.actions.inviting import take_back
from invitations.models import APPLICANT, Invitation
from tests.factories.accounts import make_person
from tests.factories.invitations import PASSWORD, link_of, make_invitation

pytestmark = pytest.mark.django_db


def afresh(person: Any) -> Any:
    return User.objects.get(pk=person.pk)


def seen_by(person: Any) -> int:
    """Past the wall, so that the portal speaks for itself."""
    with scope(PROGRAMME):
        return Invitation.objects.visible_to(afresh(person)).count()


def test_of_a_state_by_its_liaisons_and_the_staff_alone(
    manager: Any, officer: Any, observer: Any, admin: Any, lead_chl: Any, deputy_chl: Any, lead_jam: Any, rep_chl: Any
) -> None:
    make_invitation("deputy", lead_chl.liaisons.get().state, by=lead_chl)

    for person in (manager, officer, observer, admin, lead_chl, deputy_chl):
        assert seen_by(person) == 1, person
    for person in (lead_jam, rep_chl, make_person("Nobody")):
        assert seen_by(person) == 0, person


def test_of_a_team_by_the_team_and_the_staff_alone(
    manager: Any, lead_chl: Any, rep_chl: Any, analyst_chl: Any, rep_jam: Any, csirt_chl: Any
) -> None:
    make_invitation("analyst", by=rep_chl, team=csirt_chl)

    assert [seen_by(person) for person in (manager, rep_chl, analyst_chl, rep_jam, lead_chl)] == [1, 1, 1, 0, 0]


def waiting() -> int:
    with scope(PROGRAMME):
        return Invitation.objects.pending().count()


def test_what_was_taken_back_or_accepted_waits_no_more(manager: Any, sign_in: Any) -> None:
    back, accepted = make_invitation("officer", by=manager), make_invitation("observer", by=manager)
    assert waiting() == 2

    with scope(reach_of(afresh(manager))):
        take_back(invitation=back, by=afresh(manager))
    assert waiting() == 1
    accept(secret=link_of(accepted).rstrip("/").rsplit("/", 1)[-1], by=None, password=PASSWORD)

    assert waiting() == 0
    assert "Nadia Nueva" not in sign_in(manager).get(reverse("people"), {"status": "ended"}).content.decode()


def test_at_the_end_of_its_hours_it_is_over(manager: Any) -> None:
    made = make_invitation("officer", by=manager)
    with scope(PROGRAMME):
        with time_machine.travel(made.expires_at - timedelta(microseconds=1), tick=False):
            assert Invitation.objects.usable().exists()
        with time_machine.travel(made.expires_at, tick=False):
            assert not Invitation.objects.usable().exists()


@pytest.mark.parametrize(("words", "found"), [("nueva", 1), ("nadia@", 1), ("", 1), ("camila", 0)])
def test_one_is_found_by_name_or_by_address(manager: Any, words: str, found: int) -> None:
    make_invitation("officer", by=manager)

    with scope(PROGRAMME):
        assert Invitation.objects.matching(words).count() == found


def keep(client: Client, verb: str, invitation: Invitation) -> int:
    return client.post(reverse(f"invitation-{verb}", args=[invitation.pk])).status_code


@pytest.mark.parametrize("verb", ["again", "take-back"])
def test_it_is_kept_by_whoever_may_give_it(
    verb: str, manager: Any, officer: Any, rep_chl: Any, analyst_chl: Any, csirt_chl: Any, sign_in: Any
) -> None:
    of_staff = make_invitation("observer", by=manager)
    of_team = make_invitation("analyst", by=rep_chl, team=csirt_chl, email="second@example.org")

    assert [keep(sign_in(person), verb, of_staff) for person in (officer, manager)] == [403, 302]
    assert [keep(sign_in(person), verb, of_team) for person in (officer, analyst_chl, rep_chl)] == [403, 403, 302]


def test_the_people_of_a_team_are_the_teams_and_the_programmes_to_see(
    manager: Any, officer: Any, observer: Any, lead_chl: Any, rep_chl: Any, analyst_chl: Any, rep_jam: Any, sign_in: Any
) -> None:
    page = reverse("team-people", args=[rep_chl.teams.get().team.slug])

    for person in (manager, officer, rep_chl, analyst_chl):
        assert sign_in(person).get(page).status_code == 200, person
    for person in (observer, lead_chl, rep_jam):
        assert sign_in(person).get(page).status_code == 403, person


def test_its_representatives_alone_invite_to_a_team(
    manager: Any, rep_chl: Any, analyst_chl: Any, rep_jam: Any, csirt_chl: Any, sign_in: Any
) -> None:
    page = reverse("invite-to-team", args=[csirt_chl.slug])

    assert [sign_in(one).get(page).status_code for one in (rep_chl, analyst_chl, rep_jam, manager)] == [
        200,
        403,
        403,
        403,
    ]


def test_who_lets_somebody_apply_for_a_state(
    manager: Any,
    officer: Any,
    observer: Any,
    admin: Any,
    lead_chl: Any,
    deputy_chl: Any,
    lead_jam: Any,
    rep_chl: Any,
    chile: Any,
) -> None:
    for person in (manager, officer, lead_chl, deputy_chl):
        assert powers.may_give(afresh(person), APPLICANT, chile), person
    for person in (observer, admin, lead_jam, rep_chl):
        assert not powers.may_give(afresh(person), APPLICANT, chile), person


def test_an_officer_ends_no_role_of_staff_not_even_one_that_has_not_begun(officer: Any, manager: Any) -> None:
    """Whoever will be staff ranks no higher than anybody until then."""
    later = timezone.now().date() + timedelta(days=9)
    held = StaffRole.objects.create(person=make_person("Newcomer"), role="observer", starts_on=later)

    assert not powers.may_end(afresh(officer), held)
    assert powers.may_end(afresh(manager), held)


def test_nobody_raises_themselves(manager: Any, officer: Any) -> None:
    """One's own role is lowered at most, and only while it is held."""
    own, ended = StaffRole.objects.get(person=manager), StaffRole.objects.get(person=officer)
    StaffRole.objects.filter(pk=ended.pk).update(ended_at=timezone.now())

    assert {role for role in powers.STAFF_ROLES if powers.may_change(afresh(manager), own, role)} == {
        "officer",
        "observer",
    }
    assert not any(powers.may_change(afresh(officer), ended, role) for role in powers.STAFF_ROLES)
