"""Alerts as advisories of CSAF 2.0: valid by the schema and the tests of the standard, saying what the alert says."""

import hashlib
import json

import csaf
import pytest
from csaf.csaf.v20._validator import validate
from django.db import connection
from django.test.utils import CaptureQueriesContext

from common.scope import reach_of, scope
from csirt_network.actions.labels import agree_to_lower, lower_label
from csirt_network.actions.publishing import close, revise
from csirt_network.actions.writing import Written
from csirt_network.models import Alert, Recipient
from tests.csirt_network.alerts import fresh, send_out

pytestmark = pytest.mark.django_db
FOLDER = "/.well-known/csaf/white/"
PROVIDER = "/.well-known/csaf/provider-metadata.json"
IN_FOUR = {
    "title_en": "Fake tax refunds",
    "title_es": "Devoluciones falsas",
    "title_fr": "Faux remboursements",
    "title_pt_br": "Restituições falsas",
    "happening_es": "Mensajes prometen una devolución.",
    "happening_pt_br": "Mensagens prometem uma restituição.",
    "to_do_en": "1. Block them\n2. Tell people",
}
ALL = {"cves": ["CVE-2024-3400", "CVE-2025-0282"], "products": "PAN-OS 10.2\n\nPAN-OS 11.0\nPAN-OS 10.2", **IN_FOUR}


@pytest.fixture(autouse=True)
def _site(settings):
    settings.SITE_URL = "https://cyber.example.org"


NOT_SAID = {"6.2.2", "6.2.3", "6.2.16"}  # a remedy, score and identifier of each product: alerts know products by name
NO_FOLDER = {"6.2.11"}  # an address that ends in the name of the file: of what is not public there is no such


def faults_of(document):
    """By the schema, the tests that are mandatory, and those that are recommended."""
    report = validate(document, preset="full")
    is_public = document["document"]["distribution"]["tlp"]["label"] == "WHITE"
    known = NOT_SAID if is_public and not document["document"]["title"].startswith("Exercise") else NOT_SAID | NO_FOLDER
    return [
        f"{result.id}: {error.instance_path} {error.message}"
        for result in report.results
        if result.group != "informative" and result.id not in known
        for error in (*result.errors, *result.warnings)
    ]


def document_of(client, path):
    answer = client.get(path)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/json"), answer.content
    return json.loads(answer.content)


def csaf_of(client, alert):
    return document_of(client, f"/alerts/{alert.pk}/csaf/")


def file_of(alert):
    return f"{FOLDER}{alert.published_at.year}/oas-{alert.code}.json"


def lower_to_clear(alert, *, by, second):
    with scope(reach_of(fresh(by))):
        asked = lower_label(alert=Alert.objects.get(pk=alert.pk), tlp="CLEAR", reason="It is known.", by=fresh(by))
    with scope(reach_of(fresh(second))):
        return agree_to_lower(lowering=asked, by=fresh(second))


def write_again(alert, *teams, by, **words):
    columns = {"kind": "warning", "tlp": alert.tlp, "rsit": ["phishing"], "language": "en"}
    columns |= {"title_en": "Fake tax refunds", "happening_en": "It goes on.", **words}
    chosen = [Recipient(kind="team", team=team) for team in teams]
    author = fresh(by)
    with scope(reach_of(author)):
        held = Alert.objects.get(pk=alert.pk)
        written = Written(columns=columns, recipients=chosen, indicators=[])
        return revise(alert=held, written=written, edited=held.edited, what_changed="Another lure.", by=author)


@pytest.mark.parametrize("tlp", ["CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED"])
@pytest.mark.parametrize(
    ("facts", "category"),
    [
        (ALL, "csaf_security_advisory"),
        ({"cves": ["CVE-2024-3400"]}, "csaf_base"),
        ({"products": "PAN-OS"}, "csaf_informational_advisory"),
        ({"language": "pt-br", "title_en": "", "happening_en": "", **IN_FOUR}, "csaf_informational_advisory"),
        ({"is_exercise": True, "cves": ["CVE-2024-3400"], "products": "x"}, "csaf_security_advisory"),
    ],
)
def test_every_advisory_is_valid(officer, csirt_jam, rep_jam, sign_in, tlp, facts, category):
    receivers = {"people": [rep_jam]} if tlp == "RED" else {}
    alert = send_out(*([] if receivers else [csirt_jam]), by=officer, tlp=tlp, **receivers, **facts)

    document = csaf_of(sign_in(rep_jam), alert)

    assert faults_of(document) == []
    assert document["document"]["category"] == category


