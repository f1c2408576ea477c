"""Bulk import: what is read of a file, what is shown before anything is done, and what becomes of each row."""

import json
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from common.scope import PROGRAMME, scope
from common.tlp import Tlp
from csirt_network.models import GroupMember, SharingGroup, TeamMember
from exchange.actions.collections import keep_collections
from exchange.actions.importing import forget
from exchange.models import Collection, Import, ImportRun, Observable, StixObject
from exchange.stix.labels import MARKINGS, marking
from notices.work import work
from tests.exchange.files import (
    attribute,
    bundle,
    client_of,
    confirm,
    event,
    found,
    indicator,
    looked_at,
    results,
    sent,
    sentences,
)

pytestmark = pytest.mark.django_db
CSV = "value,kind,first_seen,note,label\n"


@pytest.fixture(autouse=True)
def _collections(csirt_chl: Any) -> None:
    keep_collections()


@pytest.fixture
def rep(rep_chl: Any) -> Any:
    return client_of(rep_chl)


def held() -> list[StixObject]:
    """What the collections hold, whoever reads it; without the markings that travel with it."""
    with scope(PROGRAMME):
        rows = StixObject.objects.standing().exclude(type="marking-definition")
        return list(rows.select_related("collection", "from_team").order_by("pk"))


def why(importing: Import) -> list[str]:
    return [row["why"] for row in importing.rows]


def done(importing: Import) -> list[str]:
    with scope(PROGRAMME):
        return [result for result, _why in ImportRun.objects.get(importing=importing).results]


# What happens when ----------------------------------------------------------------------------------------------


def test_a_dry_run_adds_nothing_and_its_button_adds_what_it_showed(rep, csirt_chl):
    importing = looked_at(rep, CSV + "198.51.100.7,,2026-11,C2,\nno such thing,,,,\n")

    assert results(importing) == ["new", "refused"]
    assert not held()

    confirm(rep, importing)

    (row,) = held()
    assert (row.collection.kind, row.from_team, row.tlp) == ("team", csirt_chl, "AMBER+STRICT")
    assert json.loads(row.body)["pattern"] == "[ipv4-addr:value = '198.51.100.7']"
    assert done(importing) == ["added", "refused"]
    with scope(PROGRAMME):
        assert Observable.objects.get().value == "198.51.100.7"


def test_importing_twice_is_importing_once(rep):
    importing = looked_at(rep, CSV + "198.51.100.7,,,,\n")

    for _time in range(2):
        assert confirm(rep, importing).status_code == 302

    assert len(held()) == 1


def test_the_same_file_again_makes_no_doubles(rep):
    text = CSV + "198.51.100.7,,,,\nevil.example,,2026,,\n"
    confirm(rep, looked_at(rep, text))

    again = looked_at(rep, text)

    assert results(again) == ["there", "there"]
    confirm(rep, again)
    assert len(held()) == 2


def test_a_value_that_says_more_than_before_becomes_a_further_version(rep):
    confirm(rep, looked_at(rep, CSV + "198.51.100.7,,,,\n"))

    confirm(rep, looked_at(rep, CSV + "198.51.100.7,,,A note,\n"))

    first, second = held()
    assert first.stix_id == second.stix_id
    assert (first.is_last, second.is_last) == (False, True)
    assert json.loads(first.body)["created"] == json.loads(second.body)["created"]


def test_only_what_was_shown_is_imported(rep):
    importing = looked_at(rep, CSV + "198.51.100.7,,,,\n")

    response = rep.post(f"{importing.get_absolute_url()}import/", {"fingerprint": "0" * 64}, follow=True)

    assert "not what the page shows" in response.content.decode()
    assert not held()


def test_a_large_file_is_imported_by_a_worker_and_shows_how_far_it_is(rep, django_capture_on_commit_callbacks):
    text = CSV + "".join(f"198.51.{n // 200}.{n % 200 + 1},,,,\n" for n in range(Import.AT_ONCE + 1))
    importing = looked_at(rep, text)

    confirm(rep, importing)

    assert not held()
    page = rep.get(importing.get_absolute_url()).content.decode()
    assert "<progress" in page
    assert "Queued" in page

    with scope(PROGRAMME):
        run = ImportRun.objects.get(importing=importing)
    work(ImportRun, run.pk)

    assert len(held()) == Import.AT_ONCE + 1
    assert set(done(importing)) == {"added"}
    work(ImportRun, run.pk)
    assert len(held()) == Import.AT_ONCE + 1


