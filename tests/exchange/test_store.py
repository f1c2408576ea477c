"""What a team brings comes back as it was; whose it is, under which label, and in which order."""

import json
import time
import uuid
from typing import Any

import pytest
from django.db import ProgrammingError, transaction
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from common.scope import NOTHING, PROGRAMME, scope
from csirt_network.models import GroupMember
from csirt_network.team_reader import reach_of_team
from exchange.actions.adding import Made, add, keep
from exchange.actions.referring import keep_references
from exchange.actions.removing import remove
from exchange.models import Observable, Reference, StixObject
from exchange.stix.checking import problem_of
from exchange.stix.cutting import MOST_OBJECTS, Uncuttable, cut
from exchange.stix.labels import MARKINGS, OF_TLP_1
from exchange.stix.patterns import pattern_problem, values_of
from review.actions import Refused
from tests.factories.exchange import collection_of, given, indicator, push

pytestmark = pytest.mark.django_db

NUMBERS = st.integers(-(10**20), 10**20) | st.floats(allow_nan=False, allow_infinity=False)
JSON = st.recursive(
    st.none() | st.booleans() | NUMBERS | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


def held(collection: Any, reach: Any = PROGRAMME) -> list[StixObject]:
    with scope(reach):
        found = StixObject.objects.readable_in(reach).newest().filter(collection=collection)
        return list(found.exclude(type="marking-definition").order_by("date_added"))


def why(added: Any) -> str:
    return added.failures[0]["message"]


# Exactly as it came


@settings(max_examples=60)
@drawn(
    extra=st.dictionaries(st.text(max_size=8), JSON, max_size=4),
    indent=st.sampled_from([None, 0, 3]),
    ascii=st.booleans(),
)
def test_every_object_is_cut_out_exactly_as_it_came(extra: dict[str, Any], indent: int | None, ascii: bool) -> None:
    texts = [json.dumps(one, indent=indent, ensure_ascii=ascii) for one in (extra, {"a": [extra]}, {})]
    envelope = '{"more": false, "x": [1, {"objects": []}],\n"objects"\t: [' + " ,\r\n".join(texts) + ' ], "y": null}'
    assert [one.text for one in cut(envelope)] == texts
    assert [one.value for one in cut(envelope.encode("utf-8", "surrogatepass"))] == [json.loads(text) for text in texts]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no JSON"), ("[]", "no JSON"), ("{", "no JSON"), ('{"objects":[{},]}', "no JSON"),
        ('{"objects":[{}],}', "no JSON"), ('{"objects":[{}]} {}', "no JSON"), ('{1:2}', "no JSON"),
        ("{}", "no objects"), ('{"objects":[]}', "no objects"), ('{"objects":[1]}', "JSON object"),
        ('{"objects":[{"a":NaN}]}', "NaN"), ('{"objects":[{"a":-Infinity}]}', "NaN"),
        ('{"objects":[{"a":' + "1" * 5000 + "}]}", "NaN"), (b"\xff", "UTF-8"),
        ('{"objects":' + "[" * 100_000, "nested"), ('{"objects":[' + '{"a":' * 51 + "1" + "}" * 51 + "]}", "nested"),
        ('{"objects":[{}],"objects":[{}]}', "once"), ('{"objects":[' + "{}," * 5_000 + "{}]}", "too many"),
        ('{"objects":[{}]}' + " " * 5_000_000, "too long"),
    ],
)  # fmt: skip
def test_what_cannot_be_cut_is_told_in_a_sentence(text: Any, said: str) -> None:
    with pytest.raises(Uncuttable, match=said):
        cut(text)


def test_fifty_levels_are_read() -> None:
    assert cut('{"objects":[' + '{"a":' * 50 + "1" + "}" * 50 + "]}")


def test_five_thousand_objects_are_read() -> None:
    assert len(cut('{"objects":[' + ",".join(["{}"] * MOST_OBJECTS) + "]}")) == MOST_OBJECTS


