"""The objects of the collections as people read them: who sees which, found, taken along, taken back."""

import json
import re
import uuid
from io import BytesIO
from types import SimpleNamespace
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEntry
from audit.models import Fingerprint
from common.scope import PROGRAMME, Reach, reach_of, scope
from csirt_network.models import GroupMember, SharingGroup
from exchange import files
from exchange.actions.adding import Given, add
from exchange.actions.collections import keep_collections
from exchange.api.objects import ObjectSerializer
from exchange.models import Collection, StixObject
from exchange.stix.labels import MARKINGS
from tests.exchange.files import AT, client_of, indicator

pytestmark = pytest.mark.django_db
LIST = "/exchange/objects/"


@pytest.fixture
def group(manager: Any, csirt_chl: Any, csirt_jam: Any) -> SharingGroup:
    with scope(PROGRAMME):
        made = SharingGroup.objects.create(name="Andes", slug="andes", made_by=manager)
        for team in (csirt_chl, csirt_jam):
            GroupMember.objects.create(group=made, team=team)
    return made


@pytest.fixture(autouse=True)
def _collections(csirt_chl: Any, csirt_jam: Any) -> None:
    keep_collections()


def brought(person: Any, team: Any, *objects: dict[str, Any], into: str = "community", **of: Any) -> list[StixObject]:
    with scope(reach_of(person)):
        collection = Collection.objects.get(kind=into, **({"team": team} if into == "team" else of))
        given = [Given(json.dumps(value), value) for value in objects]
        done = add(collection=collection, team=team, objects=given, by=person)
        assert not done.failures, done.failures
        rows = StixObject.objects.newest().filter(collection=collection, stix_id__in=[one["id"] for one in objects])
        return sorted(rows, key=lambda row: [one["id"] for one in objects].index(row.stix_id))


def names(client: Any, query: str = "") -> list[str]:
    page = client.get(f"{LIST}{query}").content.decode()
    return re.findall(r'<a href="/exchange/objects/\d+/">(.*?)</a>', page)


def green(name: str, value: str = "198.51.100.7", **facts: Any) -> dict[str, Any]:
    return indicator(value, marking=MARKINGS["GREEN"], name=name, **facts)


# Who ------------------------------------------------------------------------------------------------------------


def test_each_reads_what_the_collections_let_them(rep_chl, rep_jam, rep_banks, manager, lead_chl, csirt_chl, group):
    keep_collections()
    amber = indicator(marking=MARKINGS["AMBER"], name="Of the group")
    strict = indicator(marking=MARKINGS["AMBER+STRICT"], name="Of the team")
    rows = [
        *brought(rep_chl, csirt_chl, green("Of the community")),
        *brought(rep_chl, csirt_chl, amber, into="group", group=group),
        *brought(rep_chl, csirt_chl, strict, into="team"),
    ]
    seen = {
        rep_chl: ["Of the team", "Of the group", "Of the community"],
        rep_jam: ["Of the group", "Of the community"],
        rep_banks: ["Of the community"],
        manager: ["Of the community"],
        lead_chl: [],
    }
    for person, expected in seen.items():
        client = client_of(person)
        assert names(client) == expected, person
        codes = [client.get(f"{LIST}{row.pk}/").status_code for row in rows]
        assert [code == 200 for code in codes] == [
            name in expected for name in ("Of the community", "Of the group", "Of the team")
        ]
        downloads = [b"".join(client.get(f"/exchange/objects.{kind}").streaming_content) for kind in ("csv", "json")]
        for text in downloads:
            assert [name for name in ("Of the team", "Of the group", "Of the community") if name.encode() in text] == (
                expected
            )


def test_what_is_read_under_amber_strict_is_recorded(rep_chl, csirt_chl):
    [row] = brought(rep_chl, csirt_chl, indicator(marking=MARKINGS["AMBER+STRICT"]), into="team")

    client = client_of(rep_chl)
    before = kept()
    client.get(f"{LIST}{row.pk}/")

    assert kept() == before + 1
    with scope(PROGRAMME):  # as evidence, which nobody of the programme reads
        assert not AuditEntry.objects.filter(model="exchange.stixobject", verb="R").exists()


