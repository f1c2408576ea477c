"""An alert is STIX 2.1 that the validator of OASIS takes, of whatever kind, in whatever language, for each reader."""

import uuid
from datetime import date

import pytest
from django.utils import timezone, translation

from common.scope import reach_of, scope
from common.tlp import Pap, Tlp
from csirt_network.actions.publishing import close, revise
from csirt_network.actions.sighting import sight
from csirt_network.actions.talking import comment
from csirt_network.actions.writing import Seen, Written
from csirt_network.indicators import Kind
from csirt_network.models import Alert, Indicator, Recipient
from exchange.stix.identities import PROGRAMME_ID, id_of
from exchange.stix.labels import MARKINGS as TLP_IDS
from exchange.stix.making import objects_of
from exchange.stix.markings import PAP_IDS
from tests.csirt_network.alerts import fresh, send_out
from tests.exchange.stix import faults_of, of_type, one
from tests.factories.alerts import make_alert, to_team

pytestmark = pytest.mark.django_db
VALUES = {
    "ipv4": "198.51.100.7",
    "ipv4-network": "198.51.100.0/24",
    "ipv6": "2001:db8::1",
    "ipv6-network": "2001:db8::/32",
    "domain": "bad.example",
    "url": "https://bad.example/it's\\here?a='b'",
    "email": "o'brien@bad.example",
    "md5": "d41d8cd98f00b204e9800998ecf8427e",
    "sha1": "da39a3ee5e6b4b0d3255bfef95601890afd80709",
    "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "sha512": "0" * 128,
    "asn": "AS64500",
    "file": 'it\'s a \\ "file".exe',
    "mutex": "Global\\mutex'1",
}
FOUR = {
    f"{name}_{suffix}": f"{name} ({suffix})"
    for name in ("title", "happening", "to_do")
    for suffix in ("en", "es", "fr", "pt_br")
}


def as_stix(alert, reader):
    reader = fresh(reader)
    with scope(reach_of(reader), read_only=True):
        return objects_of(Alert.objects.visible_to(reader).get(pk=alert.pk), reader)


def test_every_kind_of_indicator_is_a_valid_pattern(officer, csirt_jam, rep_jam):
    assert set(VALUES) == set(Kind.values)
    alert = send_out(csirt_jam, by=officer, indicators=VALUES.items())
    objects = as_stix(alert, rep_jam)

    assert not faults_of(objects)
    assert len(of_type(objects, "indicator")) == len(VALUES)
    assert {one["id"] for one in of_type(objects, "indicator")} < set(one(objects, "report")["object_refs"])


@pytest.mark.parametrize("kind", Alert.Kind.values)
@pytest.mark.parametrize("tlp", Tlp.values)
def test_every_kind_of_alert_under_every_label_is_valid(officer, rep_jam, csirt_jam, kind, tlp):
    to = {"people": [rep_jam]} if tlp == "RED" else {}
    alert = send_out(*([] if to else [csirt_jam]), by=officer, kind=kind, tlp=tlp, cves=["CVE-2026-12345"], **to)
    objects = as_stix(alert, rep_jam)

    assert not faults_of(objects)
    marked = [value for value in objects if "object_marking_refs" in value]
    assert all(value["object_marking_refs"] == [TLP_IDS[Tlp(tlp)], PAP_IDS[Pap.AMBER]] for value in marked)
    assert {value["id"] for value in of_type(objects, "marking-definition")} == {TLP_IDS[Tlp(tlp)], PAP_IDS[Pap.AMBER]}


@pytest.mark.parametrize(("language", "tag"), [("en", "en"), ("es", "es"), ("fr", "fr"), ("pt-br", "pt-BR")])
def test_its_own_language_first_and_the_others_beside_it(officer, csirt_jam, rep_jam, language, tag):
    alert = send_out(csirt_jam, by=officer, language=language, **FOUR)
    objects = as_stix(alert, rep_jam)
    report, others = one(objects, "report"), one(objects, "language-content")
    suffix = language.replace("-", "_")

    assert not faults_of(objects)
    assert (report["lang"], report["name"]) == (tag, f"title ({suffix})")
    assert report["description"] == f"happening ({suffix})\n\nto_do ({suffix})"
    assert set(others["contents"]) == {"en", "es", "fr", "pt-BR"} - {tag}
    assert (others["object_ref"], others["object_modified"]) == (report["id"], report["modified"])


