"""The four sections of one state by the API: over time, as far as the state shares them, and sent in full."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEntry
from capability.models import (
    DraftAnswer,
    StrategyConsultation,
    StrategyStatus,
    StrategyStep,
    StrategyVersion,
    SupportRequest,
    ThreatClass,
    ThreatLevel,
)
from common.scope import PROGRAMME, reach_of, scope
from member_states.models import MemberState
from tests.api.test_submitting import faults, send, whole
from tests.capability.filling import STRATEGY, make_threat_classes
from tests.factories.capability import four, make_accepted, make_round, make_update

FULL = {
    **STRATEGY,
    "stages": {"initiation": "2021", "adoption": "2023-05"},
    "versions": [{"title": "First policy", "adopted": "2016"}],
    "consultations": [{"sector": "academia", "held": "2022-11", "women": 12}],
}
PATHS = [f"states/chile/{section}/" for section in ("csirt", "strategy", "threats", "requests")]


@pytest.fixture
def told(open_round, chile, lead_chl):
    update = make_update(open_round, chile)
    make_accepted(update, by=lead_chl)
    tell(update, "adoption", "high")
    return update


def tell(update, step, level, audience="programme"):
    threat = ThreatClass.objects.filter(code="fraud").first() or ThreatClass.objects.create(
        code="fraud", position=1, **four("name", "Fraud"), **four("help", "x")
    )
    with scope(PROGRAMME):
        said = {"state_id": update.state_id, "update": update, "audience": audience}
        for kind in (StrategyStatus, ThreatLevel, SupportRequest):
            kind.objects.filter(state_id=update.state_id).update(is_current=False)
        StrategyStatus.objects.create(step=step, **said)
        StrategyStep.objects.create(step="drafting", reached="2022", **said)
        StrategyVersion.objects.create(title=f"Before {step}", **said)
        StrategyConsultation.objects.create(sector="academia", women=4, **said)
        ThreatLevel.objects.create(threat=threat, level=level, **said)
        SupportRequest.objects.create(point=4, need="An exercise", **said)


def rows(program, path):
    found = program.get(path)
    assert found.status_code == 200, found.content
    return found.json()["results"]


def test_a_strategy_carries_what_was_said_with_it(program_of, lead_chl, told, edition, manager, chile):
    later = make_update(make_round(edition, by=manager, year=2030), chile)
    make_accepted(later, by=lead_chl)
    tell(later, "evaluation", "low")

    newest, before = rows(program_of(lead_chl), "states/chile/strategy/")

    assert (newest["step"], newest["round"], newest["is_current"]) == ("evaluation", "2030-2", True)
    assert (before["step"], before["round"], before["is_current"]) == ("adoption", "2026-2", False)
    assert before["stages"] == [{"step": "drafting", "reached": "2022"}]
    assert [version["title"] for version in before["versions"]] == ["Before adoption"]
    assert before["consultations"][0]["women"] == 4


@pytest.mark.parametrize(
    ("query", "number"),
    [("", 1), ("?level=high", 1), ("?level=low", 0), ("?threat=fraud", 1), ("?is_current=false", 0)],
)
def test_the_threat_picture_is_narrowed(program_of, lead_chl, told, query, number):
    assert len(rows(program_of(lead_chl), f"states/chile/threats/{query}")) == number


def test_it_is_read_by_those_the_state_shares_with(program_of, lead_chl, lead_jam, outsider, observer, told):
    seen = {person: [len(rows(program_of(person), path)) for path in PATHS] for person in (lead_jam, outsider)}
    assert seen == {lead_jam: [0, 0, 0, 0], outsider: [0, 0, 0, 0]}
    for person in (lead_chl, observer):
        assert [len(rows(program_of(person), path)) for path in PATHS] == [0, 1, 1, 1]


FACTS = [f"facts/{kind}/" for kind in ("strategies", "threats", "requests")]
OF_INSIGHT = [f"states/chile/{page}/" for page in ("over-time", "moves", "compare")]


@pytest.mark.parametrize("path", [*PATHS, *FACTS, *OF_INSIGHT])
def test_what_staff_read_by_program_stands_in_the_trail_as_on_the_page(program_of, officer, lead_chl, told, path):
    for person, noted in ((lead_chl, []), (officer, [officer.pk])):
        assert program_of(person).get(path).status_code == 200
        with scope(PROGRAMME):
            read = AuditEntry.objects.filter(verb=AuditEntry.Verb.READ, model="capability.submission")
            assert list(read.values_list("by_id", flat=True)) == noted


def reads():
    with scope(PROGRAMME):
        read = AuditEntry.objects.filter(verb=AuditEntry.Verb.READ, model="capability.submission")
        slugs = dict(MemberState.objects.values_list("pk", "slug"))
        return sorted(slugs[pk] for pk in read.values_list("state_id", flat=True))


@pytest.mark.parametrize("path", FACTS)
def test_a_single_fact_that_staff_read_stands_in_the_trail(program_of, officer, told, path):
    program = program_of(officer)
    (fact,) = rows(program, path)

    program.get(f"{path}{fact['id']}/")

    assert reads() == ["chile"] * 2


def test_what_everybody_may_read_leaves_no_entry(program_of, officer, told):
    with scope(PROGRAMME):
        StrategyStatus.objects.update(audience="public")

    assert len(rows(program_of(officer), "facts/strategies/")) == 1
    assert reads() == []


def test_of_a_comparison_each_state_stands_in_the_trail(program_of, officer, told, open_round, jamaica, lead_jam):
    make_accepted(make_update(open_round, jamaica), by=lead_jam)

    compared = program_of(officer).get("states/chile/compare/?with=jamaica").json()

    assert "jamaica" in {column["key"] for column in compared["columns"]}
    assert reads() == ["chile", "jamaica"]


def test_an_unknown_state_and_an_unknown_filter_are_refused(program_of, officer, told):
    assert program_of(officer).get("states/atlantis/threats/").status_code == 404
    assert program_of(officer).get("states/chile/threats/?colour=red").status_code == 400


def test_many_ask_no_more_than_one(program_of, officer, told, edition, manager, chile, lead_chl):
    program = program_of(officer)

    def count():
        asked = []
        for path in PATHS:
            with CaptureQueriesContext(connection) as queries:
                rows(program, path)
            asked.append(len(queries))
        return asked

    count()
    before = count()
    for year in range(2030, 2036):
        update = make_update(make_round(edition, by=manager, year=year), chile)
        make_accepted(update, by=lead_chl)
        tell(update, "drafting", "low")

    assert count() == before


@pytest.fixture
def program(update_chl, lead_chl, officer, program_of):
    make_threat_classes()
    return program_of(lead_chl, "read", "submit")


def test_a_strategy_is_sent_in_full(program, lead_chl):
    threats = {"malicious-code": {"level": "unassessed"}, "fraud": {"level": "none"}, "source": "The CSIRT"}
    body = whole(strategy={"question": "strategy", "facts": FULL}, threats={"question": "threats", "facts": threats})

    assert send(program, body).status_code == 201

    with scope(reach_of(lead_chl)):
        stored = dict(DraftAnswer.objects.filter(question__in=("strategy", "threats")).values_list("question", "facts"))
    assert stored == {"strategy": FULL, "threats": threats}


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"stages": {"drafting": "2023-13"}}, 422),
        ({"stages": {"lunch": "2023"}}, 400),
        ({"versions": [{"adopted": "2016"}]}, 422),
        ({"versions": [{"title": "x"}] * 11}, 400),
        ({"consultations": [{"sector": "martians"}]}, 400),
        ({"consultations": [{"sector": "private", "women": -1}]}, 400),
        ({"consultations": "everybody"}, 400),
    ],
)
def test_what_is_wrong_in_it_is_refused_and_nothing_is_saved(program, lead_chl, wrong, code):
    answered = send(program, whole(strategy={"question": "strategy", "facts": {**STRATEGY, **wrong}}))

    assert answered.status_code == code
    assert code == 400 or "strategy" in faults(answered)
    with scope(reach_of(lead_chl)):
        assert not DraftAnswer.objects.exists()