def kept() -> int:
    with scope(PROGRAMME):
        return Fingerprint.objects.count()


def test_a_group_that_hides_its_members_names_nobody_who_brought_an_object(
    rep_chl, rep_jam, csirt_chl, csirt_jam, group
):
    keep_collections()
    with scope(PROGRAMME):
        SharingGroup.objects.filter(pk=group.pk).update(hides_members=True)
    [row] = brought(rep_chl, csirt_chl, indicator(marking=MARKINGS["AMBER"]), into="group", group=group)
    [note] = brought(rep_chl, csirt_chl, note_on(row.stix_id, "AMBER"), into="group", group=group)
    ours, theirs = client_of(rep_chl), client_of(rep_jam)
    detail = f"{LIST}{row.pk}/"
    team = csirt_chl.name.encode()

    def lines(client: Any) -> bytes:
        return b"".join(client.get("/exchange/objects.csv").streaming_content)

    assert team not in theirs.get(detail).content
    assert team in ours.get(detail).content
    assert team not in theirs.get(f"{LIST}{note.pk}/").content
    assert (team in lines(theirs), team in lines(ours)) == (False, True)
    assert f'<td data-label="From">{csirt_chl}</td>' not in theirs.get(LIST).content.decode()
    assert f'<td data-label="From">{csirt_chl}</td>' in ours.get(LIST).content.decode()
    assert (names(theirs, f"?team={csirt_chl.slug}"), len(names(ours, f"?team={csirt_chl.slug}"))) == ([], 2)
    in_api = []
    for person in (rep_jam, rep_chl):
        with scope(reach_of(person)):
            in_api.append(ObjectSerializer(row, context={"request": SimpleNamespace(user=person)}).data["from_team"])
    assert in_api == [None, csirt_chl.slug]


def note_on(stix_id: str, label: str) -> dict[str, Any]:
    times = {"created": AT, "modified": AT, "object_marking_refs": [MARKINGS[label]]}
    facts = {"spec_version": "2.1", "id": f"note--{uuid.uuid4()}", "content": "Seen.", "object_refs": [stix_id]}
    return {"type": "note", **facts, **times}


# Finding --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?value=198.51.100.7", ["First"]),
        ("?value=198[.]51[.]100[.]7", ["First"]),
        ("?value=198.51.*", ["Second", "First"]),
        ("?value=evil.exam*", ["Águila"]),
        ("?value=nothing", []),
        ("?name=aguil", ["Águila"]),
        ("?name=guila", []),
        ("?type=malware", ["Loader"]),
        ("?tlp=AMBER", []),
        ("?tlp=GREEN&name=F", ["First"]),
        ("?team=csirt-chile&name=sec", ["Second"]),
        ("?team=JAMAICA", []),
        ("?value=%00", ["Loader", "Águila", "Second", "First"]),
        ("?type=nonsense", ["Loader", "Águila", "Second", "First"]),
        ("?collection=99999999999999999999", ["Loader", "Águila", "Second", "First"]),
        ("?before=99999999999999999999999", ["Loader", "Águila", "Second", "First"]),
    ],
)
def test_objects_are_found_by_value_name_type_label_and_team(rep_chl, csirt_chl, csirt_jam, query, expected):
    facts = {"type": "malware", "spec_version": "2.1", "created": AT, "modified": AT, "is_family": False}
    loader = facts | {"id": "malware--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f", "name": "Loader"}
    domain = green("Águila") | {"pattern": "[domain-name:value = 'evil.example']"}
    loader["object_marking_refs"] = [MARKINGS["GREEN"]]
    brought(rep_chl, csirt_chl, green("First"), green("Second", "198.51.200.1"), domain, loader)

    query = query.replace("JAMAICA", csirt_jam.slug).replace("csirt-chile", csirt_chl.slug)
    assert names(client_of(rep_chl), query) == expected


def test_pages_follow_each_other_without_losing_or_doubling(rep_chl, csirt_chl):
    brought(rep_chl, csirt_chl, *(green(f"Object {number:03}") for number in range(70)))
    client, query, seen = client_of(rep_chl), "", []
    for _page in range(3):
        page = client.get(f"{LIST}{query}").content.decode()
        seen += re.findall(r"Object \d{3}", page)
        query = next(iter(re.findall(r'href="(\?before=\d+)', page)), "")

    assert seen == [f"Object {number:03}" for number in reversed(range(70))]
    assert query == ""


