"""security.txt of the teams' servers."""

import json
from datetime import UTC, datetime
from ipaddress import ip_address

import pytest
import time_machine
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from common.fetching import Fetcher, Reply, Unreachable
from csirt_network import security_txt
from csirt_network.security_txt import Finding, ask, check

URL = "https://csirt.example.cl/.well-known/security.txt"
GOOD = f"""# Our address for all things security
Contact: mailto:csirt@example.cl
Contact: https://csirt.example.cl/report
contact: tel:+56-2-1234567
Expires: 2027-06-30T12:00:00-04:00
Encryption: https://csirt.example.cl/key.asc
Preferred-Languages: es, en, pt-BR
Canonical: {URL}
Policy: https://csirt.example.cl/policy
CSAF: https://csirt.example.cl/.well-known/csaf/provider-metadata.json
Something-New: to be ignored
"""
SIGNED = f"""-----BEGIN PGP SIGNED MESSAGE-----
Hash: SHA512

{GOOD}
- - dashes are escaped
-----BEGIN PGP SIGNATURE-----

iHUEARYKAB0WIQ
-----END PGP SIGNATURE-----
"""


@pytest.fixture(autouse=True)
def _november():
    with time_machine.travel(datetime(2026, 11, 22, tzinfo=UTC), tick=False):
        yield


def codes(found):
    return {finding.code for finding in found.findings}


def with_line(line, instead_of):
    lines = [line if given.lower().startswith(instead_of.lower()) else given for given in GOOD.splitlines()]
    return "\n".join(line for line in lines if line) + "\n"


def test_a_good_one_is_read_in_full():
    found = check(GOOD, URL)
    assert found.contacts == ["mailto:csirt@example.cl", "https://csirt.example.cl/report", "tel:+56-2-1234567"]
    assert found.expires == datetime(2027, 6, 30, 16, tzinfo=UTC)
    assert found.encryption == ["https://csirt.example.cl/key.asc"]
    assert found.languages == ["es", "en", "pt-BR"]
    assert found.policy == ["https://csirt.example.cl/policy"]
    assert found.csaf == ["https://csirt.example.cl/.well-known/csaf/provider-metadata.json"]
    assert found.is_valid
    assert codes(found) == {"not-signed"}


def test_where_the_redirects_began_is_its_place_as_well():
    assert check(GOOD, "https://www.example.cl/security.txt", also_at=URL).is_valid


def test_what_a_signature_signs_is_read():
    found = check(SIGNED.replace("- - dashes are escaped\n", ""), URL)
    assert (found.is_signed, found.is_valid, codes(found)) == (True, True, set())
    assert len(found.contacts) == 3


def test_a_signature_may_escape_any_line():
    found = check(
        SIGNED.replace("- - dashes are escaped\n", "- Acknowledgments: https://csirt.example.cl/thanks\n"), URL
    )
    assert found.is_valid
    assert found.acknowledgments == ["https://csirt.example.cl/thanks"]


def test_windows_line_breaks_are_read_alike():
    assert check(GOOD.replace("\n", "\r\n").encode(), URL).is_valid


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "no-contact"),
        ("", "no-expires"),
        ("<html><title>Not found</title></html>", "no-field"),
        (with_line("Contact: csirt@example.cl", "contact: tel"), "no-scheme"),
        (with_line("Contact: javascript:alert(1)", "contact: tel"), "no-scheme"),
        (with_line("Contact: mailto:", "contact: tel"), "no-scheme"),
        (with_line("Contact: http://csirt.example.cl/report", "contact: tel"), "not-https"),
        (with_line("Encryption: -----BEGIN PGP PUBLIC KEY BLOCK-----", "Encryption"), "no-link"),
        (with_line("Policy: mailto:x@example.cl", "Policy"), "no-link"),
        (with_line("Contact:mailto:csirt@example.cl", "contact: tel"), "no-field"),
        (with_line("", "Expires"), "no-expires"),
        (with_line("Expires: 30 June 2027", "Expires"), "no-moment"),
        (with_line("Expires: 2027-13-30T00:00:00Z", "Expires"), "no-moment"),
        (with_line("Expires: 2027-06-30T00:00:00", "Expires"), "no-moment"),
        (with_line("Expires: 0001-01-01T00:00:00+23:59", "Expires"), "no-moment"),
        (GOOD + "Expires: 2027-06-30T00:00:00Z\n", "expires-twice"),
        (with_line("Expires: 2026-11-21T00:00:00Z", "Expires"), "expired"),
        (GOOD + "Preferred-Languages: fr\n", "languages-twice"),
        (with_line("Preferred-Languages: Spanish language", "Preferred"), "no-language"),
        (with_line("Canonical: https://other.example.cl/.well-known/security.txt", "Canonical"), "other-place"),
        (with_line("CSAF: https://csirt.example.cl/csaf/", "CSAF"), "no-csaf"),
        (SIGNED.replace("-----END PGP SIGNATURE-----\n", ""), "half-signed"),
        (SIGNED + "Contact: mailto:somebody@example.org\n", "after-signature"),
        (b"Contact: mailto:\xff\xfe@example.cl\n", "not-utf8"),
        (GOOD + "# x\n" * 10_000, "too-long"),
    ],
)
def test_what_is_wrong_gets_a_sentence(text, code):
    found = check(text, URL)
    assert code in codes(found)
    assert not found.is_valid
    assert all(str(finding) and "%(" not in str(finding) for finding in found.findings)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (with_line("Expires: 2028-11-22T00:00:00Z", "Expires"), "far-expires"),
        (with_line("Expires: 2026-12-01T00:00:00Z", "Expires"), "ends-soon"),
        (with_line("", "Encryption"), "no-encryption"),
        (with_line("", "Preferred"), "no-languages"),
        (SIGNED.replace(f"Canonical: {URL}\n", "").replace("- - dashes are escaped\n", ""), "no-canonical"),
    ],
)
def test_what_could_be_better_is_advice_and_no_error(text, code):
    found = check(text, URL)
    assert code in codes(found)
    assert found.is_valid


