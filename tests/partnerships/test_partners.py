"""Partners: everybody reads of those that are published, officers keep them, and each says where it comes from."""

import re
from typing import Any

import pytest

from common.scope import PROGRAMME, scope
from partnerships.models import Partner
from tests.factories.partnerships import make_agreement, make_contact, make_partner

pytestmark = pytest.mark.django_db
GIVEN = {"name_en": "Harbour Foundation", "kind": "civil society", "is_of_the_oas": "on", "since": "2015-04"}


@pytest.fixture
def partners(db: None) -> dict[str, Partner]:
    with scope(PROGRAMME):
        return {
            "known": make_partner("Harbour Foundation", kind="civil society", about_en="Trains people.", since="2015"),
            "firm": make_partner("Delta Laboratory", country="EE"),
            "beside": make_partner("Beside Bank", is_of_the_oas=False),
            "hidden": make_partner("Quiet Fund", is_published=False),
        }


def text_of(response: Any) -> str:
    return response.content.decode()


def test_everybody_reads_of_published_partners_by_kind(client, partners):
    page = text_of(client.get("/partners/"))

    assert page.index("Private sector") < page.index("Delta Laboratory") < page.index("Harbour Foundation")
    assert "Not a partner of the OAS" in page
    assert "Quiet Fund" not in page
    assert client.get("/partners/quiet-fund/").status_code == 404


def test_a_long_list_is_turned_over(client, partners):
    with scope(PROGRAMME):
        for number in range(60):
            make_partner(f"Company {number:02}")

    first, second = (text_of(client.get(f"/partners/?kind=private&page={number}")) for number in (1, 2))

    assert first.index("Beside Bank") < first.index("Company 00") < first.index("Company 58")
    assert 'rel="next" href="?kind=private&amp;page=2"' in first
    assert "Delta Laboratory" in second
    assert "Company 00" not in second
    assert "/partners.csv?kind=private" in second


def test_a_list_to_choose_from_names_them_in_the_readers_language(client, partners):
    with scope(PROGRAMME):
        Partner.objects.filter(slug="delta-laboratory").update(name_fr="Laboratoire Delta & Cie")

    page = text_of(client.get("/fr/commitments/?partner=harbour-foundation"))

    assert re.findall(r'<option value="(\S*)"( selected)?>(Lab.*?|Harb.*?|Qui.*?)</option>', page) == [
        ("harbour-foundation", " selected", "Harbour Foundation"),
        ("delta-laboratory", "", "Laboratoire Delta &amp; Cie"),
    ]


def test_staff_and_its_own_contacts_read_of_one_that_is_not_published(sign_in, observer, partners):
    own, other = make_contact("Pia Own", partners["hidden"]), make_contact("Otto Other", partners["known"])

    for person, status in ((observer, 200), (own, 200), (other, 404)):
        assert sign_in(person).get("/partners/quiet-fund/").status_code == status


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?kind=private", {"Delta Laboratory", "Beside Bank"}),
        ("?standing=others", {"Beside Bank"}),
        ("?q=TRAINS", {"Harbour Foundation"}),
        ("?kind=nonsense", {"Delta Laboratory", "Beside Bank", "Harbour Foundation"}),
    ],
)
def test_the_list_is_narrowed(client, partners, query, found):
    page = text_of(client.get(f"/partners/{query}"))
    table = b"".join(client.get(f"/partners.csv{query}").streaming_content).decode()
    names = {"Delta Laboratory", "Beside Bank", "Harbour Foundation"}

    assert {name for name in names if name in page} == found
    assert {name for name in names if name in table} == found


def test_countries_are_named_in_the_language_of_the_reader(client, partners):
    assert "Estonie" in text_of(client.get("/partners/delta-laboratory/", headers={"accept-language": "fr"}))


def test_a_page_names_the_agreements_that_its_reader_may_read(client, sign_in, officer, partners):
    with scope(PROGRAMME):
        make_agreement("Open accord", partners["known"], audience="public")
        make_agreement("Closed accord", partners["known"], audience="staff")

    found = {}
    for reader in ("anybody", officer):
        page = text_of((client if reader == "anybody" else sign_in(reader)).get("/partners/harbour-foundation/"))
        found[str(reader)] = {name for name in ("Open accord", "Closed accord") if name in page}

    assert list(found.values()) == [{"Open accord"}, {"Open accord", "Closed accord"}]


def test_an_officer_enters_one_that_staff_read_until_it_is_published(client, sign_in, officer):
    sign_in(officer).post("/partners/new/", GIVEN)
    with scope(PROGRAMME):
        made = Partner.objects.get()
    assert (made.slug, made.is_published) == ("harbour-foundation", False)

    client.post(f"/partners/{made.slug}/publish/", {"published": "yes"})
    client.logout()
    assert "April 2015" in text_of(client.get("/partners/harbour-foundation/"))


def test_two_of_one_name_get_addresses_of_their_own(sign_in, officer, partners):
    sign_in(officer).post("/partners/new/", GIVEN)

    with scope(PROGRAMME):
        assert Partner.objects.filter(slug="harbour-foundation-2").exists()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name_en": ""}, "Give the name in English"),
        ({"since": "spring"}, "This is no date"),
        ({"since": "2015", "until": "2014"}, "The end comes before the beginning"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(sign_in, officer, wrong, said):
    answer = sign_in(officer).post("/partners/new/", {**GIVEN, "short_name": "HF of the harbour", **wrong})

    assert answer.status_code == 422
    assert said in text_of(answer)
    assert "HF of the harbour" in text_of(answer)


def test_two_who_edit_at_once_do_not_overwrite_each_other(sign_in, officer, partners):
    for name, status in (("First", 302), ("Second", 422)):
        given = {**GIVEN, "name_en": name, "edited": "0"}
        assert sign_in(officer).post("/partners/harbour-foundation/edit/", given).status_code == status

    with scope(PROGRAMME):
        assert Partner.objects.get(slug="harbour-foundation").name_en == "First"