def test_pages_follow_each_other_through_several_collections(rep_chl, csirt_chl):
    names = [f"Object {number:03}" for number in range(70)]
    strict = MARKINGS["AMBER+STRICT"]
    for number, name in enumerate(names):
        one = indicator(marking=strict, name=name) if number % 3 else green(name)
        brought(rep_chl, csirt_chl, one, into="team" if number % 3 else "community")
    client, query, seen = client_of(rep_chl), "", []
    for _page in range(3):
        page = client.get(f"{LIST}{query}").content.decode()
        seen += re.findall(r"Object \d{3}", page)
        query = next(iter(re.findall(r'href="(\?before=\d+)', page)), "")

    assert (seen, query) == (names[::-1], "")


# The page of one ------------------------------------------------------------------------------------------------


def test_a_page_is_harmless_and_tells_what_belongs_together(rep_chl, rep_jam, csirt_chl, csirt_jam):
    one = green("<b>Bold</b>", description="Asks twice.") | {"pattern": "[url:value = 'http://evil.example/x']"}
    [row] = brought(rep_chl, csirt_chl, one)
    note = {
        "type": "note",
        "spec_version": "2.1",
        "id": "note--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f",
        "created": AT,
        "modified": AT,
        "content": "Seen in Kingston too.",
        "object_refs": [one["id"]],
        "object_marking_refs": [MARKINGS["GREEN"]],
    }
    [said] = brought(rep_jam, csirt_jam, note)
    newer = one | {"modified": "2026-04-01T00:00:00.000Z", "description": "Asks three times."}
    [second] = brought(rep_chl, csirt_chl, newer)

    page = client_of(rep_jam).get(f"{LIST}{second.pk}/").content.decode()

    assert "<b>Bold</b>" not in page
    assert "hxxp://evil[.]example/x" in page
    assert 'data-clean="http://evil.example/x"' in page
    assert "Asks three times." in page
    assert f'href="{LIST}{row.pk}/"' in page
    assert f'href="{LIST}{said.pk}/"' in page
    assert "Seen in Kingston too." in page
    assert "TLP:GREEN" in page
    assert "href=&quot;http" not in page
    about = client_of(rep_jam).get(f"{LIST}{said.pk}/").content.decode()
    assert f'href="{LIST}{second.pk}/"' in about
    older = client_of(rep_jam).get(f"{LIST}{row.pk}/").content.decode()
    assert "newer version" in older


# Taking along ---------------------------------------------------------------------------------------------------


def test_a_bundle_holds_the_exact_objects_and_the_markings_that_they_use(rep_chl, csirt_chl):
    given = green("Exact")
    text = json.dumps(given).replace('"name"', ' "name"').replace("Exact", "Ex\\u0061ct")
    with scope(reach_of(rep_chl)):
        community = Collection.objects.get(kind="community")
        add(collection=community, team=csirt_chl, objects=[Given(text, json.loads(text))], by=rep_chl)

    response = client_of(rep_chl).get("/exchange/objects.json")
    body = b"".join(response.streaming_content).decode()

    assert text in body
    objects = json.loads(body)["objects"]
    assert MARKINGS["GREEN"] in {one["id"] for one in objects}
    assert "TLP-GREEN" in response["Content-Disposition"]


def test_files_are_bounded_and_no_formula_is_in_them(rep_chl, csirt_chl, monkeypatch):
    monkeypatch.setattr(files, "MOST", 4)
    monkeypatch.setattr(files, "PART", 2)
    brought(rep_chl, csirt_chl, *(green(f"=cmd{number}()") for number in range(7)))
    client = client_of(rep_chl)

    lines = b"".join(client.get("/exchange/objects.csv").streaming_content).decode("utf-8-sig").splitlines()
    sheet = openpyxl.load_workbook(BytesIO(client.get("/exchange/objects.xlsx").getvalue())).active

    assert len(lines) == 6
    assert all(",'=cmd" in line for line in lines[1:5])
    assert lines[5].startswith("This file is incomplete: it holds the first 4 rows.")
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert [row[2] for row in rows] == [*(f"'=cmd{number}()" for number in (6, 5, 4, 3)), None]
    assert rows[4][0] == lines[5]


