"""What a token reads is what its person may read, and no query makes it more."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from capability.actions.extending import extend
from capability.models import CsirtStatus, ExternalIndex, StrategyStatus, SupportRequest, ThreatClass, ThreatLevel
from common.scope import PROGRAMME, reach_of, scope
from csirt_network.actions import freshness
from documents.models import Source
from member_states.models import MemberState
from tests.factories.capability import four, make_accepted, make_draft, make_submitted, make_update
from tests.factories.member_states import make_state


def rows(program, path):
    answer = program.get(path)
    assert answer.status_code == 200, answer.content
    return answer.json()["results"]


def make_facts(state, audience="programme"):
    source = Source.objects.get_or_create(key="a", title="A source")[0]
    threat = ThreatClass.objects.get_or_create(code="fraud", position=1, **four("name", "Fraud"), **four("help", ""))[0]
    said = {"state": state, "audience": audience, "source": source}
    with scope(PROGRAMME):
        CsirtStatus.objects.create(status="operational", name="The team", **said)
        StrategyStatus.objects.create(step="drafting", title="The strategy", **said)
        ThreatLevel.objects.create(threat=threat, level="high", **said)
        SupportRequest.objects.create(point=1, need="An exercise", **said)
    ExternalIndex.objects.create(
        state=state, source=source, kind="gci", edition="2024", score=Decimal("9.5"), scale="100"
    )


FACTS = ("facts/csirts/", "facts/strategies/", "facts/threats/", "facts/requests/")


def test_states_in_the_language_of_the_person(program_of, lead_bra, chile):
    User.objects.filter(pk=lead_bra.pk).update(language="pt-br")
    found = rows(program_of(lead_bra), "states/?sub_region=South America")

    assert [(row["slug"], row["name"], row["participates"]) for row in found] == [
        ("brazil", "Brasil", True),
        ("chile", "Chile", True),
    ]
    assert program_of(lead_bra).get("states/chile/").json()["alpha3"] == "CHL"


def test_indicators_carry_a_sentence_for_each_stage(program_of, lead_chl, edition):
    found = rows(program_of(lead_chl), "indicators/?edition=2021&factor=D1.1")

    assert [row["code"] for row in found] == ["D1.1"]
    assert [stage["stage"] for stage in found[0]["stages"]] == [1, 2, 3, 4, 5]


def test_rounds_are_seen_by_those_whom_they_concern(program_of, lead_chl, outsider, observer, open_round):
    assert [row["slug"] for row in rows(program_of(lead_chl), "rounds/")] == ["2026-2"]
    assert [row["slug"] for row in rows(program_of(observer), "rounds/")] == ["2026-2"]
    assert rows(program_of(outsider), "rounds/") == []


def test_the_liaison_of_another_state_finds_nothing(program_of, update_chl, lead_chl, lead_jam, update_jam):
    make_submitted(update_chl, by=lead_chl)
    program = program_of(lead_jam, "read", "submit")

    assert program.get("updates/chile/2026-2/").status_code == 404
    assert program.post("updates/chile/2026-2/submit/", {"answers": []}).status_code == 404
    assert [row["state"] for row in rows(program, "updates/")] == ["jamaica"]
    assert rows(program, "answers/") == []


def test_what_is_foreign_looks_like_what_is_absent(program_of, update_chl, lead_jam):
    program = program_of(lead_jam)

    foreign, absent = program.get("updates/chile/2026-2/"), program.get("updates/chile/1999-9/")

    assert (foreign.status_code, foreign.content) == (absent.status_code, absent.content)


def test_an_update_tells_what_was_sent_and_decided(program_of, update_chl, lead_chl, officer):
    make_submitted(update_chl, by=lead_chl, text="The words of Chile")

    for person in (lead_chl, officer):
        update = program_of(person).get("updates/chile/2026-2/").json()
        assert update["status"] == "submitted"
        assert [sent["reference"] for sent in update["submissions"]] == ["CHL-2026-2-1"]
        assert len(update["answers"]) == 27
        assert update["answers"][0]["text"] == "The words of Chile"


@pytest.mark.parametrize("path", ["updates/", "updates/chile/2026-2/", "answers/", "answers/?state=chile"])
def test_staff_read_no_drafts(program_of, update_chl, lead_chl, manager, path):
    make_draft(update_chl, "D1.1", by=lead_chl, text="Not sent yet")

    assert "Not sent yet" not in program_of(manager).get(path).content.decode()


@pytest.mark.parametrize(("audience", "others"), [("programme", 0), ("states", 27), ("public", 27)])
def test_the_profile_is_read_as_far_as_it_is_shared(
    program_of, update_chl, lead_chl, lead_jam, observer, audience, others
):
    make_accepted(update_chl, by=lead_chl, audience=audience)

    assert len(rows(program_of(lead_chl), "answers/?state=chile")) == 27
    assert len(rows(program_of(lead_jam), "answers/?state=chile")) == others
    assert len(rows(program_of(observer), "answers/?state=chile")) == 27


@pytest.mark.parametrize("path", FACTS)
def test_facts_are_read_as_far_as_they_are_shared(program_of, chile, lead_chl, lead_jam, officer, path):
    make_facts(chile)

    assert len(rows(program_of(lead_chl), path)) == 1
    assert len(rows(program_of(officer), path)) == 1
    assert rows(program_of(lead_jam), path) == []


def test_figures_of_others_are_public(program_of, chile, outsider):
    make_facts(chile)

    assert [row["score"] for row in rows(program_of(outsider), "facts/indices/?state=chile")] == ["9.500"]


HOSTILE = (
    "?state__sharing=public",
    "?audience=programme",
    "?audience__in=programme",
    "?state__liaisons__person__email__startswith=a",
    "?is_current=false",
    "?update__status=draft",
    "?id__gt=0",
    "?state=jamaica&state=chile",
    "?ordering=state__liaisons__person__password",
    "?ordering=-audience",
    "?format=api",
    "?page_size=1000000",
    "?limit=5",
    "?edition=DROP",
    "?state=%00",
    "?question=%00",
    "?stage=99",
    "?stage=1e400",
    "?stage=NaN",
    "?cursor=cD1hYmM=",
    "?cursor=cD0lMDA=",
    "?cursor=%F0%9F%92%A9",
    "?cursor=bz0tMQ==",
    "?%00=1",
)


@pytest.mark.parametrize("query", HOSTILE)
def test_hostile_queries_are_refused_with_a_sentence(program_of, update_chl, lead_chl, lead_jam, query):
    make_accepted(update_chl, by=lead_chl)

    answer = program_of(lead_jam).get(f"answers/{query}")

    assert answer.status_code in (400, 404)
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["detail"].endswith(".")
    assert "Because" not in answer.content.decode()


@pytest.mark.parametrize("path", ["states/", "indicators/", "rounds/", "updates/", "answers/", *FACTS, "facts/laws/"])
@pytest.mark.parametrize("query", ["?audience=public", "?cursor=cD1hYmM=", "?ordering=pk", "?ordering="])
def test_every_list_refuses_what_it_does_not_know(program_of, lead_chl, path, query):
    answer = program_of(lead_chl).get(path + query)

    known = path == "states/" and "cursor" in query  # its key is a word
    assert answer.status_code == (200 if known else 400), answer.content


def test_a_single_row_takes_no_query(program_of, lead_chl):
    assert program_of(lead_chl).get("states/chile/?state__sharing=1").status_code == 400


def test_rows_out_of_reach_are_not_found(program_of, update_chl, lead_chl, lead_jam):
    make_accepted(update_chl, by=lead_chl)
    mine = rows(program_of(lead_chl), "answers/")[0]["id"]

    assert program_of(lead_chl).get(f"answers/{mine}/").status_code == 200
    assert program_of(lead_jam).get(f"answers/{mine}/").status_code == 404


def test_pages_follow_one_another_without_gap_or_overlap(program_of, lead_chl):
    names = {f"name_{suffix}": "A state" for suffix in ("en", "es", "fr", "pt_br")}
    MemberState.objects.bulk_create(
        MemberState(
            slug=f"state-{n}", alpha2=chr(65 + n // 12) + chr(97 + n % 12), alpha3=f"{n:03}", year_joined=1948, **names
        )
        for n in range(150)
    )
    program = program_of(lead_chl)

    first = program.get("states/?ordering=year_joined").json()
    second = program.client.get(first["next"], headers={"Authorization": f"Bearer {program.secret}"}).json()

    slugs = [row["slug"] for page in (first, second) for row in page["results"]]
    assert len(first["results"]) == 100
    assert len(slugs) == len(set(slugs)) == 151
    assert second["next"] is None


LISTED = (
    "states/",
    "indicators/",
    "rounds/",
    "updates/",
    "updates/chile/2026-2/",
    "answers/",
    *FACTS,
    "facts/indices/",
)


@pytest.mark.parametrize("who", ["lead_chl", "manager"])
@pytest.mark.parametrize("path", LISTED)
def test_the_same_queries_for_one_row_and_many(
    program_of, update_chl, lead_chl, open_round, django_assert_num_queries, request, who, path
):
    person = request.getfixturevalue(who)
    make_accepted(update_chl, by=lead_chl, audience="public")
    make_facts(update_chl.state, "public")
    program = program_of(person)
    program.get("states/")  # the use of the token is noted once a minute
    with CaptureQueriesContext(connection) as before:
        program.get(path)

    for number in range(8):
        state = make_state(f"other-{number}")
        make_accepted(make_update(open_round, state), by=lead_chl, audience="public")
        make_facts(state, "public")

    with django_assert_num_queries(len(before)):
        program.get(path)


def test_the_network_reads_when_a_team_last_confirmed_its_entry(program_of, csirt_chl, rep_chl, rep_jam, outsider):
    def confirmed_at(person):
        return program_of(person).get(f"csirts/{csirt_chl.slug}/").json()["confirmed_at"]

    assert confirmed_at(rep_jam) is None

    with scope(PROGRAMME):
        held = freshness.confirm(team=csirt_chl, by=rep_chl)

    assert datetime.fromisoformat(confirmed_at(rep_jam)) == held.confirmed_at
    assert confirmed_at(outsider) is None  # it is not published


def test_an_update_says_by_when_its_own_state_is_to_send_it(program_of, lead_chl, update_chl, officer):
    due_on = update_chl.round.due_on
    before = program_of(lead_chl).get("updates/chile/2026-2/").json()
    later = due_on + timedelta(days=40)
    with scope(reach_of(officer)):
        extend(update=update_chl, due_on=later, reason="Elections", by=officer)

    [after] = rows(program_of(lead_chl), "updates/")

    assert (before["due_on"], before["extended_until"]) == (str(due_on), None)
    assert (after["due_on"], after["extended_until"]) == (str(later), str(later))