# What is an object of STIX 2.1


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"type": "Indicator"}, "type"), ({"type": None}, "type"), ({"id": "indicator--1"}, "id"),
        ({"id": ["x"]}, "id"), ({"id": f"malware--{uuid.uuid4()}"}, "another type"), ({"spec_version": "2.0"}, "2.1"),
        ({"spec_version": None}, "STIX 2.0"), ({"created": None}, "created"), ({"modified": "2026"}, "modified"),
        ({"modified": "2020-01-01T00:00:00Z"}, "before"), ({"modified": "2026-02-30T00:00:00Z"}, "modified"),
        ({"valid_until": "2020-01-01T00:00:00Z"}, "before"), ({"pattern": ""}, "pattern"),
        ({"pattern": ["x"]}, "pattern"), ({"pattern": "[a"}, "pattern"), ({"pattern": "[a:b = 1] " * 500}, "too long"),
        ({"pattern": "(" * 51 + "[a:b = 1]" + ")" * 51}, "nested"), ({"created_by_ref": "x"}, "ids"),
        ({"created_by_ref": f"malware--{uuid.uuid4()}"}, "identity"), ({"object_marking_refs": "x"}, "ids"),
        ({"object_marking_refs": [f"identity--{uuid.uuid4()}"]}, "marking-definition"),
        ({"id": "indicator--8E2E2D2B-17d4-4cbf-938f-98ee46b3cd3f"}, "id"),
        ({"created_by_ref": "identity--8E2E2D2B-17d4-4cbf-938f-98ee46b3cd3f"}, "created_by_ref"),
        ({"object_marking_refs": [MARKINGS["RED"].replace("e828b379", "E828B379")]}, "object_marking_refs"),
        ({"granular_markings": [{"marking_ref": MARKINGS["RED"].upper(), "selectors": ["name"]}]}, "granular_markings"),
        ({"granular_markings": {"marking_ref": MARKINGS["RED"]}}, "granular_markings"),
        ({"indicator_types": [{}]}, "list of texts"), ({"indicator_types": 5}, "list of texts"),
        ({"labels": "x"}, "list of texts"), ({"labels": ["x", None]}, "list of texts"), ({"name": {}}, "a text"),
        ({"description": 5}, "a text"), ({"revoked": "no"}, "true or false"), ({"name": "x" * 250 + "\ud800"}, "NUL"),
        ({"x_a": [{"b": "\udfff"}]}, "NUL"), ({"x_a": {"\0": 1}}, "NUL"), ({"name": "a\0b"}, "NUL"),
    ],
)  # fmt: skip
def test_what_the_standard_does_not_allow_is_told(facts: dict[str, Any], said: str) -> None:
    assert said in problem_of(indicator(**facts))


@pytest.mark.parametrize(
    "facts",
    [
        {}, {"pattern_type": "yara", "pattern": "rule x {}"}, {"x_ref": 3, "x_custom": {"a": [None]}},
        {"pattern": "[file:hashes.'SHA-256' = '" + "a" * 64 + "' AND file:size > 3] FOLLOWEDBY [url:value LIKE 'x']"},
        {"pattern": "(" * 49 + "[a:b = 1]" + ")" * 49}, {"modified": "2026-03-01T12:00:00.123456789Z"},
        {"granular_markings": [{"lang": "es", "selectors": ["name"]}]}, {"name": "😀 \\u0000 \\ud800"},
        {"pattern": "[url:value = 'http://x.example/*' /* a ' b */ OR a:b = 1] // it's"},
    ],
)  # fmt: skip
def test_what_it_allows_is_taken(facts: dict[str, Any]) -> None:
    assert problem_of(indicator(**facts)) == ""


@drawn(value=st.dictionaries(st.sampled_from([*indicator(), "x_a_ref", "y_refs", "created_by_ref"]), JSON))
def test_whatever_comes_gets_a_sentence_or_is_taken(value: dict[str, Any]) -> None:
    assert isinstance(problem_of(indicator() | value), str)
    assert isinstance(problem_of(value), str)


HELD = "[ipv4-addr:value = '198.51.100.7']"


@pytest.mark.parametrize(
    "pattern",
    [
        f"{HELD} /* a:b IN ({'1' * 3900} */", f"{HELD} /* a:b IN ({'1 ' * 1900} */", f"{HELD} // a:b IN ({'1' * 3900}",
        f"{HELD} {'/*' * 1900}", "[" + "\\'" * 1990, "[" + "a" * 3990, "a:" * 2000, f"[a:b{' ' * 3900}]", "'" * 3999,
        f"[{'a' * 2000}:b{' ' * 1900}]", f"[a:b IN ({'1,' * 1900}", f"[x:{'y.' * 1900}z = 1]", "b'" + "A" * 3990,
    ],
    ids=range(13),
)  # fmt: skip
def test_no_pattern_takes_longer_than_its_length(pattern: str) -> None:
    """Of the processor, not by a clock, and the best of three: seconds where something is looked for time and again."""

    def spent() -> float:
        begins = time.process_time()
        pattern_problem(pattern)
        values_of(indicator(pattern=pattern))
        return time.process_time() - begins

    assert min(spent() for _ in range(3)) < 0.5


