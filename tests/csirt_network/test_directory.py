"""What a team says of itself, and who reads it, by both walls."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, IntegrityError, transaction

from accounts.models import User
from common.scope import PROGRAMME, reach_of, scope
from csirt_network.models import Contact, NetworkMembership, ProfileVersion, Team, TeamKey, TeamProfile
from tests.factories.csirt_network import make_contact, make_key, make_profile, make_version

pytestmark = pytest.mark.django_db
IN_THE_NETWORK = {"manager", "lead_chl", "rep_chl", "analyst_chl", "rep_banks", "rep_jam"}
EVERYBODY = {*IN_THE_NETWORK, "anon", "lead_jam", "outsider"}


@pytest.fixture
def people(manager, lead_chl, lead_jam, rep_chl, analyst_chl, rep_banks, rep_jam, outsider):
    return {
        "anon": AnonymousUser(),
        "manager": manager,
        "lead_chl": lead_chl,
        "lead_jam": lead_jam,
        "rep_chl": rep_chl,
        "analyst_chl": analyst_chl,
        "rep_banks": rep_banks,
        "rep_jam": rep_jam,
        "outsider": outsider,
    }


@pytest.fixture
def record(csirt_chl, manager):
    with scope(PROGRAMME):
        profile = make_profile(csirt_chl)
        make_version(csirt_chl, manager)
        make_contact(csirt_chl)
        make_contact(csirt_chl, "mailbox", is_public=True)
        make_key(csirt_chl, manager)
    return profile


def seen(people, rows):
    """Whom the portal shows any, once it is sure that the database shows the same ones."""
    found = {}
    for name, person in people.items():
        person = person if name == "anon" else User.objects.get(pk=person.pk)
        with scope(reach_of(person)):
            by_queryset, by_wall = set(rows.objects.visible_to(person)), set(rows.objects.all())
            assert by_queryset == by_wall, name
        if by_wall:
            found[name] = len(by_wall)
    return found


def test_contacts_and_keys_are_for_the_network_the_own_state_and_the_programme(people, record) -> None:
    assert seen(people, Contact) == dict.fromkeys(IN_THE_NETWORK, 2)
    assert seen(people, TeamKey) == seen(people, TeamProfile) == dict.fromkeys(IN_THE_NETWORK, 1)


def test_a_published_description_is_for_everybody_with_the_contacts_that_stand_in_it(people, record) -> None:
    with scope(PROGRAMME):
        TeamProfile.objects.update(is_published=True)

    others = EVERYBODY - IN_THE_NETWORK
    assert seen(people, Contact) == dict.fromkeys(IN_THE_NETWORK, 2) | dict.fromkeys(others, 1)
    assert seen(people, TeamKey) == seen(people, TeamProfile) == dict.fromkeys(EVERYBODY, 1)


def test_the_history_is_the_teams_its_states_and_the_programmes(people, record) -> None:
    assert set(seen(people, ProfileVersion)) == {"manager", "lead_chl", "rep_chl", "analyst_chl"}


def test_only_the_team_and_the_programme_write(people, record) -> None:
    for name, person in people.items():
        person = person if name == "anon" else User.objects.get(pk=person.pk)
        with scope(reach_of(person)):
            changed = Contact.objects.update(hours=name)
        assert bool(changed) == (name in {"manager", "rep_chl", "analyst_chl"}), name


def test_a_version_is_written_once(record) -> None:
    with scope(PROGRAMME), pytest.raises(DatabaseError, match="written once"), transaction.atomic():
        ProfileVersion.objects.update(address="elsewhere")


@pytest.mark.parametrize(
    ("role", "missing"),
    [("duty", "phone"), ("head", "email"), ("head", "name"), ("mailbox", "email"), ("other", "other")],
)
def test_a_contact_has_what_its_role_needs(csirt_chl, role: str, missing: str) -> None:
    with scope(PROGRAMME), pytest.raises(IntegrityError), transaction.atomic():
        make_contact(csirt_chl, role, **{missing: ""})


def test_who_is_on_call_says_so_and_has_a_number(csirt_chl) -> None:
    for role, facts in (("duty", {"is_24x7": False}), ("mailbox", {"is_24x7": True, "phone": ""})):
        with scope(PROGRAMME), pytest.raises(IntegrityError), transaction.atomic():
            make_contact(csirt_chl, role, **facts)


def test_a_team_is_active_with_a_membership_and_somebody_on_call(csirt_chl, csirt_jam) -> None:
    def active() -> set[str]:
        return set(Team.objects.with_activity().filter(is_active=True).values_list("slug", flat=True))

    with scope(PROGRAMME):
        make_contact(csirt_chl, "mailbox")
        assert active() == set()
        make_contact(csirt_chl)
        make_contact(csirt_jam)
        assert active() == {csirt_chl.slug, csirt_jam.slug}
        NetworkMembership.objects.filter(team=csirt_chl).update(ends_on="2021-01-01")
        assert active() == {csirt_jam.slug}
