"""CSIRT, strategy, threats and requests as pages of a state: today, over time, and seen together."""

import csv
import io

import pytest
from django.conf import settings

from capability.models import Answer, CsirtStatus, StrategyStatus, StrategyVersion, ThreatClass, ThreatLevel
from capability.models.facts import Fact
from common.scope import PROGRAMME, scope
from documents.models import Source
from tests.factories.capability import four, make_accepted, make_round, make_update
from tests.reporting.conftest import tell_facts
from tests.reporting.queries import questions_of

SECTIONS = ("csirt", "strategy", "threats", "requests", "needs")
TABLES = ("csirt", "strategy", "threats", "requests")
PAGES = [*(f"/states/chile/{name}/" for name in SECTIONS), *(f"/states/chile/{name}.csv" for name in TABLES)]


def text_of(response):
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode()


FARO = {"strategy": {"step": "drafting", "title": "Faro"}, "csirt": {"name": "Faro"}, "requests": {"1": "Faro"}}


@pytest.fixture
def told(open_round, chile, lead_chl):
    """Chile's accepted update with the same word in every text, kept to the programme."""
    update = make_update(open_round, chile)
    make_accepted(update, by=lead_chl, facts=FARO)
    tell_facts(chile, update, words="Faro")
    with scope(PROGRAMME):
        StrategyVersion.objects.create(state=chile, update=update, title="Faro I", audience="programme")
    return update


@pytest.fixture
def two_updates(first_round, open_round, chile, lead_chl):
    """Chile asked for a course, then for a course and an exercise; its strategy moved on, and threats rose."""
    kinds = [
        ThreatClass.objects.create(code=code, position=place, **four("name", code.title()), **four("help", "x"))
        for place, code in enumerate(("fraud", "vulnerable", "other"))
    ]
    told = []
    for round, step, needs, levels in (
        (first_round, "drafting", {"2": "A course"}, ("low", "none", "unassessed")),
        (open_round, "adoption", {"2": "A course", "4": "An exercise"}, ("high", "none", "unassessed")),
    ):
        update = make_update(round, chile)
        strategy = {"step": step, "in_force": False, "title": f"The {step}"}
        facts = {"csirt": {"status": "operational"}, "strategy": strategy, "requests": needs}
        make_accepted(update, by=lead_chl, stage=2 if round is first_round else 1, facts=facts)
        tell_facts_of(update, kinds, levels, needs)
        told.append(update)
    return told


def tell_facts_of(update, kinds, levels, needs):
    with scope(PROGRAMME):
        said = {"state_id": update.state_id, "update": update, "audience": "programme"}
        tell_facts(update.state, update, words="Faro")
        ThreatLevel.objects.filter(update=update).delete()
        for kind, level in zip(kinds, levels, strict=True):
            ThreatLevel.objects.create(threat=kind, level=level, source_note="CSIRT records", **said)
        update.support_requests.all().delete()
        for point, need in needs.items():
            update.support_requests.create(point=int(point), need=need, state_id=update.state_id, audience="programme")


# Who sees it


def test_what_a_state_keeps_to_itself_is_on_no_page_of_others(client, sign_in, told, lead_jam, outsider, admin):
    for path in PAGES:
        assert "Faro" not in text_of(client.get(path)), path
    for person in (lead_jam, outsider, admin):
        for path in PAGES:
            assert "Faro" not in text_of(sign_in(person).get(path)), (person, path)


def test_the_state_and_staff_see_all_of_it(sign_in, told, lead_chl, observer):
    for person in (lead_chl, observer):
        for path in PAGES:
            assert "Faro" in text_of(sign_in(person).get(path)), (person, path)


def test_what_is_shared_among_states_is_read_by_their_liaisons_alone(client, sign_in, told, lead_jam):
    with scope(PROGRAMME):
        for kind in Fact.__subclasses__():
            kind.objects.filter(state=told.state).update(audience="states")

    assert "Faro note" in text_of(sign_in(lead_jam).get("/states/chile/threats/"))
    client.logout()
    assert "No threat picture that you may see" in text_of(client.get("/states/chile/threats/"))


@pytest.mark.parametrize("path", [f"{name}/" for name in SECTIONS] + [f"{name}.csv" for name in TABLES])
def test_an_unknown_state_is_not_found(sign_in, officer, path):
    assert sign_in(officer).get(f"/states/atlantis/{path}").status_code == 404


def test_a_state_without_anything_says_so(client, edition, chile):
    said = {
        "csirt": "It is not known whether Chile has a national CSIRT.",
        "strategy": "Nothing is known of a national strategy.",
        "threats": "No threat picture that you may see",
        "requests": "No request for support that you may see.",
        "needs": "No maturity level that you may see.",
    }
    for page, sentence in said.items():
        assert sentence in text_of(client.get(f"/states/chile/{page}/")), page


# Over time


def test_history_names_sources_and_updates_the_newest_first_and_what_changed(sign_in, officer, two_updates, chile):
    source = Source.objects.create(key="a-list", title="A public list")
    with scope(PROGRAMME):
        reported = {"state": chile, "source": source, "as_of": "2015-06", "is_current": False}
        StrategyStatus.objects.create(step="initiation", **reported)

    page = sign_in(officer).get("/states/chile/strategy/")

    said = page.context["page"].said
    assert [line.statement.title for line in said][-1] == "A public list"
    assert [line.statement.answer is None for line in said] == [False, False, True]
    assert [(row.label, row.before, row.after) for row in said[0].changes] == [
        ("Stage", "Drafting", "Adoption"),
        ("Title", "The drafting", "The adoption"),
    ]
    assert "Reported by a public source as of June 2015, not by the state." in text_of(page)