@pytest.mark.parametrize(
    "pattern",
    [HELD, f"{HELD} /* domain-name:value = 'not.example' */", f"{HELD} // domain-name:value = 'not.example'",
     "[ipv4-addr:value /* ' */ = /**/ '198.51.100.7']", "[ipv4-addr:value == '198.51.100.7']",
     "[ipv4-addr:value IN ( '198.51.100.7' , 'x' ) AND x:y = '// domain-name:value = 1']"],
)  # fmt: skip
def test_what_stands_in_a_comment_or_a_text_is_no_value(pattern: str) -> None:
    assert pattern_problem(pattern) == ""
    assert values_of(indicator(pattern=pattern)) == [("ipv4", "198.51.100.7")]


def test_nobody_waits_while_patterns_are_read(community: Any, csirt_chl: Any, monkeypatch: Any) -> None:
    asked: list[str] = []
    monkeypatch.setattr("exchange.actions.adding.values_of", lambda value: asked.append("values") or [])
    monkeypatch.setattr("exchange.actions.holding.lock", lambda collection: asked.append("lock"))
    push(csirt_chl, community, indicator(), indicator())
    assert asked == ["values", "values", "lock"]


# Labels


@pytest.mark.parametrize(
    ("kind", "taken"),
    [("community", {"CLEAR", "GREEN"}), ("group", {"CLEAR", "GREEN", "AMBER"}),
     ("own", {"CLEAR", "GREEN", "AMBER", "AMBER+STRICT"})],
)  # fmt: skip
def test_no_collection_takes_what_is_stricter_than_itself(
    community: Any, group: Any, own: Any, csirt_chl: Any, kind: str, taken: set[str]
) -> None:
    into = {"community": community, "group": group, "own": own}[kind]
    for tlp in ("CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED"):
        told = push(csirt_chl, into, indicator(tlp=tlp))
        assert bool(told.successes) == (tlp in taken), tlp
        if told.failures:
            assert f"TLP:{tlp}" in why(told)
    assert {row.tlp for row in held(into)} == {into.tlp}  # held under the stricter of both


def test_labels_of_tlp_1_are_understood(community: Any, csirt_chl: Any) -> None:
    told = push(csirt_chl, community, *[indicator(tlp=None, object_marking_refs=[old]) for old in OF_TLP_1])
    assert [len(told.successes), len(told.failures)] == [2, 2]


def test_the_strictest_of_several_and_of_the_parts_decides(community: Any, csirt_chl: Any) -> None:
    both = indicator(object_marking_refs=[MARKINGS["CLEAR"], MARKINGS["AMBER"]])
    part = indicator(granular_markings=[{"marking_ref": MARKINGS["RED"], "selectors": ["name"]}])
    assert not push(csirt_chl, community, both, part).successes


def test_what_has_no_label_takes_that_of_what_it_came_with(
    community: Any, group: Any, own: Any, csirt_chl: Any
) -> None:
    maker = {"type": "identity", "id": f"identity--{uuid.uuid4()}", "spec_version": "2.1", "name": "X",
             "created": "2026-03-01T12:00:00.000Z", "modified": "2026-03-01T12:00:00.000Z"}  # fmt: skip
    amber = indicator(tlp="AMBER", created_by_ref=maker["id"])
    alone = indicator(tlp=None)
    assert "no label" in why(push(csirt_chl, community, alone))
    assert "TLP:AMBER" in why(push(csirt_chl, community, maker, amber))
    told = push(csirt_chl, group, maker, amber, alone)
    assert [one["id"] for one in told.successes] == [maker["id"], amber["id"]]
    assert push(csirt_chl, own, alone).successes
    assert [row.tlp for row in held(own)] == ["AMBER+STRICT"]


def test_two_that_share_an_author_say_nothing_of_each_other(community: Any, csirt_chl: Any) -> None:
    author = f"identity--{uuid.uuid4()}"
    told = push(csirt_chl, community, indicator(created_by_ref=author), indicator(tlp=None, created_by_ref=author))
    assert [len(told.successes), len(told.failures)] == [1, 1]


