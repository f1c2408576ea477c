import pytest
from django.test import Client
from django.utils import timezone

from action_plan.models import AskedSupport
from capability.models import Answer, CsirtStatus, Evidence, SupportRequest, ThreatClass, ThreatLevel
from common.days import today
from common.scope import PROGRAMME, scope
from tests.factories.capability import (
    four,
    make_accepted,
    make_round,
    make_submitted,
    make_update,
)
from tests.factories.member_states import make_state
from tests.factories.partnerships import make_agreement, make_partner
from tests.reporting.queries import questions_of
from tests.signing_in import sign_in_from_inside

SECRET = "the tunnel under the ministry"
PAGES = ("/states/chile/", "/states/chile/maturity/", "/states/")


@pytest.fixture
def closed_round(edition, manager):
    return make_round(edition, by=manager, number=1, closed=True)


@pytest.fixture
def accepted(closed_round, chile, lead_chl):
    """Chile's update, accepted and shared with nobody; every text, threat and request is a secret."""
    update = make_update(closed_round, chile)
    submission = make_submitted(update, by=lead_chl, stage=4, text=SECRET)
    with scope(PROGRAMME):
        submission.answers.update(is_accepted=True, is_current=True)
        type(update).objects.filter(pk=update.pk).update(status="accepted", accepted_at=timezone.now())
        facts = {"state": chile, "update": update, "audience": "programme"}
        threat = ThreatClass.objects.create(code="fraud", position=1, **four("name", SECRET), **four("help", "x"))
        ThreatLevel.objects.create(threat=threat, level="high", **facts)
        SupportRequest.objects.create(point=2, need=SECRET, **facts)
        CsirtStatus.objects.create(status="operational", name=SECRET, **facts)
        Evidence.objects.create(
            answer=submission.answers.get(question="D1.1"),
            state=chile,
            title=SECRET,
            link="https://gov.example/secret",
            added_by=lead_chl,
            added_at=timezone.now(),
        )
    return update


def share(update, audience):
    with scope(PROGRAMME):
        Answer.objects.filter(update=update).update(audience=audience)
        type(update).objects.filter(pk=update.pk).update(audience=audience)


def test_list_is_sorted_by_name_in_the_language_of_the_reader(client, sign_in, manager):
    make_state("united-states", name_en="United States", name_es="Estados Unidos")
    make_state("ecuador", name_en="Ecuador", name_es="Ecuador")
    make_state("el-salvador", name_en="El Salvador", name_es="El Salvador")
    make_state("antigua", name_en="Antigua", name_es="Ántigua")

    english = [line.state.slug for line in client.get("/states/").context["list"].lines]
    manager.language = "es"
    manager.save(update_fields=["language"])
    spanish = [line.state.slug for line in sign_in(manager).get("/states/").context["list"].lines]

    assert english == ["antigua", "ecuador", "el-salvador", "united-states"]
    assert spanish == ["antigua", "ecuador", "el-salvador", "united-states"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=bra", ["brazil"]),
        ("q=Brésil", ["brazil"]),
        ("q=bresil", ["brazil"]),
        ("sub_region=Caribbean", ["jamaica"]),
        ("language=Spanish", ["chile"]),
        ("language=Spanish&sub_region=Caribbean", []),
        ("sub_region=Atlantis", ["brazil", "chile", "jamaica"]),
    ],
)
def test_list_is_narrowed_by_name_sub_region_and_language(client, jamaica, brazil, db, query, found):
    make_state("chile", official_languages="Spanish; Mapudungun")

    response = client.get(f"/states/?{query}")

    assert [line.state.slug for line in response.context["list"].lines] == found


def test_list_without_a_match_offers_to_clear_the_filters(client, chile):
    page = client.get("/states/?q=Atlantis").content.decode()

    assert "No state matches" in page
    assert "Clear filters" in page


def test_update_statuses_are_for_staff_and_the_state_itself(client, sign_in, officer, lead_chl, update_chl, update_jam):
    def statuses(response):
        return {line.state.slug for line in response.context["list"].lines if line.update}

    assert statuses(client.get("/states/")) == set()
    assert statuses(sign_in(lead_chl).get("/states/")) == {"chile"}
    assert statuses(sign_in(officer).get("/states/")) == {"chile", "jamaica"}


def test_what_a_state_keeps_to_itself_is_on_no_page_of_others(client, sign_in, accepted, lead_jam, outsider, admin):
    for path in (*PAGES, "/"):
        assert SECRET not in client.get(path).content.decode(), path
    for person in (lead_jam, outsider, admin):
        for path in (*PAGES, "/"):
            assert SECRET not in sign_in(person).get(path).content.decode(), (person, path)


