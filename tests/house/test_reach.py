"""What each person reaches: oas_cyber/reach.py, which reads memberships across the house, in one query."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from accounts.models import StaffRole, User
from common.days import today
from common.scope import PROGRAMME, Reach, reach_of, scope
from csirt_network.models import NetworkMembership, TeamMember
from member_states.models import Liaison
from oas_cyber import reach
from partnerships.models import PartnerContact
from tests.factories.accounts import make_staff
from tests.factories.csirt_network import make_member, make_team
from tests.factories.member_states import make_liaison
from tests.factories.partnerships import make_contact, make_partner

pytestmark = pytest.mark.django_db


def reached(person):
    return reach_of(User.objects.get(pk=person.pk))


@pytest.mark.parametrize(
    ("role", "is_staff"), [("manager", True), ("officer", True), ("observer", True), ("administrator", False)]
)
def test_staff_reach_by_their_role_and_know_it(role, is_staff):
    person = make_staff("Wanda Works", role)
    afresh = User.objects.get(pk=person.pk)

    assert reach_of(afresh) == Reach(person=person.pk, staff=is_staff)
    assert afresh.staff_roles == {role}


def test_liaisons_reach_their_state_and_all_but_contact_points_speak_for_it(chile, jamaica, lead_chl, deputy_chl):
    point, states = make_liaison("Nora Kontakt", chile, "contact point"), {"states": (chile.pk,)}

    assert reached(lead_chl) == Reach(person=lead_chl.pk, spoken_for=(chile.pk,), **states)
    assert reached(deputy_chl) == Reach(person=deputy_chl.pk, spoken_for=(chile.pk,), **states)
    assert reached(point) == Reach(person=point.pk, **states)
    Liaison.objects.create(state=jamaica, person=point, kind="deputy", starts_on=today())
    assert reached(point) == Reach(person=point.pk, states=(chile.pk, jamaica.pk), spoken_for=(jamaica.pk,))


def test_people_of_teams_reach_them_and_their_patrons(csirt_chl, csirt_banks, analyst_chl, rep_banks):
    community = {"community": True}

    assert reached(analyst_chl) == Reach(person=analyst_chl.pk, teams=(csirt_chl.pk,), **community)
    banks = Reach(person=rep_banks.pk, teams=(csirt_banks.pk,), patrons=(csirt_chl.pk,), **community)
    assert reached(rep_banks) == banks


def test_of_two_teams_of_one_person_each_counts(csirt_chl, csirt_banks, csirt_jam, rep_banks):
    TeamMember.objects.create(team=csirt_jam, person=rep_banks, kind="analyst", starts_on=today())
    found = reached(rep_banks)

    assert (found.teams, found.patrons) == ((csirt_banks.pk, csirt_jam.pk), (csirt_chl.pk,))


def test_a_patron_that_has_left_the_network_passes_nothing_on(csirt_chl, csirt_banks, rep_banks):
    with scope(PROGRAMME):
        NetworkMembership.objects.filter(team=csirt_chl).update(ends_on=today() - timedelta(days=1))

    assert reached(rep_banks) == Reach(person=rep_banks.pk, teams=(csirt_banks.pk,), community=True)


def test_a_team_that_is_in_the_network_no_more_or_not_yet_gives_nothing(brazil, csirt_chl, rep_chl):
    with scope(PROGRAMME):
        later = make_member("Lara Later", make_team("CSIRT of Brazil", brazil, is_connected=False))
        NetworkMembership.objects.filter(team=csirt_chl).update(ends_on=today() - timedelta(days=1))

    assert reached(later) == Reach(person=later.pk)
    assert reached(rep_chl) == Reach(person=rep_chl.pk)


def test_contacts_reach_their_partner(db):
    with scope(PROGRAMME):
        acme = make_partner("Acme")
    contact = make_contact("Carla Contact", acme)

    assert reached(contact) == Reach(person=contact.pk, partners=(acme.pk,))


def test_everything_that_somebody_is_counts_at_once(chile, csirt_jam):
    with scope(PROGRAMME):
        acme = make_partner("Acme")
    person = make_staff("Mara Many", "officer", "observer")
    Liaison.objects.create(state=chile, person=person, kind="lead", starts_on=today())
    TeamMember.objects.create(team=csirt_jam, person=person, kind="analyst", starts_on=today())
    PartnerContact.objects.create(partner=acme, person=person, starts_on=today())
    afresh = User.objects.get(pk=person.pk)

    assert reach_of(afresh) == Reach(
        person=person.pk, staff=True, states=(chile.pk,), spoken_for=(chile.pk,), teams=(csirt_jam.pk,),
        partners=(acme.pk,), community=True,
    )  # fmt: skip
    assert afresh.staff_roles == {"officer", "observer"}


@pytest.mark.parametrize("model", [StaffRole, Liaison, TeamMember, PartnerContact])
def test_what_was_ended_gives_nothing_to_the_person(model, chile, csirt_jam):
    with scope(PROGRAMME):
        of = {
            StaffRole: {"role": "officer"},
            Liaison: {"state": chile, "kind": "lead"},
            TeamMember: {"team": csirt_jam, "kind": "analyst"},
            PartnerContact: {"partner": make_partner("Acme")},
        }
    person = make_staff("Nelly New")
    held = model.objects.create(person=person, starts_on=today(), **of[model])
    assert reached(person) != Reach(person=person.pk)

    model.objects.filter(pk=held.pk).update(ended_at=timezone.now())

    assert reached(person) == Reach(person=person.pk)


def test_whoever_is_not_signed_in_or_closed_reaches_nothing_and_is_asked_nothing(
    lead_chl, officer, django_assert_num_queries
):
    for person in (lead_chl, officer):
        person.is_active = False
    with django_assert_num_queries(0):
        assert [reach.of(person) for person in (AnonymousUser(), lead_chl, officer)] == [Reach()] * 3


def test_it_is_one_query(rep_banks, django_assert_num_queries):
    with django_assert_num_queries(1):
        reach.of(rep_banks)