def test_a_label_comes_before_what_uses_it_and_once(community: Any, csirt_chl: Any) -> None:
    push(csirt_chl, community, indicator())
    push(csirt_chl, community, indicator(), indicator(tlp="CLEAR"))
    with scope(PROGRAMME):
        rows = list(
            StixObject.objects.filter(collection=community).order_by("date_added").values_list("stix_id", flat=True)
        )
    assert rows[0] == MARKINGS["GREEN"]
    assert rows.index(MARKINGS["CLEAR"]) == 2
    assert len(rows) == 5


# Whose an id is


def test_only_who_brought_an_id_brings_its_next_versions(community: Any, csirt_chl: Any, csirt_jam: Any) -> None:
    value = indicator()
    later = value | {"modified": "2026-04-01T00:00:00.000Z", "revoked": True}
    push(csirt_chl, community, value)
    assert "Another team" in why(push(csirt_jam, community, later))
    assert push(csirt_jam, community, value).successes[0]["message"]  # the same is a success, and changes nothing
    assert push(csirt_chl, community, later).successes
    assert [(row.from_team_id, row.body) for row in held(community)] == [(csirt_chl.pk, json.dumps(later))]


def test_what_one_reads_elsewhere_may_be_passed_on_as_it_is(
    community: Any, group: Any, csirt_chl: Any, csirt_jam: Any
) -> None:
    value = indicator()
    push(csirt_chl, community, value)
    assert "Another team" in why(push(csirt_jam, group, value | {"name": "changed"}))
    assert push(csirt_jam, group, value).successes


def test_an_id_of_a_collection_one_may_not_read_is_as_free_as_any(
    own: Any, community: Any, csirt_jam: Any, csirt_chl: Any
) -> None:
    value = indicator()
    push(csirt_chl, own, value)
    assert push(csirt_jam, community, value | {"name": "other"}).successes


def test_an_id_in_capitals_is_no_way_around_whose_it_is(community: Any, csirt_chl: Any, csirt_jam: Any) -> None:
    value = indicator()
    push(csirt_chl, community, value)
    kind, _dashes, rest = value["id"].partition("--")
    later = value | {"id": f"{kind}--{rest.upper()}", "modified": "2026-04-01T00:00:00.000Z", "revoked": True}
    assert "“id”" in why(push(csirt_jam, community, later))


def test_what_the_portal_makes_nobody_pushes(community: Any, csirt_chl: Any) -> None:
    value = indicator()
    push(csirt_chl, community, value)
    with scope(PROGRAMME):
        keep(collection=community, objects=[Made(value | {"name": "of the portal"})])
    assert "portal" in why(push(csirt_chl, community, value))
    assert [row.from_team_id for row in held(community)] == [None]


def test_the_portal_publishes_nothing_by_mistake(community: Any) -> None:
    with scope(PROGRAMME), pytest.raises(ValueError, match="AMBER"):
        keep(collection=community, objects=[Made(indicator(tlp="AMBER"))])


def test_a_version_never_changes(community: Any, csirt_chl: Any) -> None:
    value = indicator()
    push(csirt_chl, community, value)
    assert "later" in why(push(csirt_chl, community, value | {"name": "other"}))
    two = [indicator(id="indicator--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f", name=name) for name in ("a", "b")]
    assert "later" in why(push(csirt_chl, community, *two))


def test_an_observable_of_another_team_is_the_same_observable(community: Any, csirt_chl: Any, csirt_jam: Any) -> None:
    value = {"type": "ipv4-addr", "id": f"ipv4-addr--{uuid.uuid5(uuid.NAMESPACE_DNS, 'x')}", "value": "198.51.100.7",
             "object_marking_refs": [MARKINGS["GREEN"]]}  # fmt: skip
    for team in (csirt_chl, csirt_jam):
        assert push(team, community, value).successes
    assert len(held(community)) == 1
    assert push(csirt_jam, community, value | {"x_note": 1}).successes  # nobody's, so each says of it what it knows
    assert [row.from_team_id for row in held(community)] == [csirt_chl.pk, csirt_jam.pk]
    assert push(csirt_jam, community, value | {"x_note": 2}).successes
    assert [row.from_team_id for row in held(community)] == [csirt_chl.pk, csirt_jam.pk]


def test_a_team_that_is_not_of_the_group_brings_nothing(group: Any, csirt_banks: Any) -> None:
    with pytest.raises(Refused), scope(NOTHING):
        add(collection=collection_of("public"), team=csirt_banks, objects=given(indicator()), by=None)
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        push(csirt_banks, group, indicator(tlp="AMBER"))  # no view comes so far; the wall stands behind them