def test_nothing_unsafe_becomes_a_link():
    found = check('Contact: javascript:alert(1)\nContact: https://x/"><script>\nPolicy: data:text/html,x\n', URL)
    assert (found.contacts, found.policy) == ([], [])


def test_errors_come_first_and_the_line_is_named():
    found = check(with_line("Contact: csirt@example.cl", "contact: tel"), URL)
    assert [finding.is_error for finding in found.findings] == [True, False]
    assert str(found.findings[0]).startswith("Line 4 needs a full address")
    copied = check(with_line("Expires: 2026-12-01T00:00:00Z", "Expires"), "https://csirt.example.org/security.txt")
    assert [finding.code for finding in copied.findings] == ["other-place", "ends-soon", "not-signed"]


def test_findings_are_kept_as_rows_and_read_in_the_reader_s_language():
    finding = Finding("no-scheme", 4, "csirt@example.cl")
    assert Finding(**json.loads(json.dumps(finding.as_row()))) == finding
    with translation.override("es"):
        assert "csirt@example.cl" in str(finding)


@given(st.binary(max_size=400) | st.text(max_size=200).map(lambda text: f"Contact: {text}\nExpires: {text}\n".encode()))
def test_whatever_a_server_sends_there_is_an_answer(content):
    found = check(content, URL)
    assert found.findings
    assert all(map(str, found.findings))
    assert json.dumps([finding.as_row() for finding in found.findings])


class Server(Fetcher):
    """Answers without a network; `asked` says what was asked."""

    def __init__(self, answer):
        super().__init__()
        object.__setattr__(self, "answer", answer)
        object.__setattr__(self, "asked", [])

    def ask(self, method, url, body=None):
        self.asked.append((method, url))
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


def test_a_server_is_asked_at_the_well_known_place():
    server = Server(Reply(200, URL, GOOD.encode()))
    assert ask("csirt.example.cl", server).is_valid
    assert server.asked == [("GET", URL)]


def test_a_redirect_to_another_server_is_told():
    found = ask("csirt.example.cl", Server(Reply(200, "https://www.example.org/security.txt", GOOD.encode())))
    assert found.is_valid
    assert "other-host" in codes(found)
    assert any("www.example.org" in str(finding) for finding in found.findings)


@pytest.mark.parametrize(
    ("answer", "code"),
    [(Reply(404, URL), "not-found"), (Reply(500, URL), "not-found"), (Unreachable("no"), "unreachable")],
)
def test_no_answer_is_a_finding(answer, code):
    found = ask("csirt.example.cl", Server(answer))
    assert (found.is_found, found.is_valid, codes(found)) == (False, False, {code})


@pytest.mark.parametrize("domain", ["localhost", "127.0.0.1", "10.0.0.1", "db", "x@y", "a b", "", "169.254.169.254"])
def test_inner_servers_are_never_asked(domain):
    def opened(*_where):
        raise AssertionError("A connection was about to be opened.")

    found = ask(domain, Fetcher(resolve=opened))
    assert codes(found) == {"not-allowed"}


def test_a_name_that_leads_inside_is_never_asked():
    assert codes(ask("csirt.example.cl", Fetcher(resolve=lambda *_: [ip_address("10.0.0.1")]))) == {"not-allowed"}


def test_no_more_than_such_a_file_needs_is_read():
    found = check(b"Contact: mailto:csirt@example.cl\n" * 100_000, URL)
    assert len(found.contacts) <= security_txt.MOST_LINES
    assert len(check("x\n" * 400, URL).findings) <= security_txt.MOST_FINDINGS