def test_the_reader_of_this_test_finds_faults(officer, client):
    document = csaf_of(client, send_out(by=officer, people=[officer], tlp="CLEAR", **ALL))
    del document["document"]["publisher"]

    assert faults_of(document) == ["schema: /document 'publisher' is a required property"]


def test_it_says_what_the_alert_says(officer, csirt_jam, rep_jam, sign_in):
    alert = send_out(csirt_jam, by=officer, tlp="AMBER+STRICT", pap="GREEN", **ALL)
    document = csaf_of(sign_in(rep_jam), alert)

    said = document["document"]
    assert said["tracking"]["id"] == f"OAS-{alert.code}"
    assert (said["title"], said["lang"]) == ("Fake tax refunds", "en")
    assert said["publisher"]["category"] == "coordinator"
    assert said["publisher"]["namespace"] == "https://cyber.example.org"
    assert said["distribution"]["tlp"]["label"] == "AMBER"  # as near as CSAF 2.0 comes
    assert said["distribution"]["text"].startswith("TLP:AMBER+STRICT. ")
    assert "PAP:GREEN. " in said["distribution"]["text"]
    notes = {note["title"]: note["text"] for note in said["notes"]}
    assert notes["What is happening"] == "Messages promise a refund."
    assert notes["Qué está ocurriendo (Español)"] == "Mensajes prometen una devolución."
    assert notes["What to do now"] == "1. Block them\n2. Tell people"
    assert document["product_tree"]["full_product_names"] == [
        {"name": "PAN-OS 10.2", "product_id": "CSAFPID-0001"},
        {"name": "PAN-OS 11.0", "product_id": "CSAFPID-0002"},
    ]
    first = document["vulnerabilities"][0]
    assert [one["cve"] for one in document["vulnerabilities"]] == ALL["cves"]
    assert first["product_status"] == {"known_affected": ["CSAFPID-0001", "CSAFPID-0002"]}
    assert "scores" not in first
    assert first["remediations"][0]["details"] == "1. Block them\n2. Tell people"


def test_whose_it_is_is_said_unless_it_is_hidden(officer, csirt_chl, rep_chl, analyst_chl, client):
    named = send_out(csirt_chl, by=rep_chl, origin=csirt_chl, tlp="CLEAR")
    hidden = send_out(by=officer, people=[officer], tlp="CLEAR")

    assert csaf_of(client, named)["document"]["acknowledgments"] == [{"organization": str(csirt_chl)}]
    assert "acknowledgments" not in csaf_of(client, hidden)["document"]


def test_whoever_may_not_read_the_alert_has_no_advisory_of_it(officer, csirt_chl, rep_chl, rep_jam, sign_in, client):
    alert = send_out(csirt_chl, by=officer, tlp="AMBER")

    assert sign_in(rep_chl).get(f"/alerts/{alert.pk}/csaf/").status_code == 200
    assert sign_in(rep_jam).get(f"/alerts/{alert.pk}/csaf/").status_code == 404
    assert client.get(f"/alerts/{alert.pk}/csaf/").status_code == 404


def test_each_version_stands_in_its_history(officer, csirt_jam, rep_jam, sign_in):
    alert = send_out(csirt_jam, by=officer, tlp="GREEN")
    write_again(alert, csirt_jam, by=officer)

    document = csaf_of(sign_in(rep_jam), alert)

    tracking = document["document"]["tracking"]
    assert faults_of(document) == []
    assert tracking["version"] == "2"
    assert [entry["summary"] for entry in tracking["revision_history"]] == ["First version.", "Another lure."]


def test_of_a_version_for_others_there_is_its_number_alone(officer, second_officer, csirt_jam, client):
    """An alert whose label fell: what stood in it before is not for everybody, nor when it was said."""
    alert = send_out(csirt_jam, by=officer, tlp="AMBER")
    write_again(alert, csirt_jam, by=officer)
    lower_to_clear(alert, by=officer, second=second_officer)

    document = csaf_of(client, alert)

    history = document["document"]["tracking"]["revision_history"]
    assert faults_of(document) == []
    assert [entry["number"] for entry in history] == ["1", "2", "3"]
    assert history[1]["summary"] == "A version for other readers."
    assert history[1]["date"] == history[0]["date"]
    assert "Another lure" not in json.dumps(document)


