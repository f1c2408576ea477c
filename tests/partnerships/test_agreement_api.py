"""What programs read of agreements: what the owner of the token may read, in as many queries for many as for one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.actions import make_token
from common.scope import PROGRAMME, scope
from tests.factories.partnerships import make_agreement, make_contact, make_partner

pytestmark = pytest.mark.django_db


@pytest.fixture
def microsoft():
    with scope(PROGRAMME):
        return make_partner("Microsoft")


def read(client, person, path):
    token = make_token(name="A program", scopes=["read"], days=30, by=person)[1]
    return client.get(path, headers={"Authorization": f"Bearer {token}"})


def test_a_contact_reads_the_own_agreements_without_who_is_responsible(client, officer, microsoft):
    contact = make_contact("Paula Partner", microsoft)
    with scope(PROGRAMME):
        make_agreement("Ours", microsoft, slug="ours", owner=officer)
        make_agreement("Theirs", make_partner("Europol"))

    found = read(client, contact, "/api/v1/agreements/").json()["results"]

    assert [one["slug"] for one in found] == ["ours"]
    assert (found[0]["status"], found[0]["owner"]) == ("end not stated", None)
    assert [one["name"] for one in found[0]["parties"]] == ["OAS", "Microsoft"]


def test_programs_filter_as_the_page_does(client, officer, microsoft):
    with scope(PROGRAMME):
        make_agreement("A", microsoft, slug="a", points=[3])
        make_agreement("B", microsoft, slug="b", with_oas=False)

    for asked, slug in (("point=3", "a"), ("show=linked", "b")):
        found = read(client, officer, f"/api/v1/agreements/?{asked}").json()["results"]
        assert [one["slug"] for one in found] == [slug]


def test_many_ask_as_often_as_few(client, officer, microsoft):
    counts = []
    for number in (1, 20):
        with scope(PROGRAMME):
            for one in range(number):
                make_agreement(f"Agreement {number} {one}", microsoft)
        with CaptureQueriesContext(connection) as asked:
            read(client, officer, "/api/v1/agreements/")
        counts.append(len(asked))

    assert counts[0] == counts[1]