def test_a_team_that_left_the_network_imports_nothing_more(rep, csirt_chl):
    text = CSV + "".join(f"198.51.{n // 200}.{n % 200 + 1},,,,\n" for n in range(Import.AT_ONCE + 1))
    importing = looked_at(rep, text)
    confirm(rep, importing)
    with scope(PROGRAMME):
        csirt_chl.memberships.update(ends_on="2020-01-02", starts_on="2020-01-01")
        run = ImportRun.objects.get(importing=importing)

    work(ImportRun, run.pk)

    with scope(PROGRAMME):
        assert ImportRun.objects.get().status == "failed"
    assert not held()


def test_who_left_the_team_imports_nothing_more(rep, rep_chl, csirt_chl):
    text = CSV + "".join(f"198.51.{n // 200}.{n % 200 + 1},,,,\n" for n in range(Import.AT_ONCE + 1))
    importing = looked_at(rep, text)
    confirm(rep, importing)
    with scope(PROGRAMME):
        TeamMember.objects.filter(person=rep_chl).update(ends_on="2020-01-02", starts_on="2020-01-01")
        run = ImportRun.objects.get(importing=importing)

    work(ImportRun, run.pk)

    with scope(PROGRAMME):
        assert ImportRun.objects.get().status == "failed"
    assert not held()


# Labels ---------------------------------------------------------------------------------------------------------


def test_what_has_no_label_waits_for_the_own_team_alone(rep):
    importing = looked_at(rep, CSV + "198.51.100.7,,,,\nevil.example,,,,GREEN\n", target="community", label="")

    assert [row["held"] for row in importing.rows] == [True, False]
    confirm(rep, importing)

    own, shared = sorted(held(), key=lambda row: row.collection.kind, reverse=True)
    assert (own.collection.kind, own.tlp) == ("team", "AMBER+STRICT")
    assert (shared.collection.kind, shared.tlp) == ("community", "GREEN")


def test_the_chosen_label_is_for_what_says_none(rep):
    importing = looked_at(rep, CSV + "198.51.100.7,,,,\nevil.example,,,,clear\n", target="community", label="GREEN")
    confirm(rep, importing)

    marked = {json.loads(row.body)["name"]: json.loads(row.body)["object_marking_refs"] for row in held()}
    assert marked == {"198[.]51[.]100[.]7": [MARKINGS["GREEN"]], "evil[.]example": [MARKINGS["CLEAR"]]}


def test_nothing_stricter_than_its_readers_goes_to_the_community(rep):
    importing = looked_at(rep, CSV + "198.51.100.7,,,,TLP:AMBER\n", target="community", label="GREEN")
    assert results(importing) == ["refused"]
    assert "TLP:AMBER" in why(importing)[0]

    refused = sent(rep, CSV + "198.51.100.7,,,,\n", target="community", label="AMBER")
    assert refused.status_code == 422


@pytest.mark.parametrize(
    "content",
    [
        CSV + "198.51.100.8,,,,GREEN\n198.51.100.7,,,,RED\n",
        CSV + "no value at all,,,,TLP:RED\n",
        event(attribute("ip-dst", "198.51.100.7"), tags=["tlp:red"]),
        event(attribute("ip-dst", "198.51.100.7", to_ids=False), tags=["tlp:red"]),
        event(tags=["pap:red"]),
        event(attribute("domain", "evil.example", Tag=[{"name": "PAP:RED"}])),
        bundle(indicator("198.51.100.8"), indicator(marking=MARKINGS["RED"])),
    ],
)
def test_a_file_that_holds_anything_under_red_is_not_kept(rep, content):
    refused = sent(rep, content)

    assert refused.status_code == 422
    assert "RED" in sentences(refused)[0]
    with scope(PROGRAMME):
        assert not Import.objects.exists()


def test_the_definition_of_red_does_no_harm(rep):
    importing = looked_at(rep, bundle(indicator(marking=MARKINGS["AMBER"]), marking(Tlp.RED)))

    assert results(importing) == ["new", "refused"]