def test_state_and_staff_see_it_with_its_evidence(sign_in, accepted, lead_chl, observer):
    for person in (lead_chl, observer):
        detail = sign_in(person).get("/states/chile/").content.decode()
        maturity = sign_in(person).get("/states/chile/maturity/").content.decode()

        assert SECRET in detail
        assert maturity.count(SECRET) > 23
        assert "https://gov.example/secret" in maturity


def test_beside_the_profile_stand_six_requests_and_a_way_to_all(sign_in, chile, lead_chl):
    def stands(number):
        with scope(PROGRAMME):
            asked = {"state": chile, "point": 2, "asked_by": lead_chl}
            AskedSupport.objects.create(need=f"Request {number}.", **asked)
        page = sign_in(lead_chl).get("/states/chile/").content.decode()
        return page.count(">Request "), 'href="/requests/?state=chile"' in page

    assert [stands(number) for number in range(1, 9)][4:] == [(5, False), (6, False), (6, True), (6, True)]


def test_what_was_reported_stays_public_after_the_state_confirms_for_staff_only(client, sign_in, officer, update_chl):
    with scope(PROGRAMME):
        facts = {"state_id": update_chl.state_id}
        CsirtStatus.objects.create(status="setting up", as_of="2015", is_current=False, audience="public", **facts)
        CsirtStatus.objects.create(status="operational", update=update_chl, audience="programme", **facts)

    public = client.get("/states/chile/").context["profile"]
    in_list = client.get("/states/").context["list"].lines[0]
    staff = sign_in(officer).get("/states/chile/").context["profile"]

    assert (public.csirt.status, public.csirt_mark.note) == ("setting up", "Reported, as of 2015")
    assert in_list.csirt.note == "Reported, as of 2015"
    assert (staff.csirt.status, staff.csirt_mark.note) == ("operational", "Confirmed by the state")


def test_shared_answers_show_without_their_evidence(client, sign_in, accepted, lead_jam):
    share(accepted, "states")
    to_states = sign_in(lead_jam).get("/states/chile/maturity/").content.decode()
    client.logout()
    before = client.get("/states/chile/maturity/").content.decode()
    share(accepted, "public")
    to_public = client.get("/states/chile/maturity/").content.decode()

    assert SECRET in to_states
    assert SECRET not in before
    assert SECRET in to_public
    assert "https://gov.example/secret" not in to_states + to_public


def test_single_states_cannot_be_read_from_the_regional_mean(client, sign_in, accepted, lead_jam, closed_round):
    for person in (None, lead_jam):
        response = sign_in(person).get("/states/chile/") if person else client.get("/states/chile/")

        region = response.context["profile"].region
        assert set(region.means.values()) == {None}


def test_factors_that_moved_up_are_counted_in_the_lead(sign_in, closed_round, open_round, chile, lead_chl):
    make_accepted(make_update(closed_round, chile), by=lead_chl, stage=2)
    make_accepted(make_update(open_round, chile), by=lead_chl, stage=3)

    response = sign_in(lead_chl).get("/states/chile/")

    profile = response.context["profile"]
    assert profile.history.moved_up == 23
    assert {line.change for line in profile.dimensions} == {1}


def test_state_without_anything_says_so(client, edition, chile):
    page = client.get("/states/chile/").content.decode()

    assert "It is not known whether Chile has a national CSIRT." in page
    assert "No threat picture yet. It will stand here once Chile reports." in page
    assert "It shares no maturity levels yet." in page


def test_page_works_before_the_model_is_loaded(client, chile):
    assert client.get("/states/chile/").status_code == 200
    assert client.get("/states/chile/maturity/").status_code == 200


def test_maturity_of_a_round_shows_that_round(sign_in, closed_round, open_round, chile, lead_chl):
    make_accepted(make_update(closed_round, chile), by=lead_chl, stage=2)
    make_accepted(make_update(open_round, chile), by=lead_chl, stage=5)

    today = sign_in(lead_chl).get("/states/chile/maturity/").context["maturity"]
    before = sign_in(lead_chl).get("/states/chile/maturity/?round=2026-1").context["maturity"]

    assert {answer.stage for answer in today.given.values()} == {5}
    assert {answer.stage for answer in before.given.values()} == {2}


def test_updates_of_a_state_are_listed_for_staff_and_the_state(client, sign_in, accepted, lead_chl, lead_jam, officer):
    assert client.get("/states/chile/updates/").status_code == 302
    assert sign_in(lead_jam).get("/states/chile/updates/").status_code == 404
    for person in (lead_chl, officer):
        assert "No. 1" in sign_in(person).get("/states/chile/updates/").content.decode()


