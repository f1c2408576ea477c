"""Who reads what, under each label, by both walls."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from common.scope import PROGRAMME, Reach, reach_of, scope
from common.tlp import Tlp
from csirt_network.actions.audiences import make_audience, settle
from csirt_network.models import Alert, Audience, NetworkMembership, Reader, Recipient

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 16, 40, tzinfo=UTC)


@pytest.fixture
def people(manager, lead_chl, rep_chl, analyst_chl, rep_banks, rep_jam, outsider):
    return {
        "anon": AnonymousUser(),
        "manager": manager,
        "lead_chl": lead_chl,
        "rep_chl": rep_chl,
        "analyst_chl": analyst_chl,
        "rep_banks": rep_banks,
        "rep_jam": rep_jam,
        "outsider": outsider,
    }


def send(tlp, *chosen, by, origin=None, with_programme=False, published_at=NOW):
    with scope(Reach(teams=(origin.pk,) if origin else (), person=by.pk, staff=origin is None)):
        audience = make_audience(origin=origin, chosen=chosen, by=by)
        found = settle(audience, tlp=tlp, author=by)
        return Alert.objects.create(
            tlp=tlp,
            audience=audience,
            from_team=origin,
            author=by,
            kind="warning",
            title_en="x",
            with_programme=with_programme or found.with_programme or origin is None,
            year=2026 if published_at else None,
            number=1 if published_at else None,
            published_at=published_at,
        )


def readers(people):
    """Whom the portal lets read, once it is sure that the database says the same."""
    found = set()
    for name, person in people.items():
        person = person if name == "anon" else User.objects.get(pk=person.pk)
        with scope(reach_of(person)):
            by_queryset, by_wall = Alert.objects.visible_to(person).count(), Alert.objects.count()
            assert by_queryset == by_wall, name
        found |= {name} if by_wall else set()
    return found


COMMUNITY = {"rep_chl", "analyst_chl", "rep_banks", "rep_jam"}


@pytest.mark.parametrize(
    ("tlp", "read"),
    [
        (Tlp.CLEAR, {"anon", "manager", "lead_chl", *COMMUNITY, "outsider"}),
        (Tlp.GREEN, {"manager", *COMMUNITY}),
        (Tlp.AMBER, {"manager", "rep_chl", "analyst_chl", "rep_banks"}),
        (Tlp.STRICT, {"manager", "rep_chl", "analyst_chl"}),
        (Tlp.RED, {"manager"}),
    ],
)
def test_what_the_programme_sends_to_a_team(people, csirt_chl, tlp, read):
    send(tlp, Recipient(kind="team", team=csirt_chl), by=people["manager"])

    assert readers(people) == read


@pytest.mark.parametrize("tlp", [Tlp.AMBER, Tlp.STRICT])
def test_what_a_team_sends_to_another_binds_the_programme_too(people, csirt_jam, csirt_chl, tlp):
    send(tlp, Recipient(kind="team", team=csirt_chl), by=people["rep_jam"], origin=csirt_jam)

    constituents = {"rep_banks"} if tlp == Tlp.AMBER else set()
    assert readers(people) == {"rep_jam", "rep_chl", "analyst_chl", *constituents}


def test_what_a_team_sends_to_the_programme_too(people, csirt_jam, csirt_chl):
    chosen = Recipient(kind="team", team=csirt_chl), Recipient(kind="programme")
    send(Tlp.STRICT, *chosen, by=people["rep_jam"], origin=csirt_jam)

    assert readers(people) == {"manager", "rep_jam", "rep_chl", "analyst_chl"}


def test_red_reaches_the_persons_it_names_and_not_their_team(people, csirt_jam):
    send(Tlp.RED, Recipient(kind="person", person=people["analyst_chl"]), by=people["rep_jam"], origin=csirt_jam)

    assert readers(people) == {"rep_jam", "analyst_chl"}


def test_red_does_not_reach_the_authors_own_team(people, csirt_chl, lead_chl):
    send(Tlp.RED, Recipient(kind="person", person=lead_chl), by=people["rep_chl"], origin=csirt_chl)

    assert readers(people) == {"rep_chl", "lead_chl"}


def test_a_draft_is_its_teams(people, csirt_jam, csirt_chl):
    chosen = Recipient(kind="team", team=csirt_chl)
    send(Tlp.CLEAR, chosen, by=people["rep_jam"], origin=csirt_jam, published_at=None)

    assert readers(people) == {"rep_jam"}


def test_a_team_that_left_the_network_reads_nothing_more(people, csirt_chl):
    send(Tlp.AMBER, Recipient(kind="team", team=csirt_chl), by=people["manager"])
    with scope(PROGRAMME):
        NetworkMembership.objects.filter(team=csirt_chl).update(ended_at=NOW)

    assert readers(people) == {"manager"}


def test_teams_are_told_nothing_of_each_other(people, csirt_chl, csirt_jam):
    send(Tlp.AMBER, Recipient(kind="network"), by=people["manager"])

    with scope(reach_of(people["rep_jam"])):
        assert [reader.team for reader in Reader.objects.all()] == [csirt_jam]
        assert not Recipient.objects.exists()
        assert not Audience.objects.exists()


def test_an_audience_is_settled_once(people, csirt_chl):
    alert = send(Tlp.AMBER, Recipient(kind="team", team=csirt_chl), by=people["manager"])

    with scope(PROGRAMME), pytest.raises(ValueError, match="settled"):
        settle(alert.audience, tlp=Tlp.CLEAR, author=people["manager"])