def test_who_joins_a_group_later_does_not_read_what_came_before(group: Any, csirt_chl: Any, csirt_banks: Any) -> None:
    push(csirt_chl, group, indicator(tlp="AMBER"))
    with scope(PROGRAMME):
        GroupMember.objects.create(group=group.group, team=csirt_banks)
    push(csirt_chl, group, indicator(tlp="AMBER"))
    assert len(held(group, reach_of_team(csirt_chl.pk))) == 2
    assert len(held(group, reach_of_team(csirt_banks.pk))) == 1


# What objects point at


def test_values_are_kept_in_their_one_form(community: Any, csirt_chl: Any) -> None:
    pattern = (
        "[ipv4-addr:value = '198.51.100.7' OR ipv4-addr:value ISSUBSET '203.0.113.9/24'"
        " OR domain-name:value = 'BAD.example.'"
        " OR url:value IN ('http://Bad.example/a\\'b', 'nonsense') OR file:hashes.MD5 = '" + "A" * 32 + "'"
        " OR domain-name:value NOT = 'good.example' OR domain-name:value != 'fine.example'"
        " OR email-addr:value = '" + "x" * 1001 + "@bad.example' OR x:y = 'domain-name:value = 1']"
    )
    push(csirt_chl, community, indicator(pattern=pattern))
    with scope(PROGRAMME):
        values = set(Observable.objects.values_list("kind", "value"))
    assert values == {
        ("ipv4", "198.51.100.7"), ("ipv4-network", "203.0.113.0/24"), ("domain", "bad.example"),
        ("url", "http://bad.example/a'b"), ("md5", "a" * 32),
    }  # fmt: skip


def test_whom_a_note_is_about_is_kept_and_goes_with_it(community: Any, csirt_chl: Any) -> None:
    about = indicator()
    note = {
        "type": "note", "spec_version": "2.1", "id": "note--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f",
        "created": about["created"], "modified": about["modified"], "content": about["id"],
        "object_refs": [about["id"], about["id"]], "object_marking_refs": [MARKINGS["GREEN"]],
    }  # fmt: skip
    assert push(csirt_chl, community, about, note).successes
    with scope(PROGRAMME):
        assert list(Reference.objects.values_list("object__stix_id", "stix_id")) == [(note["id"], about["id"])]

        Reference.objects.all().delete()
    keep_references()  # as after a version that knew nothing of references
    keep_references()
    with scope(PROGRAMME):
        assert list(Reference.objects.values_list("object__stix_id", "stix_id")) == [(note["id"], about["id"])]

    with scope(reach_of_team(csirt_chl.pk)):
        remove(held(community))

    with scope(PROGRAMME):
        assert not Reference.objects.exists()


def test_what_a_version_before_deleted_is_about_nothing_any_more(community: Any, csirt_chl: Any) -> None:
    push(csirt_chl, community, indicator())
    with scope(PROGRAMME):
        row = StixObject.objects.filter(type="indicator").get()
        Reference.objects.create(object=row, stix_id="malware--1")
        StixObject.objects.filter(pk=row.pk).update(gone_at=row.date_added, body="", sought="")

    keep_references()

    with scope(PROGRAMME):
        assert not Reference.objects.exists()


def test_deleting_takes_values_and_text_and_leaves_a_stone(community: Any, csirt_chl: Any, csirt_jam: Any) -> None:
    value = indicator()
    push(csirt_chl, community, value)
    rows = held(community)
    with scope(reach_of_team(csirt_jam.pk)):
        assert remove(rows) == 0  # the wall leaves those of others alone
    with scope(reach_of_team(csirt_chl.pk)):
        assert remove(rows) == 1
    with scope(PROGRAMME):
        assert not Observable.objects.exists()
        assert [row.body for row in StixObject.objects.filter(stix_id=value["id"])] == [""]
    assert "Another team" in why(push(csirt_jam, community, value))
    assert push(csirt_chl, community, value).successes


def test_dates_of_adding_rise_though_the_clock_does_not(community: Any, csirt_chl: Any, monkeypatch: Any) -> None:
    push(csirt_chl, community, *[indicator() for _ in range(3)])
    early = held(community)[0].date_added
    monkeypatch.setattr("exchange.actions.holding.timezone.now", lambda: early)
    push(csirt_chl, community, *[indicator() for _ in range(3)])
    dates = [row.date_added for row in held(community)]
    assert dates == sorted(set(dates))
    assert len(dates) == 6
