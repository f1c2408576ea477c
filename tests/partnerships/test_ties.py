"""Objective 5: agreements of the OAS that stand, by kind of partner, and what became of the promises in them."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from common.days import today
from common.scope import PROGRAMME, reach_of, scope
from partnerships import ties
from partnerships.models import Commitment, Delivery, Party
from tests.factories.partnerships import make_agreement, make_contact, make_partner

pytestmark = pytest.mark.django_db


@pytest.fixture
def partners(db: None) -> Any:
    with scope(PROGRAMME):
        return make_partner("Delta Laboratory"), make_partner("Harbour Foundation", kind="civil society")


def region(reader):
    with scope(reach_of(reader)):
        return ties.of_region(reader)


def by_kind(reader):
    return {line.kind: (line.agreements, line.partners) for line in region(reader).lines if line.agreements}


def test_an_agreement_with_two_kinds_counts_under_both_and_once_in_all(officer, partners):
    with scope(PROGRAMME):
        make_agreement("Both", *partners)
        make_agreement("One", partners[0])

    assert region(officer).agreements == 2
    assert by_kind(officer) == {"private": (2, 1), "civil society": (1, 1)}


@pytest.mark.parametrize(
    ("facts", "counts"),
    [
        ({}, 1),  # its end is not stated
        ({"end": "open"}, 1),
        ({"end": "stated", "ends_on": today()}, 1),
        ({"end": "stated", "ends_on": today() - timedelta(days=1)}, 0),
        ({"ended_on": date(2020, 1, 1), "ended_because": "It was over."}, 0),
        ({"starts_on": today() + timedelta(days=1)}, 0),
        ({"phase": "negotiation"}, 0),
        ({"with_oas": False}, 0),
    ],
)
def test_those_in_force_or_not_known_to_have_ended_count_when_the_oas_is_a_party(officer, partners, facts, counts):
    with scope(PROGRAMME):
        make_agreement("One", partners[0], **facts)

    assert region(officer).agreements == counts


def test_each_reader_counts_what_they_may_read(officer, lead_chl, partners):
    with scope(PROGRAMME):
        for audience in ("public", "states", "parties", "staff"):
            make_agreement(f"For {audience}", partners[0], audience=audience)
    contact = make_contact("Pia Own", partners[0])

    readers = (AnonymousUser(), lead_chl, contact, officer)
    assert [region(reader).agreements for reader in readers] == [1, 2, 3, 4]


def test_commitments_count_as_delivered_when_one_that_fulfils_them_is_accepted(officer, manager, partners):
    with scope(PROGRAMME):
        agreement = make_agreement("One", partners[0])
        side = Party.objects.get(agreement=agreement, partner=partners[0])
        made = [Commitment.objects.create(agreement=agreement, party=side, what_en=f"Promise {n}") for n in range(2)]
        given = {"made_by": officer, "fulfils": True, "status": "accepted", "on": today()}
        given |= {"submitted_by": officer, "submitted_at": timezone.now()}
        given |= {"decided_by": manager, "decided_at": timezone.now()}
        Delivery.objects.create(commitment=made[0], **given)

    assert (region(officer).promised, region(officer).delivered) == (2, 1)


def test_the_page_of_the_region_shows_them(sign_in, officer, partners):
    with scope(PROGRAMME):
        make_agreement("One", partners[0])
    page = sign_in(officer).get("/region/")

    assert page.context["glance"].tiles[4].figure == "1"
    assert "Private sector: 1" in page.content.decode()


def test_the_front_page_counts_what_is_public(client, partners):
    with scope(PROGRAMME):
        make_agreement("One", partners[0], audience="public")
        make_agreement("Two", partners[0])

    assert "1 agreement of the OAS in force or not known to have ended" in client.get("/en/").content.decode()
