"""Nobody speaks for others, passes on what is stricter than it looks, or learns what others brought unseen."""

import uuid
from typing import Any

import pytest
from django.utils import timezone

from common.scope import PROGRAMME, scope
from csirt_network.models import GroupMember
from csirt_network.team_reader import reach_of_team
from exchange.actions.adding import Made, keep
from exchange.actions.removing import remove
from exchange.bulk import Terms, making
from exchange.bulk.lines import Line
from exchange.models import StixObject
from exchange.stix import ids
from exchange.stix.identities import PROGRAMME_ID, id_of, identity
from exchange.stix.ids import namespace, stix_id
from exchange.stix.labels import MARKINGS
from exchange.stix.markings import MARKINGS as FRAME
from exchange.stix.markings import PAP_IDS
from tests.exchange.test_store import held, why
from tests.factories.exchange import MOMENT, collection_of, indicator, push

pytestmark = pytest.mark.django_db

LATER = {"modified": "2026-04-01T00:00:00.000Z"}
ADDRESS = {"type": "ipv4-addr", "id": f"ipv4-addr--{uuid.uuid5(uuid.NAMESPACE_DNS, 'x')}", "value": "198.51.100.7",
           "object_marking_refs": [MARKINGS["AMBER"]]}  # fmt: skip


def note_about(value: dict[str, Any], tlp: str) -> dict[str, Any]:
    facts = {"created": MOMENT, "modified": MOMENT, "spec_version": "2.1", "object_marking_refs": [MARKINGS[tlp]]}
    return {"type": "note", "id": f"note--{uuid.uuid4()}", "content": "x", "object_refs": [value["id"]], **facts}


@pytest.fixture
def late(group: Any, csirt_banks: Any) -> Any:
    """Joins the group when it is called."""

    def join() -> Any:
        with scope(PROGRAMME):
            GroupMember.objects.create(group=group.group, team=csirt_banks)
        return csirt_banks

    return join


# Labels of copies


def test_a_copy_without_a_label_is_under_that_of_its_original(
    community: Any, group: Any, csirt_chl: Any, csirt_jam: Any
) -> None:
    plain = indicator(tlp=None)
    push(csirt_chl, group, plain, note_about(plain, "AMBER"))
    told = push(csirt_jam, community, plain, note_about(plain, "GREEN"))
    assert "TLP:AMBER" in why(told)
    assert [row.type for row in held(community)] == ["note"]
    assert push(csirt_chl, community, plain, note_about(plain, "GREEN")).failures == []  # its own, to be told anew


def test_a_copy_of_a_copy_is_no_wider(community: Any, group: Any, csirt_chl: Any, csirt_jam: Any) -> None:
    plain = indicator(tlp=None)
    push(csirt_chl, group, plain, note_about(plain, "AMBER"))
    assert push(csirt_jam, collection_of("team", team=csirt_jam), plain).successes
    assert "TLP:AMBER" in why(push(csirt_jam, community, plain, note_about(plain, "CLEAR")))


# Whom objects come from


def test_nobody_writes_in_the_name_of_another(
    community: Any, group: Any, csirt_chl: Any, csirt_jam: Any, csirt_banks: Any
) -> None:
    for maker in (id_of(csirt_jam), id_of(csirt_banks), PROGRAMME_ID):
        assert "created_by_ref" in why(push(csirt_chl, community, indicator(created_by_ref=maker)))
    value = indicator(created_by_ref=id_of(csirt_chl))
    assert push(csirt_chl, community, value).successes
    assert push(csirt_jam, group, value).successes  # passed on as it is
    assert push(csirt_chl, community, indicator(created_by_ref=f"identity--{uuid.uuid4()}")).successes


def test_nobody_brings_what_the_portal_says_of_itself_of_teams_and_of_markings(
    community: Any, own: Any, csirt_chl: Any, csirt_jam: Any
) -> None:
    values = [identity(team) | {"contact_information": "me"} for team in (csirt_chl, csirt_jam, None)]
    values += [FRAME[marking] | {"name": "other"} for marking in PAP_IDS.values()]
    told = push(csirt_chl, own, *values)
    assert len(told.failures) == len(values)
    assert all("The portal makes" in one["message"] for one in told.failures)


def test_an_id_that_the_portal_holds_where_the_team_does_not_read_is_the_portals(
    community: Any, own: Any, csirt_jam: Any
) -> None:
    value = indicator()
    with scope(PROGRAMME):
        keep(collection=own, objects=[Made(value)])
    assert "The portal makes" in why(push(csirt_jam, community, value))
    with scope(PROGRAMME):
        remove(StixObject.objects.filter(stix_id=value["id"]))
    assert "The portal makes" in why(push(csirt_jam, community, value))


def test_ids_hang_on_what_only_the_database_knows(db: Any, monkeypatch: Any) -> None:
    namespace.cache_clear()
    assert namespace() == namespace()
    assert namespace().version == 4
    assert namespace() != ids.OPEN
    before = stix_id("report", "alert", 1)
    monkeypatch.setattr("exchange.stix.ids.namespace", uuid.uuid4)
    assert stix_id("report", "alert", 1) != before


def test_nobody_computes_the_ids_of_what_another_imports(csirt_chl: Any, monkeypatch: Any) -> None:
    def made() -> str:
        line = Line(1, "x")
        terms = Terms(csirt_chl, "", timezone.now())
        making.make(line, making.found("198.51.100.7"), terms, label="", seen=None, note="")
        return line.stix_id

    before = made()
    assert made() == before
    monkeypatch.setattr("exchange.stix.ids.namespace", uuid.uuid4)
    assert made() != before


# What came before a team joined


@pytest.mark.parametrize("value", [indicator(tlp="AMBER"), ADDRESS], ids=["indicator", "address"])
def test_what_a_team_may_not_know_of_answers_as_if_it_were_not_there(
    group: Any, csirt_chl: Any, csirt_jam: Any, late: Any, value: dict[str, Any]
) -> None:
    push(csirt_chl, group, value)
    team = late()
    told = push(team, group, value, value | {"id": value["id"][:-12] + "0" * 12})
    assert [one.get("message") for one in told.successes] == [None, None]
    assert told.failures == []

    assert [row.from_team_id for row in held(group, reach_of_team(team.pk))] == [team.pk, team.pk]
    both = [row.from_team_id for row in held(group, reach_of_team(csirt_jam.pk)) if row.stix_id == value["id"]]
    assert both == [csirt_chl.pk, team.pk]
    again = push(team, group, value)
    assert "already" in again.successes[0]["message"]


def test_what_is_brought_unknowingly_takes_nobodys_place(group: Any, csirt_chl: Any, csirt_jam: Any, late: Any) -> None:
    value = indicator(tlp="AMBER")
    push(csirt_chl, group, value)
    team = late()
    assert push(team, group, value | LATER | {"name": "other"}, value | {"name": "other"}).failures == []
    newest = {row.from_team_id: row.body for row in held(group, reach_of_team(csirt_chl.pk))}
    assert set(newest) == {csirt_chl.pk, team.pk}
    assert '"other"' not in newest[csirt_chl.pk]


def test_deleted_before_a_team_joined_is_as_free_as_any(group: Any, csirt_chl: Any, late: Any) -> None:
    value = indicator(tlp="AMBER")
    push(csirt_chl, group, value)
    with scope(reach_of_team(csirt_chl.pk)):
        remove(held(group))
    assert push(late(), group, value | {"name": "other"}).successes
