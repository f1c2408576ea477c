"""What a partner's contact and the programme's staff do with commitments and deliveries, page by page."""

import csv
import io
import uuid
from datetime import date

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from common.days import today
from common.scope import PROGRAMME, scope
from partnerships.models import Allocation, Delivery, DeliveryFile, Instalment
from tests.factories.library import a_file
from tests.factories.partnerships import make_agreement, make_contact, make_partner
from tests.factories.promises import make_allocation, make_commitment, make_contribution
from tests.signing_in import sign_in_from_inside

pytestmark = pytest.mark.django_db


@pytest.fixture
def canada(db):
    with scope(PROGRAMME):
        return make_partner("Government of Canada", kind="government")


@pytest.fixture
def contact(canada):
    return make_contact("Carla Canada", canada)


@pytest.fixture
def agreement(canada, officer):
    with scope(PROGRAMME):
        return make_agreement("Canada CTCBP", canada, audience="public", owner=officer)


@pytest.fixture
def commitment(agreement):
    with scope(PROGRAMME):
        return make_commitment(agreement, due="2027-06")


def as_(person):
    return sign_in_from_inside(Client(), person)


def said(**more):
    words = {"what": "A workshop for twenty people", "on": today().isoformat(), "key": str(uuid.uuid4())}
    return {**words, "send": "1", **more}


def the_delivery():
    with scope(PROGRAMME):
        return Delivery.objects.get()


def test_a_contact_reports_a_delivery_with_proof_and_an_officer_accepts_it(commitment, contact, officer):
    address = reverse("delivery-new", args=[commitment.pk])
    as_(contact).post(address, said(files=[a_file("one.pdf"), a_file("two.pdf")]))
    delivery = the_delivery()
    with scope(PROGRAMME):
        assert (delivery.status, DeliveryFile.objects.count()) == ("submitted", 2)
        token = DeliveryFile.objects.first().token
    assert Client().get(delivery.get_absolute_url()).status_code == 404
    assert Client().get(reverse("delivery-file", args=[token])).status_code == 404
    staff = as_(officer)
    assert b"A workshop for twenty people" in staff.get(reverse("delivery-list")).content
    staff.post(reverse("delivery-review", args=[delivery.pk]), {"decision": "accept"})

    assert the_delivery().status == "accepted"
    assert Client().get(delivery.get_absolute_url()).status_code == 200
    proof = Client().get(reverse("delivery-file", args=[token]))
    assert b"".join(proof.streaming_content).startswith(b"%PDF-")


def test_a_form_sent_twice_is_one_delivery(commitment, contact):
    client, once = as_(contact), said()
    for _ in range(2):
        client.post(reverse("delivery-new", args=[commitment.pk]), once)

    the_delivery()


def test_what_is_wrong_is_said_and_what_was_typed_is_kept(commitment, contact):
    page = as_(contact).post(reverse("delivery-new", args=[commitment.pk]), said(on="2999-01-01"))

    assert page.status_code == 422
    assert "This day is still to come." in page.content.decode()
    assert "A workshop for twenty people" in page.content.decode()


def test_no_allocation_above_what_is_free(agreement, officer, chile):
    with scope(PROGRAMME):
        given = make_contribution(agreement, amount=100, currency="CAD")
        make_allocation(given, 60, state=chile)
    address = reverse("allocation-new", args=[given.slug])
    page = as_(officer).post(address, {"state": chile.pk, "amount": "41", "spent": "0"})

    assert page.status_code == 422
    assert "Only CAD 40 of this contribution is free." in page.content.decode()
    with scope(PROGRAMME):
        assert Allocation.objects.count() == 1


def test_the_giver_and_staff_see_the_split_and_everybody_what_was_stated(agreement, contact, officer, chile):
    with scope(PROGRAMME):
        given = make_contribution(agreement, amount=1_000_000, currency="CAD", precision="at least")
        make_allocation(given, 600_000, state=chile, spent=250_000, point=2)

    for client, knows in ((Client(), False), (as_(contact), True), (as_(officer), True)):
        words = client.get(given.get_absolute_url()).content.decode()
        assert "Over CAD 1,000,000" in words
        assert ("CAD 250,000" in words) is knows
        assert ("CAD 400,000" in words) is knows  # free


def test_an_agreement_without_money_says_that_none_is_stated(agreement, officer):
    assert "None stated." in Client().get(agreement.get_absolute_url()).content.decode()


def asked(client, address):
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)


def test_the_same_number_of_queries_for_one_commitment_and_for_many(agreement, officer, contact):
    pages = [reverse("commitment-list"), reverse("contribution-list")]
    with scope(PROGRAMME):
        make_commitment(agreement, due="2020")
        make_contribution(agreement, amount=1, currency="CAD")
    clients = [as_(officer), as_(contact), Client()]
    few = [[asked(client, page) for page in pages] for client in clients]
    with scope(PROGRAMME):
        for number in range(5):
            make_commitment(agreement, due="2020")
            make_contribution(agreement, amount=number + 1, currency="CAD")

    assert [[asked(client, page) for page in pages] for client in clients] == few


def test_instalments_and_allocations_go_into_a_file_for_the_giver_and_the_staff_alone(
    agreement, contact, officer, chile
):
    with scope(PROGRAMME):
        given = make_contribution(agreement, 1000, "CAD", slug="given")
        held = {"contribution": given, "partner_id": given.partner_id}
        Instalment.objects.create(amount=600, due_on=date(2026, 3, 1), received_on=date(2026, 3, 4), **held)
        make_allocation(given, 250, state=chile, spent=40, point=3)

    def lines(person, ending="csv"):
        client = as_(person) if person else Client()
        return b"".join(client.get(f"/contributions/given.{ending}").streaming_content)

    told = list(csv.reader(io.StringIO(lines(officer).decode("utf-8-sig"))))
    where = ["given", f"{settings.SITE_URL}/contributions/given/"]
    assert told[1:] == [
        ["Instalment", "600.00", "CAD", "2026-03-01", "2026-03-04", "", "", "", "", "", *where],
        ["Allocation", "250.00", "CAD", "", "", "", "Chile", "3", "40.00", "", *where],
    ]
    assert lines(contact) == lines(officer)
    assert list(csv.reader(io.StringIO(lines(None).decode("utf-8-sig")))) == told[:1]
    [_, first, _] = load_workbook(io.BytesIO(lines(officer, "xlsx"))).active.iter_rows(values_only=True)
    assert (first[1], first[3].date()) == (600, date(2026, 3, 1))
    assert "/contributions/given.csv" in as_(officer).get("/contributions/given/").text
    assert "/contributions/given.csv" not in Client().get("/contributions/given/").text