@pytest.mark.parametrize("page", ["", "updates/"])
def test_days_are_counted_until_it_is_sent(sign_in, officer, open_round, chile, lead_chl, page):
    update = make_update(open_round, chile)
    left = f"{(open_round.due_on - today()).days} days left"
    assert left in sign_in(officer).get(f"/states/chile/{page}").text

    make_submitted(update, by=lead_chl)

    assert left not in sign_in(officer).get(f"/states/chile/{page}").text


@pytest.mark.parametrize("page", ["", "maturity/", "updates/"])
def test_unknown_state_is_not_found(sign_in, officer, page):
    assert sign_in(officer).get(f"/states/atlantis/{page}").status_code == 404


def test_pages_of_a_state_ask_the_same_for_one_update_and_many(
    client, sign_in, edition, manager, officer, observer, chile, lead_chl, lead_jam, accepted
):
    people = (None, lead_jam, lead_chl, officer, observer, manager)
    paths = ("/states/chile/", "/states/chile/maturity/", "/states/")

    def counts():
        asked = {}
        for person in people:
            reader = sign_in(person) if person else client
            asked |= {(str(person), path): len(questions_of(reader, path)) for path in paths}
            client.logout()
        return asked

    before = counts()
    for number in range(30):
        state = make_state(f"state-{number}")
        make_update(make_round(edition, by=manager, year=1990 + number, closed=True), state)
    for year in range(2030, 2036):
        make_accepted(make_update(make_round(edition, by=manager, year=year, closed=True), chile), by=lead_chl)

    assert counts() == before
    assert max(before.values()) <= 23  # for staff one more keeps who read it, after the page has gone out


def test_front_page_is_for_everybody_in_the_language_of_its_address(client, sign_in, chile, lead_chl, officer):
    for person in (None, lead_chl, officer):
        response = sign_in(person).get("/fr/") if person else client.get("/fr/")

        assert response.status_code == 200
        assert response["Content-Language"] == "fr"
        assert "Chili" in response.content.decode()


def test_the_bare_address_leads_to_the_readers_language(client, sign_in, speaks, lead_chl):
    assert client.get("/", headers={"accept-language": "pt"})["Location"] == "/pt-br/"
    speaks(lead_chl, "es")
    assert sign_in(lead_chl).get("/")["Location"] == "/es/"


def test_switching_the_language_on_the_front_page_changes_its_address(client, db):
    response = client.post("/language/", {"language": "es", "next": "/fr/"})

    assert response["Location"] == "/es/"


def test_front_page_counts_the_two_objectives_once_five_states_are_known(client, db):
    states = [make_state(f"state-{number}") for number in range(6)]
    with scope(PROGRAMME):
        for state in states[:4]:
            CsirtStatus.objects.create(state=state, status="operational", audience="programme")
    withheld = client.get("/en/").content.decode()

    with scope(PROGRAMME):
        CsirtStatus.objects.create(state=states[4], status="operational", audience="programme")
    page = client.get("/en/").content.decode()

    assert "states have a national team at work" not in withheld
    assert "5 of 6 states have a national team at work" in page


def test_ties_are_the_agreements_with_the_government_of_the_state_that_a_reader_may_know_of(
    client, officer, chile, jamaica
):
    """The newest first, a few of them; of another state none; and as many questions for none as for many."""
    readers = {"anybody": client, "officer": sign_in_from_inside(Client(), officer)}
    few = {who: len(questions_of(reader, "/states/chile/")) for who, reader in readers.items()}
    assert "No agreement with this state is known." in client.get("/states/chile/").content.decode()
    with scope(PROGRAMME):
        government = make_partner("Government of Chile", kind="government", state=chile)
        other = make_partner("Government of Jamaica", kind="government", state=jamaica)
        hidden = make_partner("A ministry of Chile", kind="government", state=chile, is_published=False)
        for year in range(2018, 2024):
            make_agreement(f"Concluded in {year}", government, audience="public", concluded_on=f"{year}-05-01")
        make_agreement("Among the parties", government, concluded_on="2025-05-01")
        make_agreement("With Jamaica", other, audience="public", concluded_on="2025-05-01")
        make_agreement("With a hidden ministry", hidden, audience="public", concluded_on="2025-05-01")

    page = client.get("/states/chile/").content.decode()
    named = [f"Concluded in {year}" for year in range(2023, 2017, -1)]
    places = [page.find(name) for name in named]
    assert places[:4] == sorted(places[:4])
    assert [place > 0 for place in places] == [True] * 4 + [False] * 2
    assert not any(words in page for words in ("Among the parties", "With Jamaica", "hidden ministry", "No agreement"))
    assert "Among the parties" in readers["officer"].get("/states/chile/").content.decode()
    assert {who: len(questions_of(reader, "/states/chile/")) for who, reader in readers.items()} == few