def test_the_language_of_whoever_asks_changes_nothing(officer, csirt_jam, rep_jam):
    whole = send_out(csirt_jam, by=officer, products="A thing", **FOUR)
    untitled = make_alert("GREEN", by=officer, **(FOUR | {"title_fr": ""}), language="fr")
    for alert in (whole, untitled):
        before = as_stix(alert, rep_jam)
        with translation.override("es"):
            assert as_stix(alert, rep_jam) == before


def test_what_the_report_says_of_itself(officer, csirt_jam, rep_jam):
    alert = send_out(csirt_jam, by=officer, rsit=["phishing"], cves=["CVE-2026-12345"], pap="GREEN", is_exercise=True)
    report = one(as_stix(alert, rep_jam), "report")

    assert set(report["labels"]) == {"warning", 'rsit:fraud="phishing"', "PAP:GREEN", "exercise"}
    assert {"source_name": "cve", "external_id": "CVE-2026-12345"} in report["external_references"]
    assert report["external_references"][0]["url"].endswith(f"/alerts/{alert.pk}/")
    assert report["external_references"][0]["external_id"] == alert.code
    assert "confidence" not in report


def test_a_version_is_a_version_and_an_alert_that_is_closed_has_a_last_one(officer, csirt_jam, rep_jam):
    alert = send_out(csirt_jam, by=officer, indicators=[("domain", "bad.example"), ("domain", "worse.example")])
    first = one(as_stix(alert, rep_jam), "report")
    columns = {"title_en": "Other words", "tlp": alert.tlp}
    with scope(reach_of(fresh(officer))):
        written = Written(
            columns=columns,
            recipients=[Recipient(kind="team", team=csirt_jam)],
            indicators=[Seen("domain", "bad.example")],
        )
        alert = revise(alert=alert, written=written, edited=alert.edited, what_changed="Words", by=officer)
    objects = as_stix(alert, rep_jam)
    second = one(objects, "report")
    with scope(reach_of(fresh(officer))):
        close(alert=alert, closing="It is over.", by=officer)
    last = one(as_stix(alert, rep_jam), "report")

    assert first["created"] == first["modified"] == second["created"]
    assert first["id"] == second["id"] == last["id"]
    assert first["modified"] < second["modified"] < last["modified"]
    assert [value["pattern"] for value in of_type(objects, "indicator")] == ["[domain-name:value = 'bad.example']"]
    assert last["description"].endswith("It is over.")


def test_whoever_published_it_made_it(officer, rep_jam, csirt_jam, csirt_chl, rep_chl):
    of_team = make_alert("GREEN", by=rep_jam, origin=csirt_jam)
    of_programme = make_alert("GREEN", by=officer)

    assert one(as_stix(of_team, rep_chl), "report")["created_by_ref"] == id_of(csirt_jam)
    assert one(as_stix(of_programme, rep_chl), "report")["created_by_ref"] == PROGRAMME_ID


def test_nothing_tells_a_hidden_source(officer, rep_jam, csirt_jam, rep_chl):
    alert = make_alert("GREEN", by=rep_jam, origin=csirt_jam, is_hidden=True)
    objects = as_stix(alert, rep_chl)

    assert one(objects, "report")["created_by_ref"] == PROGRAMME_ID
    assert id_of(csirt_jam) not in str(objects)
    assert "Jamaica" not in str(objects)
    assert rep_jam.name not in str(objects)


def said(alert, team, by, *, kind="seen", indicator=None, **facts):
    facts = {"count": 3, "seen_on": date(2026, 5, 3), "note": "In our mail", "key": uuid.uuid4(), **facts}
    with scope(reach_of(fresh(by))):
        sight(alert=alert, team=team, indicator=indicator, kind=kind, by=by, **facts)