def test_a_request_says_since_when_it_stands(sign_in, officer, two_updates):
    page = sign_in(officer).get("/states/chile/requests/")

    asked = {one.request.point: one.times for one in page.context["page"].asked}
    assert asked == {2: 2, 4: 1}
    assert f"Asked for in 2 updates, the first: {two_updates[0].round.title}." in text_of(page)


def test_asking_for_nothing_is_told_apart_from_saying_nothing(sign_in, officer, first_round, chile, lead_chl):
    update = make_update(first_round, chile)
    make_accepted(update, by=lead_chl)
    with scope(PROGRAMME):
        assert Answer.objects.filter(update=update, question="requests", is_accepted=True).exists()

    assert "The last accepted update asks for nothing." in text_of(sign_in(officer).get("/states/chile/requests/"))


def test_the_threat_picture_over_time_is_in_words_and_digits(sign_in, officer, two_updates):
    page = sign_in(officer).get("/states/chile/threats/")

    lines = {line.threat.code: line.cells for line in page.context["page"].lines}
    assert [(cell.digit, cell.change) for cell in lines["fraud"]] == [("1", 0), ("3", 2)]
    assert [(cell.digit, cell.row.level) for cell in lines["other"]] == [("", "unassessed")] * 2
    text = text_of(page)
    assert "up by 2" in text
    assert "1 of 3 classes is not assessed." in text


def test_a_class_that_an_update_does_not_name_is_no_zero(sign_in, officer, told):
    ThreatClass.objects.create(code="other", position=9, **four("name", "Other"), **four("help", "x"))

    page = sign_in(officer).get("/states/chile/threats/")

    (cell,) = next(line.cells for line in page.context["page"].lines if line.threat.code == "other")
    assert (cell.row, cell.digit, cell.css) == (None, "", "heat--silent")


# Seen together


def test_threats_capacity_and_requests_stand_together(sign_in, officer, two_updates):
    page = sign_in(officer).get("/states/chile/needs/").context["page"]

    assert [row.threat.code for row in page.grave] == ["fraud"]
    assert {(standing.stage, standing.last) for standing in page.falling} == {(1, 2)}
    assert len(page.lowest) == 6
    assert page.more_as_low == 17
    assert [asked.request.need for asked in page.requests.asked] == ["A course", "An exercise"]


def test_the_unassessed_never_count_as_grave(sign_in, officer, two_updates):
    with scope(PROGRAMME):
        ThreatLevel.objects.filter(level="unassessed").update(trend="rising")

    page = sign_in(officer).get("/states/chile/needs/").context["page"]

    assert [row.threat.code for row in page.grave] == ["fraud"]


def test_the_public_sees_the_published_levels_and_no_more(client, two_updates):
    page = text_of(client.get("/states/chile/needs/"))

    assert "No threat picture that you may see." in page
    assert "A course" not in page


# Tables and queries


def test_tables_hold_what_the_page_shows_and_never_a_formula(sign_in, officer, two_updates):
    with scope(PROGRAMME):
        ThreatLevel.objects.filter(is_current=True).update(source_note="=cmd()")
    client = sign_in(officer)

    threats = list(csv.reader(io.StringIO(text_of(client.get("/states/chile/threats.csv")).lstrip("\ufeff"))))
    requests = list(csv.reader(io.StringIO(text_of(client.get("/states/chile/requests.csv")).lstrip("\ufeff"))))

    assert threats[0] == ["Update", "Accepted", "Code", "Threat", "Level", "Trend", "Source", "Id", "Link"]
    assert threats[1][-2:] == ["chile", f"{settings.SITE_URL}/states/chile/threats/"]
    assert len(threats) == 1 + 6
    assert threats[1][6] == "'=cmd()"
    assert [row[4] for row in requests[1:]] == ["A course", "An exercise", "A course"]


def test_pages_ask_the_same_for_one_update_and_many_and_for_every_role(
    client, sign_in, edition, manager, officer, observer, chile, lead_chl, lead_jam, two_updates
):
    people = (None, lead_jam, lead_chl, officer, observer, manager)

    def counts():
        asked = {}
        for person in people:
            reader = sign_in(person) if person else client
            asked |= {(str(person), path): len(questions_of(reader, path)) for path in PAGES}
            client.logout()
        return asked

    before = counts()
    kinds = list(ThreatClass.objects.all())
    for year in range(2030, 2036):
        update = make_update(make_round(edition, by=manager, year=year, closed=True), chile)
        make_accepted(update, by=lead_chl, facts=FARO)
        tell_facts_of(update, kinds, ("low", "medium", "high"), {"1": "A plan"})

    assert counts() == before
    assert max(before.values()) <= 15


def test_other_teams_stand_beside_the_national_one(client, chile):
    with scope(PROGRAMME):
        CsirtStatus.objects.create(state=chile, status="operational", name="National team")
        CsirtStatus.objects.create(state=chile, status="operational", name="Bank team", is_national=False)

    page = client.get("/states/chile/csirt/")

    assert page.context["page"].national.name == "National team"
    assert [team.name for team in page.context["page"].others] == ["Bank team"]