def test_a_file_is_kept_until_it_was_imported_or_a_month_has_gone_by(rep):
    imported, waiting, old = (looked_at(rep, CSV + f"198.51.100.{number},,,,\n") for number in (1, 2, 3))
    confirm(rep, imported)
    with scope(PROGRAMME):
        month_ago = timezone.now() - timedelta(days=31)
        gone = Import(**{field.attname: getattr(old, field.attname) for field in Import._meta.concrete_fields})
        gone.pk, gone.made_at = None, month_ago
        gone.save(force_insert=True)
    forget()

    with scope(PROGRAMME):
        kept = {one.pk: bytes(one.content) for one in Import.objects.all()}
    assert (kept[imported.pk], kept[gone.pk], bool(kept[waiting.pk])) == (b"", b"", True)
    assert (
        "Import the file anew"
        in rep.post(
            f"{gone.get_absolute_url()}import/", {"fingerprint": gone.fingerprint}, follow=True
        ).content.decode()
    )


def test_nobody_imports_into_the_public_collection_or_a_foreign_one(rep, csirt_jam):
    for target in ("public", "group-1", "team-2"):
        assert sent(rep, CSV + "198.51.100.7,,,,\n", target=target, label="CLEAR").status_code == 422


# Tables ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "heading",
    [
        "value;kind;first_seen;note;label",
        "Valor;Tipo;Primera vez;Comentario;Etiqueta",
        "Valeur;Type;Première observation;Remarque;Étiquette",
        "Indicador;Tipo;Visto pela primeira vez;Observação;Rótulo",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "utf-16"])
def test_tables_are_read_as_spreadsheets_of_the_region_write_them(rep, heading, encoding):
    importing = looked_at(
        rep, f"{heading}\r\nhxxps://login[.]example/;url;2026-11;Visto en España;TLP:AMBER\r\n".encode(encoding)
    )

    assert results(importing) == ["new"]
    confirm(rep, importing)
    (row,) = held()
    said = json.loads(row.body)
    assert (said["description"], said["valid_from"]) == ("Visto en España", "2026-11-01T00:00:00.000Z")
    assert said["pattern"] == "[url:value = 'https://login.example/']"


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("no such thing,,,,", "no kind of indicator"),
        ("999.1.1.1,,,,", "IPv4"),
        ("evil.example,nonsense,,,", "no kind of indicator"),
        ("evil.example,,yesterday,,", "no date"),
        ("evil.example,,,,purple", "no label"),
        (",domain,,,", "no value"),
        ("http://evil.example/" + "a" * 1000 + ",,,,", "1000 characters"),
        ("evil.example,,," + "n" * 1001 + ",", "1000 characters"),
        ("198.51.100.7,domain,,,", "no domain name"),
    ],
)
def test_a_row_that_is_wrong_says_why_and_the_others_come_in(rep, row, sentence):
    importing = looked_at(rep, CSV + row + "\nfine.example,,,,\n")

    assert results(importing) == ["refused", "new"]
    assert sentence in why(importing)[0]


def test_a_value_given_twice_counts_once(rep):
    importing = looked_at(rep, CSV + "evil.example,,,,\nhxxp://x[.]example/,,,,\nEVIL[.]example,,,,\n")

    assert results(importing) == ["new", "new", "left"]
    assert "line 2" in why(importing)[2]


def test_formulas_are_text_here_and_harmless_in_what_is_handed_back(rep):
    importing = looked_at(rep, CSV + '"=HYPERLINK(""http://evil.example"";""click"")",,,,\n\'=evil.exe,file,,,\n')

    assert results(importing) == ["refused", "new"]
    table = b"".join(rep.get(f"{importing.get_absolute_url()}rows.csv").streaming_content).decode()
    assert not [line for line in table.splitlines() if line.split(",")[1].strip('"').startswith("=")]


def test_the_template_can_be_imported_as_it_is(rep):
    template = b"".join(rep.get("/exchange/imports/template.csv").streaming_content)

    assert set(results(looked_at(rep, template))) == {"new"}


# MISP -----------------------------------------------------------------------------------------------------------