# Taking back ----------------------------------------------------------------------------------------------------


def test_a_representative_revokes_what_the_team_brought_and_that_is_final(rep_chl, csirt_chl):
    [row] = brought(rep_chl, csirt_chl, green("Wrong"))
    client = client_of(rep_chl)

    page = client.post(f"{LIST}{row.pk}/revoke/", follow=True).content.decode()

    assert "Revoked" in page
    with scope(PROGRAMME):
        newest = StixObject.objects.newest().get(stix_id=row.stix_id)
    assert json.loads(newest.body)["revoked"] is True
    assert "cannot be revoked" in client.post(f"{LIST}{newest.pk}/revoke/", follow=True).content.decode()
    with scope(PROGRAMME):
        assert StixObject.objects.standing().filter(stix_id=row.stix_id).count() == 2


def test_deleting_takes_all_versions_away_and_leaves_no_text(rep_chl, rep_jam, csirt_chl):
    one = green("Wrong")
    brought(rep_chl, csirt_chl, one)
    [row] = brought(rep_chl, csirt_chl, one | {"modified": "2026-04-01T00:00:00.000Z"})

    assert client_of(rep_chl).post(f"{LIST}{row.pk}/delete/").status_code == 302

    assert client_of(rep_jam).get(f"{LIST}{row.pk}/").status_code == 404
    with scope(PROGRAMME):
        assert [(old.body, old.sought) for old in StixObject.objects.filter(stix_id=one["id"])] == [("", ""), ("", "")]


def test_nobody_else_takes_it_back(rep_chl, rep_jam, analyst_chl, manager, csirt_chl):
    [row] = brought(rep_chl, csirt_chl, green("Right"))
    for person in (rep_jam, analyst_chl, manager):
        for verb in ("revoke", "delete"):
            assert client_of(person).post(f"{LIST}{row.pk}/{verb}/").status_code == 403
        assert "Revoke or delete it" not in client_of(person).get(f"{LIST}{row.pk}/").content.decode()
    with scope(Reach(staff=True)):
        assert StixObject.objects.newest().filter(pk=row.pk).exists()


def test_a_page_asks_as_often_for_many_objects_as_for_few(rep_chl, csirt_chl):
    def asked(path: str) -> int:
        client = client_of(rep_chl)
        with CaptureQueriesContext(connection) as found:
            response = client.get(path)
            if response.streaming:
                b"".join(response.streaming_content)
        return len(found)

    one = green("One")
    [row] = brought(rep_chl, csirt_chl, one)
    paths = (LIST, f"{LIST}{row.pk}/", "/exchange/objects.csv", "/exchange/objects.json")
    before = [asked(path) for path in paths]
    notes = [
        {
            "type": "note",
            "spec_version": "2.1",
            "id": f"note--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd{number:02}",
            "created": AT,
            "modified": AT,
            "content": "x",
            "object_refs": [one["id"]],
            "object_marking_refs": [MARKINGS["GREEN"]],
        }
        for number in range(20)
    ]
    brought(rep_chl, csirt_chl, *(green(f"More {number}") for number in range(20)), *notes)

    assert [asked(path) for path in paths] == before


def test_the_same_value_elsewhere_is_named_only_where_the_reader_may_read_it(rep_chl, rep_jam, csirt_chl, csirt_jam):
    [row] = brought(rep_chl, csirt_chl, green("Of the community"))
    strict = indicator(marking=MARKINGS["AMBER+STRICT"], name="Of one team alone")
    [other] = brought(rep_jam, csirt_jam, strict, into="team")
    again = green("Once more")
    brought(rep_jam, csirt_jam, again)

    theirs, ours = (client_of(person).get(f"{LIST}{row.pk}/").content.decode() for person in (rep_jam, rep_chl))

    assert "Once more" in ours
    assert f"{LIST}{other.pk}/" in theirs
    assert f"{LIST}{other.pk}/" not in ours
    assert "Of one team alone" not in ours
