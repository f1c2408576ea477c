"""Agreements on their pages: who reads which, how the list is narrowed and walked through, and how one is entered."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from common.days import today
from common.scope import PROGRAMME, reach_of, scope
from partnerships.models import Agreement, AgreementLink, Party
from tests.factories.partnerships import make_agreement, make_contact, make_partner

pytestmark = pytest.mark.django_db
FORM = {"kind": "agreement", "precision": "day", "end": "not stated", "party-INITIAL_FORMS": "0"}
TWO = {"party-TOTAL_FORMS": "2", "party-0-partner": "oas"}


@pytest.fixture
def microsoft():
    with scope(PROGRAMME):
        return make_partner("Microsoft")


def entered(partner, **more):
    return FORM | TWO | {"name_en": "OAS and Microsoft", "party-1-partner": str(partner.pk)} | more


@pytest.mark.parametrize(
    ("facts", "status"),
    [
        ({"phase": "draft"}, "draft"),
        ({"phase": "negotiation"}, "negotiation"),
        ({"starts_on": 1}, "signed"),
        ({"starts_on": 0, "end": "open"}, "in force"),
        ({"end": "stated", "ends_on": 0}, "in force"),
        ({"end": "stated", "ends_on": -1}, "expired"),
        ({"end": "not stated"}, "end not stated"),
        ({"ended_on": 0, "ended_because": "It was done."}, "ended"),
        ({"ended_on": 1, "ended_because": "It will be done.", "end": "open"}, "in force"),
    ],
)
def test_dates_decide_what_a_concluded_agreement_is_worth(microsoft, facts, status):
    days = {k: today() + timedelta(days=v) if isinstance(v, int) else v for k, v in facts.items()}
    with scope(PROGRAMME):
        made = make_agreement("One", microsoft, **days)

        assert Agreement.objects.with_status().get(pk=made.pk).status == status


def test_a_draft_is_read_by_the_staff_alone_even_by_its_parties_not(client, sign_in, officer, microsoft, lead_chl):
    contact = make_contact("Paula Partner", microsoft)
    with scope(PROGRAMME):
        draft = make_agreement("A secret plan", microsoft, phase="draft", audience="staff")

    for person in (contact, lead_chl):
        assert sign_in(person).get(draft.get_absolute_url()).status_code == 404
        assert "A secret plan" not in sign_in(person).get("/agreements/").content.decode()
    assert client.get(draft.get_absolute_url()).status_code == 404
    assert "A secret plan" in sign_in(officer).get(draft.get_absolute_url()).content.decode()


def test_a_party_that_is_not_published_is_named_to_nobody_who_may_not_know_it(client, microsoft):
    with scope(PROGRAMME):
        hidden = make_partner("Hidden House", is_published=False)
        made = make_agreement("Three", microsoft, hidden, audience="public")

    page = client.get(made.get_absolute_url()).content.decode()

    assert "Hidden House" not in page
    assert "A partner that is not published" in page
    assert "Hidden House" not in client.get("/agreements.csv").getvalue().decode()
    assert not client.get("/agreements/?q=hidden").context["groups"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"show": "oas"}, {"A"}),
        ({"show": "linked"}, {"B"}),
        ({"show": "closed"}, {"C"}),
        ({"kind": "letter of intent"}, {"C"}),
        ({"status": "ended"}, {"C"}),
        ({"partner_kind": "academia"}, {"B"}),
        ({"objective": "5"}, {"A"}),
        ({"point": "3"}, {"A"}),
        ({"q": "microsoft"}, {"A", "C"}),
        ({"q": "e-046/14"}, {"A"}),
        ({"q": "no such words"}, set()),
        ({"point": "99"}, {"A", "B", "C"}),
        ({"show": "everything"}, {"A", "B", "C"}),
        ({"q": "\0"}, {"A", "B", "C"}),
        ({"after": "nothing"}, {"A", "B", "C"}),
    ],
)
def test_the_list_is_narrowed(client, microsoft, asked, found):
    with scope(PROGRAMME):
        academy = make_partner("The Academy", kind="academia")
        make_agreement("A", microsoft, audience="public", objectives=[5], points=[3], reference="E-046/14")
        make_agreement("B", academy, with_oas=False, audience="public")
        ended = {"ended_on": date(2020, 1, 1), "ended_because": "It was done."}
        make_agreement("C", microsoft, audience="public", kind="letter of intent", **ended)

    page = client.get("/agreements/", asked)

    assert {card.agreement.name for group in page.context["groups"] for card in group.cards} == found
    rows = client.get("/agreements.csv", {k: v for k, v in asked.items() if k != "after"}).getvalue().decode()
    assert len(rows.splitlines()) == len(found) + 1


def test_the_list_is_read_page_by_page_without_a_gap(sign_in, observer, microsoft):
    with scope(PROGRAMME):
        for number in range(70):
            day = date(2015, 1 + number % 5, 1) if number % 3 else None
            phase = "draft" if number % 7 == 0 else "concluded"
            make_agreement(f"Agreement {number}", microsoft, with_oas=number % 2 == 0, concluded_on=day, phase=phase)
    client, seen, url = sign_in(observer), [], "/agreements/"
    while url:
        page = client.get(url)
        seen += [card.agreement.pk for group in page.context["groups"] for card in group.cards]
        url = f"/agreements/{page.context['next_url']}" if page.context["next_url"] else ""

    with scope(PROGRAMME):
        assert len(seen) == len(set(seen)) == 70
        assert set(seen) == set(Agreement.objects.values_list("pk", flat=True))


@pytest.mark.parametrize("path", ["/agreements/", "/agreements.csv", "/agreements.xlsx"])
def test_many_agreements_ask_as_often_as_few(sign_in, officer, microsoft, path):
    client, counts = sign_in(officer), []
    for number in range(2):
        with scope(PROGRAMME):
            for more in range(1 + number * 20):
                made = make_agreement(f"Agreement {number} {more}", microsoft, with_oas=bool(more % 2))
                if more:
                    AgreementLink.objects.create(agreement=made, other=Agreement.objects.exclude(pk=made.pk).first())
        with CaptureQueriesContext(
            connection,
        ) as asked:
            response = client.get(path)
            b"".join(response.streaming_content) if response.streaming else response.content
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_what_is_stated_nowhere_is_told_as_that(client, microsoft):
    with scope(PROGRAMME):
        made = make_agreement("Bare", microsoft, audience="public")

    page = client.get(made.get_absolute_url()).content.decode()

    assert page.count("ot stated") >= 2  # the date, and the end
    assert "None stated." in page  # aims


def test_an_agreement_begins_as_a_draft_of_any_number_of_parties(sign_in, officer, microsoft):
    with scope(PROGRAMME):
        others = [make_partner(name) for name in ("Europol", "FIS")]
    lines = {f"party-{n}-partner": str(one.pk) for n, one in enumerate(others, 2)}
    sent = entered(microsoft, **lines) | {"party-TOTAL_FORMS": "4", "party-1-as_stated": "Microsoft Corp."}

    response = sign_in(officer).post("/agreements/new/", sent)

    with scope(PROGRAMME):
        made = Agreement.objects.get()
        sides = list(Party.objects.filter(agreement=made).values_list("partner", "as_stated"))
    assert response.url == made.get_absolute_url() == "/agreements/oas-and-microsoft/"
    assert (made.phase, made.audience) == ("draft", "staff")
    assert sides == [(None, ""), (microsoft.pk, "Microsoft Corp."), *((one.pk, "") for one in others)]


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"name_en": ""}, "This field is required"),
        ({"party-0-partner": "", "party-1-partner": ""}, "Choose one party at least."),
        ({"party-1-partner": "oas"}, "This party has a line already."),
        ({"party-0-partner": "", "party-0-as_stated": "OEA"}, "Choose the party that is named so."),
        ({"end": "stated"}, "Enter the last day"),
        ({"ends_on": "2030-01-01"}, "There is a last day"),
        ({"end": "stated", "ends_on": "2020-01-01", "starts_on": "2021-01-01"}, "comes before the first"),
        ({"event": "nowhere"}, "There is no such activity."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(sign_in, officer, microsoft, wrong, says):
    page = sign_in(officer).post("/agreements/new/", entered(microsoft, place="Redmond") | wrong)

    assert page.status_code == 422
    assert says in page.content.decode()
    assert 'value="Redmond"' in page.content.decode()
    with scope(PROGRAMME):
        assert not Agreement.objects.exists()


def test_more_lines_for_parties_keep_what_was_typed(sign_in, officer, microsoft):
    page = sign_in(officer).post("/agreements/new/", entered(microsoft, more="1", place="Redmond"))

    assert page.status_code == 200
    assert 'name="party-3-partner"' in page.content.decode()
    assert 'value="Redmond"' in page.content.decode()


def test_nobody_silently_overwrites_a_colleague(sign_in, officer, second_officer, microsoft):
    with scope(PROGRAMME):
        made = make_agreement("OAS and Microsoft", microsoft)
    address = f"{made.get_absolute_url()}edit/"

    first = sign_in(officer).post(address, entered(microsoft, place="Redmond", edited="0"))
    second = sign_in(second_officer).post(address, entered(microsoft, place="Washington", edited="0"))

    assert (first.status_code, second.status_code) == (302, 422)
    assert "A colleague saved this agreement meanwhile." in second.content.decode()
    assert 'value="Washington"' in second.content.decode()
    with scope(PROGRAMME):
        assert Agreement.objects.get().place == "Redmond"


def test_a_link_is_told_on_both_pages_to_whoever_reads_both(client, microsoft):
    with scope(PROGRAMME):
        ours = make_agreement("Ours", microsoft, audience="public")
        theirs = make_agreement("Theirs", microsoft, with_oas=False, audience="public")
        secret = make_agreement("Hushed plan", microsoft, with_oas=False, audience="staff")
        for other in (theirs, secret):
            AgreementLink.objects.create(agreement=ours, other=other, why_en=f"Why {other.name}")

    pages = [client.get(one.get_absolute_url()).content.decode() for one in (ours, theirs)]

    assert all("Why Theirs" in page for page in pages)
    assert "Hushed plan" not in pages[0]
    assert "Why Theirs" in client.get("/agreements/").content.decode()


def test_a_contact_reads_the_own_agreements_and_no_others(sign_in, microsoft):
    contact = make_contact("Paula Partner", microsoft)
    with scope(PROGRAMME):
        own = make_agreement("Own", microsoft)
        make_agreement("Other", make_partner("Europol"))
    with scope(reach_of(contact)):
        assert list(Agreement.objects.visible_to(contact)) == [own]
    assert sign_in(contact).get(own.get_absolute_url()).status_code == 200
