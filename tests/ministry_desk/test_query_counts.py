"""As many queries for many questions and many enquiries as for few."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories.ministry_desk import link_of, make_enquiry, open_link

pytestmark = pytest.mark.django_db
MANY = [f"D{dimension}.{factor}" for dimension in range(1, 6) for factor in range(1, 5)]


def counted(client, url):
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(url).status_code == 200
    return len([query for query in asked if not query["sql"].startswith(("SAVEPOINT", "RELEASE", "SELECT set_config"))])


def test_the_liaisons_pages(update_chl, lead_chl, sign_in):
    client = sign_in(lead_chl)
    one = make_enquiry(update_chl, "D1.1", by=lead_chl)
    listed = reverse("enquiry-list", args=["chile", "2026-2"])
    few = counted(client, listed), counted(client, one.get_absolute_url())
    many = make_enquiry(update_chl, *MANY, by=lead_chl)
    make_enquiry(update_chl, *MANY, by=lead_chl)

    assert (counted(client, listed), counted(client, many.get_absolute_url())) == few
    assert max(few) <= 23
    assert counted(client, reverse("enquiry-new", args=["chile", "2026-2"])) <= 20


def test_the_guests_page(update_chl, lead_chl):
    few, many = make_enquiry(update_chl, "D1.1", by=lead_chl), make_enquiry(update_chl, *MANY, by=lead_chl)
    pages = [counted(open_link(link_of(one)), reverse("colleague", args=[one.pk])) for one in (few, many)]

    assert pages[0] == pages[1] <= 10