def test_the_provider_hands_out_what_is_for_everybody(officer, csirt_jam, rep_jam, sign_in, client):
    shown = send_out(by=officer, people=[officer], tlp="CLEAR", **ALL)
    for facts in ({"tlp": "GREEN"}, {"tlp": "CLEAR", "pap": "RED"}, {"tlp": "CLEAR", "is_exercise": True}):
        hidden = send_out(csirt_jam, by=officer, **facts)
        assert client.get(file_of(hidden)).status_code == 404
        own = csaf_of(sign_in(rep_jam), hidden)["document"]["references"][0]
        assert own["url"] == f"https://cyber.example.org/alerts/{hidden.pk}/csaf/"

    path = f"{shown.published_at.year}/oas-{shown.code}.json"
    assert client.get(f"{FOLDER}index.txt").content.decode() == f"{path}\n"
    assert [line.split(",")[0] for line in client.get(f"{FOLDER}changes.csv").content.decode().splitlines()] == [
        f'"{path}"'
    ]
    document = document_of(client, f"{FOLDER}{path}")
    assert faults_of(document) == []
    assert document["document"]["distribution"]["tlp"]["label"] == "WHITE"
    assert document["document"]["references"][0]["url"] == f"https://cyber.example.org{FOLDER}{path}"


def test_its_list_for_people_has_the_same_and_nothing_else(officer, csirt_jam, client):
    shown = send_out(by=officer, people=[officer], tlp="CLEAR", title_en="For everybody")
    send_out(csirt_jam, by=officer, tlp="GREEN", title_en="For the community")
    year = shown.published_at.year

    for path in (FOLDER, f"{FOLDER}{year}/"):
        page = client.get(path).content.decode()
        assert f'href="{file_of(shown)}"' in page
        assert "For the community" not in page
    assert "For everybody" not in client.get(f"{FOLDER}{year - 1}/").content.decode()


def test_its_tree_is_as_the_standard_wants_it(officer, second_officer, csirt_jam, client, tmp_path):
    """As audited by the reference implementation, once it was fetched file by file."""
    lower_to_clear(send_out(csirt_jam, by=officer, tlp="GREEN"), by=officer, second=second_officer)
    for number in range(3):
        send_out(by=officer, people=[officer], tlp="CLEAR", title_en=f"Alert {number}")
    for path in ("index.txt", "changes.csv", *client.get(f"{FOLDER}index.txt").content.decode().splitlines()):
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_bytes(client.get(FOLDER + path).content)
    name_before_day = (tmp_path / "changes.csv").read_text().splitlines()  # as 7.1.13 has it; the audit turns them
    turned = [",".join(reversed(line.split(","))) for line in name_before_day]
    (tmp_path / "changes.csv").write_text("\n".join(turned))

    audited = csaf.audit_tree(str(tmp_path))

    assert audited.advisory_count == 4
    assert [*audited.errors, *audited.violations] == []


def test_changes_say_when_each_was_released_last(officer, csirt_jam, client):
    first, second = (send_out(csirt_jam, by=officer, tlp="CLEAR", title_en=title) for title in ("First", "Second"))
    write_again(first, csirt_jam, by=officer)

    lines = client.get(f"{FOLDER}changes.csv").content.decode().splitlines()
    said = [[part.strip('"') for part in line.split(",")] for line in lines]
    assert [path.split("/")[1] for path, _at in said] == [f"oas-{one.code}.json" for one in (first, second)]
    for path, at in said:
        assert document_of(client, FOLDER + path)["document"]["tracking"]["current_release_date"] == at


def test_a_file_has_its_hashes_beside_it(officer, client):
    alert = send_out(by=officer, people=[officer], tlp="CLEAR", **ALL)
    body = client.get(file_of(alert)).content

    for name in ("sha256", "sha512"):
        line = client.get(f"{file_of(alert)}.{name}").content.decode()
        assert line == f"{hashlib.new(name, body).hexdigest()}  oas-{alert.code}.json\n"