def test_attributes_of_misp_become_indicators(rep):
    of_object = {"name": "file", "Attribute": [attribute("filename|sha256", "a.exe|" + "a" * 64)]}
    attributes = [
        attribute("ip-dst", "198.51.100.7", comment="C2"),
        attribute("domain|ip", "evil.example|198.51.100.8"),
        attribute("url", "http://evil.example/x", to_ids=False),
        attribute("btc", "1BoatSLRHtKNngkdXEeobR76b53LETtpyT"),
        attribute("md5", "b" * 32, deleted=True),
        attribute("ip-src", "not an address"),
    ]
    importing = looked_at(
        rep, event(*attributes, Object=[of_object], tags=["tlp:green", "tlp:white"]), target="community", label=""
    )

    assert results(importing) == ["new", "new", "left", "refused", "left", "refused", "new"]
    assert "btc" in why(importing)[3]
    confirm(rep, importing)
    patterns = {json.loads(row.body)["pattern"] for row in held()}
    assert "[domain-name:value = 'evil.example']" in patterns
    assert len(patterns) == 3
    assert {row.tlp for row in held()} == {"GREEN"}


@pytest.mark.parametrize("shape", [lambda one: one, lambda one: {"response": [one]}, lambda one: [one]])
def test_events_are_read_as_misp_hands_them_out(rep, shape):
    assert results(looked_at(rep, shape(event(attribute("domain", "evil.example"))))) == ["new"]


@pytest.mark.parametrize("odd", [None, 7, ["x"], {"a": 1}, True])
def test_attributes_of_odd_shapes_get_a_sentence(rep, odd):
    importing = looked_at(
        rep,
        event(
            attribute("domain", odd),
            attribute(odd, "x.example"),
            attribute("domain", "a.example", timestamp=odd, comment=odd, first_seen=odd),
        ),
    )

    assert results(importing)[:2] == ["refused", "refused"]


# STIX -----------------------------------------------------------------------------------------------------------


def test_objects_of_stix_are_kept_exactly_as_they_came(rep):
    given = f'{{ "type":"x-own", "spec_version":"2.1", "id":"x-own--{uuid.uuid4()}",\n "x_f": 1.10, "x": "\\u00e9" }}'
    importing = looked_at(rep, f'{{"type":"bundle","id":"bundle--1","objects":[{given}]}}', name="b.json")

    assert results(importing) == ["new"]
    confirm(rep, importing)
    (row,) = held()
    assert row.body == given
    assert results(looked_at(rep, f'{{"objects":[{given}]}}', name="b.json")) == ["there"]


def test_an_object_that_is_none_of_stix_says_why(rep):
    broken = indicator(pattern="[nonsense")
    importing = looked_at(rep, bundle(indicator(), broken, {"type": "note"}), name="b.json")

    assert results(importing) == ["new", "refused", "refused"]
    assert all(why(importing)[1:])


def test_what_another_team_brought_is_not_taken_over(rep, rep_jam, csirt_jam):
    keep_collections()
    one = indicator(marking=MARKINGS["GREEN"])
    jamaica = client_of(rep_jam)
    confirm(jamaica, looked_at(jamaica, bundle(one), name="b.json", target="community", label="GREEN"))

    newer = one | {"modified": "2026-04-01T12:00:00.000Z", "name": "Mine"}
    importing = looked_at(rep, bundle(newer), name="b.json", target="community", label="GREEN")

    assert results(importing) == ["refused"]
    assert "Another team" in why(importing)[0]


# Hostile files --------------------------------------------------------------------------------------------------

