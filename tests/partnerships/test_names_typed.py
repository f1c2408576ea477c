"""Where there are too many to choose from, one types what they are called."""

from typing import Any

import pytest
from django.test import Client

from common.scope import PROGRAMME, scope
from partnerships.models import Agreement, Operation
from tests.factories.operations import make_operation
from tests.factories.partnerships import make_agreement, make_partner
from tests.signing_in import sign_in_from_inside

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _too_many(monkeypatch: Any) -> None:
    monkeypatch.setattr("common.choices.MOST", 1)


@pytest.fixture
def partners() -> dict[str, Any]:
    with scope(PROGRAMME):
        return {
            "police": make_partner("Police Academy", name_es="Academia Policíaca", short_name="PAC"),
            "one": make_partner("Sample Bank", slug="bank-one"),
            "two": make_partner("Sample Bank", slug="bank-two"),
        }


@pytest.fixture
def client(officer: Any) -> Client:
    return sign_in_from_inside(Client(), officer)


def entered(officer: Any, **more: Any) -> dict[str, Any]:
    return {"line": "enforcement", "tlp": "AMBER", "title_en": "Silent river", "officer": officer.pk} | more


@pytest.mark.parametrize(
    "typed", ["Police Academy", "  police academy ", "academia policiaca", "pac", "police-academy"]
)
def test_a_partner_is_found_by_whatever_it_is_called(client: Client, officer: Any, partners: Any, typed: str) -> None:
    answer = client.post("/operations/new/", entered(officer, lead=typed, partners=f"{typed}\n\nbank-two\r\n{typed}"))

    assert answer.status_code == 302
    with scope(PROGRAMME):
        made = Operation.objects.get()
    assert made.lead == partners["police"]
    assert set(made.partner_ids) == {partners["police"].pk, partners["two"].pk}


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [
        ("lead", "Polise", "Nothing is called “Polise”. Enter the name as its page shows it."),
        ("lead", "Academy", "Nothing is called “Academy”. Did you mean one of these: Police Academy?"),
        ("lead", "sample bank", "Several are called “sample bank”. Enter the end of its page’s address instead: "
         "bank-one, bank-two."),
        ("lead", "PAC\nbank-one", "Enter one name only."),
        ("partners", "PAC\nNobody", "Nothing is called “Nobody”."),
        ("partners", "PAC\0", "Null characters are not allowed."),
        ("partners", "x" * 4001, "Ensure this value has at most 4000 characters"),
        ("agreement", "Treaty of nowhere", "Nothing is called “Treaty of nowhere”."),
    ],
)  # fmt: skip
def test_an_unknown_name_is_answered_and_stays(
    client: Client, officer: Any, partners: Any, name: str, typed: str, sentence: str
) -> None:
    with scope(PROGRAMME):
        make_agreement("Treaty of one"), make_agreement("Treaty of two")

    answer = client.post("/operations/new/", entered(officer, **{name: typed}))

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert answer.context["form"][name].value() == typed
    with scope(PROGRAMME):
        assert not Operation.objects.exists()


def test_saved_as_it_was_nothing_changes(client: Client, officer: Any, partners: Any) -> None:
    police, one = partners["police"], partners["one"]
    operation = make_operation(officer, partners=[police, one], lead=police)
    address = f"{operation.get_absolute_url()}edit/"
    shown = client.get(address).context["form"]
    assert (shown["lead"].value(), shown["partners"].value()) == ("Police Academy", "Police Academy\nbank-one")

    names = ("line", "title_en", "officer", "lead", "partners", "edited")
    answer = client.post(address, {name: shown[name].value() for name in names} | {"reason": ""})

    assert answer.status_code == 302
    with scope(PROGRAMME):
        operation.refresh_from_db()
    assert operation.lead_id == police.pk
    assert set(operation.partner_ids) == {police.pk, one.pk}


def test_the_parties_of_an_agreement_are_typed_too(client: Client, partners: Any) -> None:
    body = {"kind": "agreement", "precision": "day", "end": "not stated", "name_en": "OAS and the bank"}
    body |= {"party-TOTAL_FORMS": "2", "party-INITIAL_FORMS": "0", "party-0-partner": "oas"}
    assert (
        "Several are called"
        in client.post("/agreements/new/", body | {"party-1-partner": "Sample Bank"}).content.decode()
    )

    answer = client.post("/agreements/new/", body | {"party-1-partner": "bank-two", "party-1-as_stated": "The Bank"})

    assert answer.status_code == 302
    with scope(PROGRAMME):
        made = Agreement.objects.get()
        sides = list(made.parties.order_by("position").values_list("partner__slug", "as_stated"))
    assert sides == [(None, ""), ("bank-two", "The Bank")]
    shown = client.get(f"{made.get_absolute_url()}edit/").context["parties"].lines.forms
    assert [form["partner"].value() for form in shown[:2]] == ["OAS", "bank-two"]


def test_a_contact_is_invited_for_a_partner_that_is_typed(manager: Any, partners: Any) -> None:
    client = sign_in_from_inside(Client(), manager)
    page = client.get("/people/invite/").content.decode()
    assert "Of which partner, when you invite its contact. Enter the name as its page shows it" in page


@pytest.mark.parametrize("page", ["/commitments/", "/contributions/", "/operations/"])
def test_a_list_is_narrowed_to_a_partner_that_is_typed(client: Client, partners: Any, page: str) -> None:
    """Links and programs that say the end of its address stay good."""
    for typed in ("Police Academy", "pac", "police-academy"):
        shown = client.get(page, {"partner": typed}).context["filter"]
        assert shown.form.cleaned_data["partner"] == partners["police"]
        assert shown.form["partner"].value() == typed

    answer = client.get(page, {"partner": "Sample Bank"})

    assert answer.status_code == 200
    assert "Several are called “Sample Bank”" in answer.content.decode()


def test_a_few_partners_are_offered_in_the_filter(client: Client, partners: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr("common.choices.MOST", 3)
    offered = client.get("/commitments/").context["filter"].form["partner"].subwidgets

    assert [one.data["value"] for one in offered] == ["", "police-academy", "bank-one", "bank-two"]
    assert offered[0].data["label"] == "All partners"