def test_a_file_is_the_same_for_whoever_is_signed_in(officer, second_officer, csirt_jam, rep_jam, sign_in, client):
    alert = send_out(csirt_jam, by=officer, tlp="AMBER")
    lower_to_clear(alert, by=officer, second=second_officer)
    body = client.get(file_of(alert)).content

    assert sign_in(rep_jam).get(file_of(alert)).content == body
    assert sign_in(rep_jam).get(f"/alerts/{alert.pk}/csaf/").content == body


def test_closing_an_alert_is_no_version(officer, client):
    alert = send_out(by=officer, people=[officer], tlp="CLEAR")
    body = client.get(file_of(alert)).content
    with scope(reach_of(fresh(officer))):
        close(alert=alert, closing="It is over.", by=fresh(officer))

    assert client.get(file_of(alert)).content == body


def test_other_names_are_no_files(officer, client):
    alert = send_out(by=officer, people=[officer], tlp="CLEAR")
    year = alert.published_at.year

    for name in (f"oas-{year}-1", "oas-2020-001", f"OAS-{alert.code}", "index", f"oas-{year}-{'9' * 30}"):
        assert client.get(f"{FOLDER}{year}/{name}.json").status_code == 404
    assert client.get(f"{FOLDER}{year - 1}/oas-{alert.code}.json").status_code == 404


def test_the_provider_says_who_it_is(officer, client):
    alert = send_out(by=officer, people=[officer], tlp="CLEAR")
    told = document_of(client, PROVIDER)

    assert told["canonical_url"] == f"https://cyber.example.org{PROVIDER}"
    assert (told["role"], told["metadata_version"]) == ("csaf_provider", "2.0")
    assert told["publisher"] == csaf_of(client, alert)["document"]["publisher"]
    folder, feeds = told["distributions"]
    assert folder == {"directory_url": f"https://cyber.example.org{FOLDER}"}
    assert [feed["tlp_label"] for feed in feeds["rolie"]["feeds"]] == ["WHITE"]


def test_its_feed_leads_to_each_file(officer, csirt_jam, client):
    alert = send_out(by=officer, people=[officer], tlp="CLEAR")
    send_out(csirt_jam, by=officer, tlp="GREEN")
    address = document_of(client, PROVIDER)["distributions"][1]["rolie"]["feeds"][0]["url"]

    feed = document_of(client, address.removeprefix("https://cyber.example.org"))["feed"]

    assert feed["link"] == [{"rel": "self", "href": address}]
    assert feed["category"] == [{"scheme": "urn:ietf:params:rolie:category:information-type", "term": "csaf"}]
    assert [entry["id"] for entry in feed["entry"]] == [f"OAS-{alert.code}"]
    entry = feed["entry"][0]
    tracking = csaf_of(client, alert)["document"]["tracking"]
    assert entry["updated"] == tracking["current_release_date"]
    assert entry["content"] == {"type": "application/json", "src": f"https://cyber.example.org{file_of(alert)}"}
    for link in entry["link"]:
        assert client.get(link["href"].removeprefix("https://cyber.example.org")).status_code == 200


def test_without_alerts_it_is_there_and_empty(client):
    assert document_of(client, PROVIDER)["role"] == "csaf_provider"
    assert client.get(f"{FOLDER}index.txt").content == b""
    assert document_of(client, f"{FOLDER}csaf-feed-tlp-white.json")["feed"]["entry"] == []


def test_who_has_it_already_is_told_so(officer, client):
    alert = send_out(by=officer, people=[officer], tlp="CLEAR")

    for path in (PROVIDER, f"{FOLDER}index.txt", f"{FOLDER}changes.csv", file_of(alert), f"{file_of(alert)}.sha256"):
        answer = client.get(path)
        assert answer.headers["Cache-Control"] == "public, max-age=300"
        assert not answer.cookies
        again = client.get(path, headers={"If-None-Match": answer.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b"")


def test_many_cost_as_few_queries_as_one(officer, client):
    def asked():
        found = []
        for path in ("index.txt", "changes.csv", "csaf-feed-tlp-white.json", ""):
            with CaptureQueriesContext(connection) as queries:
                client.get(FOLDER + path)
            found.append(len(queries))
        return found

    send_out(by=officer, people=[officer], tlp="CLEAR")
    few = asked()
    for number in range(8):
        send_out(by=officer, people=[officer], tlp="CLEAR", title_en=f"Alert {number}")

    assert asked() == few