HOSTILE = {
    "nothing": b"",
    "blanks": b" \r\n\t ",
    "a program": b"MZ\x90\x00\x03\x00\x00\x00",
    "an archive": b"PK\x03\x04\x14\x00\x06\x00",
    "a document": b"%PDF-1.7\n%\xe2\xe3",
    "a page": b"<html><body>value</body></html>",
    "no columns": b"a,b,c\n1,2,3\n",
    "a column twice": b"value,valor\n1.2.3.4,1.2.3.4\n",
    "a heading alone": b"value\n",
    "an open quotation mark": b'value\n"198.51.100.7\n' + b"x" * 200_000,
    "half of an object": b'{"objects": [',
    "two objects": b'{"objects": []} {"objects": []}',
    "no objects": b'{"objects": []}',
    "other JSON": b'{"a": 1}',
    "a list": b"[1, 2, 3]",
    "numbers that are none": b'{"objects": [{"x": NaN}]}',
    "a number of ten thousand digits": b'{"objects": [{"x": ' + b"1" * 10_000 + b"}]}",
    "depth": b"[" * 100_000,
    "depth in an object": b'{"objects": [' + b'{"a":' * 50_000 + b"1" + b"}" * 50_000 + b"]}",
    "half of a letter": b'{"objects": [{"type": "\\ud800"}]}',
    "objects that are none": b'{"objects": [1, "x", null]}',
    "attributes that are none": b'{"Event": {"Attribute": [1]}}',
    "attributes that are no list": b'{"Event": {"Attribute": {"a": 1}}}',
    "NUL": b"value\n198.51.100.7\x00\n",
    "five megabytes and more": b"value\n" + b"#" * 5_000_001,
}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("called", ["list.csv", "list.json"])
def test_a_hostile_file_gets_a_sentence_and_leaves_nothing(rep, name, called):
    response = sent(rep, HOSTILE[name], name=called)

    assert response.status_code == 422
    assert any(sentence.strip() for sentence in sentences(response))
    with scope(PROGRAMME):
        assert not Import.objects.exists()


def test_more_rows_than_are_taken_are_refused(rep):
    response = sent(rep, "value\n" + "".join(f"a{n}.example\n" for n in range(Import.MOST_ROWS + 1)))

    assert response.status_code == 422
    assert "5000" in sentences(response)[0]


def test_what_cannot_be_kept_is_refused_with_a_sentence(rep):
    importing = looked_at(rep, json.dumps(bundle(indicator(name="a\0b"))), name="b.json")

    assert "surrogate" in rep.get(importing.get_absolute_url()).content.decode()
    confirm(rep, importing)
    assert not held()


@pytest.mark.parametrize("text", ["\\u202e", "\\ufeff", "<script>alert(1)</script>", "a" * 5000])
def test_odd_letters_in_a_good_file_do_no_harm(rep, text):
    given = indicator(name="NAME")
    importing = looked_at(rep, json.dumps(bundle(given)).replace("NAME", text), name="b.json")
    confirm(rep, importing)

    page = rep.get(importing.get_absolute_url()).content.decode()
    assert "<script>alert" not in page
    (row,) = held()
    assert rep.get(f"/exchange/objects/{row.pk}/").status_code == 200
    assert rep.get("/exchange/objects/").status_code == 200


# Who ------------------------------------------------------------------------------------------------------------


def test_an_import_is_its_teams_alone(rep, rep_jam, analyst_chl, manager, lead_chl):
    importing = looked_at(rep, CSV + "198.51.100.7,,,,\n")
    address = importing.get_absolute_url()

    assert client_of(analyst_chl).get(address).status_code == 200
    for stranger in (rep_jam, manager, lead_chl):
        other = client_of(stranger)
        for page in ("", "rows.csv", "rows.xlsx"):
            assert other.get(f"{address}{page}").status_code == 404
        assert confirm(other, importing).status_code == 404
    assert not held()


def test_a_result_is_filtered_on_the_page(rep):
    importing = looked_at(rep, CSV + "198.51.100.7,,,,\nno such thing,,,,\n")

    page = rep.get(f"{importing.get_absolute_url()}?result=refused").content.decode()

    assert "no such thing" in page
    assert "198[.]51" not in page
    assert found(importing.get_absolute_url()).rows == importing.rows
    with scope(PROGRAMME):
        assert Collection.objects.filter(kind="team").exists()


def test_an_import_into_a_group_that_hides_its_members_does_not_name_the_team(rep, rep_chl, csirt_chl):
    with scope(PROGRAMME):
        made = SharingGroup.objects.create(name="Quiet", slug="quiet", made_by=rep_chl, hides_members=True)
        GroupMember.objects.create(group=made, team=csirt_chl)
    keep_collections()
    importing = looked_at(rep, CSV + "198.51.100.7,,,,\n", target=f"group-{made.pk}")
    confirm(rep, importing)

    [row] = held()
    assert row.collection.group_id == made.pk
    assert "created_by_ref" not in json.loads(row.body)
    confirm(rep, looked_at(rep, CSV + "198.51.100.7,,,,\n", target="community", label="GREEN"))
    assert len({one.stix_id for one in held()}) == 2, "an id that stands in both would name the team"
