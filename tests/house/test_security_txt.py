"""/.well-known/security.txt, read by the grammar of RFC 9116 (section 4), and what `check --deploy` says of it."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import sectxt

from oas_cyber.security_txt import LONGEST, check_security_txt

pytestmark = pytest.mark.django_db
NAME = r"[\x21-\x39\x3b-\x7e]+"  # RFC 5322: printable, without a colon
FIELD = re.compile(rf"(?P<name>{NAME}): (?P<value>[\x20-\x7e\u0080-\U0010ffff]+)\r?\n")
COMMENT = re.compile(r"#[\t\x20-\x7e\u0080-\U0010ffff]*\r?\n")
URI = re.compile(r"(?:https://|mailto:[^@\s]+@|tel:\+)[^\s<>\"]+")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)", re.IGNORECASE)
LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")


def fields_of(text):
    """[(name, value)]; raises ValueError where the grammar does not hold."""
    found, rest = [], text
    while rest:
        line = FIELD.match(rest) or COMMENT.match(rest) or re.compile(r"[\t ]*\r?\n").match(rest)
        if line is None:
            raise ValueError(rest.partition("\n")[0])
        if "name" in line.groupdict() and line.re is FIELD:
            found.append((line["name"].lower(), line["value"]))
        rest = rest[line.end() :]
    return found


def faults_of(text):
    fields = fields_of(text)
    values = {name: [value for other, value in fields if other == name] for name, _ in fields}
    faults = [f"no {name}" for name in ("contact", "expires") if not values.get(name)]
    faults += [f"{name} more than once" for name in ("expires", "preferred-languages") if len(values.get(name, [])) > 1]
    uris = [value for name in ("contact", "canonical", "policy", "encryption") for value in values.get(name, [])]
    faults += [f"{uri} is no address" for uri in uris if not URI.fullmatch(uri)]
    faults += [f"{moment} is no moment" for moment in values.get("expires", []) if not MOMENT.fullmatch(moment)]
    languages = ",".join(values.get("preferred-languages", ["en"])).split(",")
    return faults + [f"{tag} is no language" for tag in languages if not LANGUAGE.fullmatch(tag.strip())]


@pytest.fixture
def text(client, settings):
    settings.SITE_URL = "https://cyber.example.org"
    settings.SECURITY_CONTACTS = ["mailto:security@example.org", "https://example.org/weakness"]
    settings.SECURITY_EXPIRES = str((datetime.now(UTC) + timedelta(days=200)).date())
    answer = client.get("/.well-known/security.txt")

    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    return answer.content.decode()


def test_it_is_as_the_rfc_wants_it(text):
    assert faults_of(text) == []
    fields = dict(fields_of(text))
    assert fields["canonical"] == "https://cyber.example.org/.well-known/security.txt"
    assert fields["policy"] == "https://cyber.example.org/security/"
    assert datetime.now(UTC) < datetime.fromisoformat(fields["expires"]) < datetime.now(UTC) + LONGEST


def test_another_reader_finds_no_fault_and_the_provider_of_advisories(text):
    read = sectxt.Parser(text.encode())

    assert read.errors == []
    assert read._values["csaf"] == ["https://cyber.example.org/.well-known/csaf/provider-metadata.json"]


@pytest.mark.parametrize(
    ("bad", "fault"),
    [
        ("Expires: 2027-01-01T00:00:00Z\n", "no contact"),
        ("Contact: mailto:a@b.org\n", "no expires"),
        ("Contact: a@b.org\nExpires: 2027-01-01T00:00:00Z\n", "a@b.org is no address"),
        ("Contact: mailto:a@b.org\nExpires: 2027-01-01\n", "2027-01-01 is no moment"),
        ("Contact: http://b.org\nExpires: 2027-01-01T00:00:00Z\n", "http://b.org is no address"),
    ],
)
def test_the_reader_of_this_test_finds_faults(bad, fault):
    assert fault in faults_of(bad)


@pytest.mark.parametrize(
    ("contact", "days", "named"),
    [
        (["mailto:security@example.org"], 100, []),
        (["security@example.org"], 100, ["oas_cyber.E001"]),
        (["https://example.org"], -1, ["oas_cyber.E003"]),
        (["https://example.org"], 500, ["oas_cyber.E003"]),
        (["https://example.org"], None, ["oas_cyber.E002"]),
    ],
)
def test_what_a_deployment_is_told(settings, contact, days, named):
    settings.SECURITY_CONTACTS = contact
    settings.SECURITY_EXPIRES = "soon" if days is None else str((datetime.now(UTC) + timedelta(days=days)).date())

    assert [fault.id for fault in check_security_txt(None)] == named