def test_what_teams_saw_is_known_to_them_and_to_whom_it_comes_from(
    rep_jam, csirt_jam, rep_chl, csirt_chl, officer, rep_banks
):
    alert = make_alert("AMBER+STRICT", to_team(csirt_chl), by=rep_jam, origin=csirt_jam)
    with scope(reach_of(fresh(rep_jam))):
        indicator = Indicator.objects.create(alert=alert, kind="domain", value="bad.example")
    for kind in ("seen", "false-positive", "expired"):
        said(alert, csirt_chl, rep_chl, kind=kind, indicator=indicator)
    said(alert, csirt_chl, rep_chl, count=0)
    for reader in (rep_chl, rep_jam):
        objects = as_stix(alert, reader)
        seen, whole = of_type(objects, "sighting")
        assert not faults_of(objects)
        assert (seen["count"], seen["where_sighted_refs"]) == (3, [id_of(csirt_chl)])
        assert (seen["first_seen"], seen["description"]) == ("2026-05-03T00:00:00.000Z", "In our mail")
        assert seen["sighting_of_ref"] == one(objects, "indicator")["id"]
        assert (whole["count"], whole["sighting_of_ref"]) == (0, one(objects, "report")["id"])
        assert one(objects, "opinion")["opinion"] == "disagree"
        assert one(objects, "note")["labels"] == ["expired"]
        assert all(TLP_IDS[Tlp.STRICT] in value["object_marking_refs"] for value in of_type(objects, "sighting"))

    assert not Alert.objects.visible_to(fresh(rep_banks)).exists()


def test_other_readers_are_told_nothing_of_what_a_team_saw(rep_jam, csirt_jam, rep_chl, csirt_chl, rep_banks, officer):
    alert = make_alert("GREEN", by=officer)
    said(alert, csirt_chl, rep_chl)

    assert of_type(as_stix(alert, officer), "sighting")
    for reader in (rep_jam, rep_banks):
        assert not of_type(as_stix(alert, reader), "sighting", "opinion", "note")


def test_comments_are_notes_for_the_network_and_what_is_withdrawn_is_gone(officer, csirt_jam, rep_jam, lead_chl):
    alert = send_out(csirt_jam, by=officer, tlp="CLEAR")
    with scope(reach_of(fresh(rep_jam))):
        comment(alert=alert, team=csirt_jam, text="We see it too.", key=uuid.uuid4(), by=rep_jam)
    note = one(as_stix(alert, officer), "note")

    assert not faults_of(as_stix(alert, officer))
    assert (note["content"], note["created_by_ref"]) == ("We see it too.", id_of(csirt_jam))
    assert TLP_IDS[Tlp.GREEN] in note["object_marking_refs"]
    assert rep_jam.name not in str(note)
    assert not of_type(as_stix(alert, lead_chl), "note")
    with scope(reach_of(fresh(rep_jam))):
        alert.comments.update(withdrawn_at=timezone.now())
    assert not of_type(as_stix(alert, officer), "note")


def test_the_download_says_its_label_and_code(officer, csirt_jam, rep_jam, rep_chl, sign_in):
    alert = send_out(csirt_jam, by=officer, tlp="AMBER+STRICT")
    answer = sign_in(rep_jam).get(f"/alerts/{alert.pk}/stix/")

    assert answer.headers["Content-Type"] == "application/stix+json;version=2.1"
    assert f"TLP-AMBER-STRICT-alert-{alert.code}.stix.json" in answer.headers["Content-Disposition"]
    assert answer.json()["objects"] == as_stix(alert, rep_jam)
    assert sign_in(rep_chl).get(f"/alerts/{alert.pk}/stix/").status_code == 404


def test_the_page_offers_it(officer, csirt_jam, rep_jam, sign_in):
    alert = make_alert("AMBER", to_team(csirt_jam), by=officer)
    assert f"/alerts/{alert.pk}/stix/" in sign_in(rep_jam).get(f"/alerts/{alert.pk}/").content.decode()


def test_more_of_everything_asks_no_more(officer, csirt_jam, rep_jam, django_assert_max_num_queries, sign_in):
    """Indicators, comments and sightings are fetched together, with the teams they are of."""
    asked = []
    for many in (1, 12):
        indicators = [("domain", f"bad{number}.example") for number in range(many)]
        alert = send_out(csirt_jam, by=officer, tlp="AMBER", indicators=indicators)
        for _ in range(many):
            said(alert, csirt_jam, rep_jam)
            with scope(reach_of(fresh(rep_jam))):
                comment(alert=alert, team=csirt_jam, text="We too.", key=uuid.uuid4(), by=rep_jam)
        browser = sign_in(rep_jam)
        with django_assert_max_num_queries(40) as queries:
            answer = browser.get(f"/alerts/{alert.pk}/stix/")
        assert len(of_type(answer.json()["objects"], "indicator", "note", "sighting")) == 3 * many
        asked.append([query["sql"] for query in queries.captured_queries if query["sql"].startswith("SELECT ")])

    assert len(asked[0]) == len(asked[1])
