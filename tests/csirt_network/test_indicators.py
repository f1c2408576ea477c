"""Indicators typed, pasted, shown and written as STIX."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st
from stix2patterns.v21.pattern import Pattern
from stix2patterns.validator import run_validator

from csirt_network.indicators import (
    MOST_CHARACTERS,
    MOST_LINES,
    Kind,
    defang,
    normalise,
    parse_lines,
    recognise,
    refang,
    stix_pattern,
)

MD5, SHA1, SHA256, SHA512 = "d" * 32, "a" * 40, "B" * 64, "c" * 128
TYPED = [
    ("198.51.100.7", Kind.IPV4, "198.51.100.7"),
    ("198.51.100[.]7", Kind.IPV4, "198.51.100.7"),
    (" 198[.]51 [.] 100(.)7 ", Kind.IPV4, "198.51.100.7"),
    ("198.51.100.7/24", Kind.IPV4_NETWORK, "198.51.100.0/24"),
    ("198.51.100[.]0/24", Kind.IPV4_NETWORK, "198.51.100.0/24"),
    ("2001:DB8:0:0::1", Kind.IPV6, "2001:db8::1"),
    ("2001[:]db8[::]1", Kind.IPV6, "2001:db8::1"),
    ("[2001:db8::1]", Kind.IPV6, "2001:db8::1"),
    ("2001:db8::1/32", Kind.IPV6_NETWORK, "2001:db8::/32"),
    ("BAD[.]example", Kind.DOMAIN, "bad.example"),
    ("bad[dot]example.", Kind.DOMAIN, "bad.example"),
    ("ministério.example", Kind.DOMAIN, "xn--ministrio-g4a.example"),
    ("_dmarc.bad.example", Kind.DOMAIN, "_dmarc.bad.example"),
    ("setup.zip", Kind.DOMAIN, "setup.zip"),
    ("file: setup.zip", Kind.FILE, "setup.zip"),
    ("hxxps://bad[.]example", Kind.URL, "https://bad.example"),
    ("hXXp[://]Bad[.]Example:8080/A[.]php?x=1#y", Kind.URL, "http://bad.example:8080/A.php?x=1#y"),
    ("h**p://bad.example/", Kind.URL, "http://bad.example/"),
    ("<https://bücher.example/é>", Kind.URL, "https://xn--bcher-kva.example/%C3%A9"),
    ("http://user:pw@198.51.100.7/x'y", Kind.URL, "http://user:pw@198.51.100.7/x'y"),
    ("https://[2001:DB8::1]:8443/x", Kind.URL, "https://[2001:db8::1]:8443/x"),
    ("ftp://bad.example/a%20b", Kind.URL, "ftp://bad.example/a%20b"),
    ("Phisher[@]Bad[.]example", Kind.EMAIL, "Phisher@bad.example"),
    ("mailto:phisher@bad.example", Kind.EMAIL, "phisher@bad.example"),
    (MD5.upper(), Kind.MD5, MD5),
    (SHA1, Kind.SHA1, SHA1),
    (SHA256, Kind.SHA256, SHA256.lower()),
    (SHA512, Kind.SHA512, SHA512),
    ("AS64500", Kind.ASN, "AS64500"),
    ("asn 64500", Kind.ASN, "AS64500"),
    ("factura.pdf.exe", Kind.FILE, "factura.pdf.exe"),
    ("Factura de mayo.docm", Kind.FILE, "Factura de mayo.docm"),
    (r"mutex: Global\It's mine", Kind.MUTEX, r"Global\It's mine"),
    ('"bad.example",', Kind.DOMAIN, "bad.example"),
    ("bad\u200b.example", Kind.DOMAIN, "bad.example"),
    ("asn: 64500", Kind.ASN, "AS64500"),
    ("http://bad.example:65535/", Kind.URL, "http://bad.example:65535/"),
    ("http://pepé@bad.example/", Kind.URL, "http://pep%C3%A9@bad.example/"),
    ("SHA256: " + SHA256, Kind.SHA256, SHA256.lower()),
]


@pytest.mark.parametrize(("typed", "kind", "value"), TYPED)
def test_it_is_recognised_however_it_is_typed(typed, kind, value):
    found = recognise(typed)
    assert (found.kind, found.value) == (kind, value)
    assert normalise(value, kind) == value


@pytest.mark.parametrize(("_typed", "kind", "value"), TYPED)
def test_what_is_shown_cannot_be_clicked_and_is_copied_back_clean(_typed, kind, value):
    shown = defang(value, kind)
    assert refang(shown) == value or kind in (Kind.FILE, Kind.MUTEX)
    if kind in (Kind.URL, Kind.DOMAIN, Kind.EMAIL, Kind.IPV4, Kind.IPV6):
        assert shown != value
        assert not shown.startswith(("http", "ftp://"))
    assert recognise(f"{kind}: {shown}").value == value


@pytest.mark.parametrize(("_typed", "kind", "value"), TYPED)
def test_its_pattern_is_stix(_typed, kind, value):
    pattern = stix_pattern(kind, value)
    assert run_validator(pattern, stix_version="2.1") == []
    said = next(iter(Pattern(pattern).inspect().comparisons.values()))
    assert str(said[0][2]).strip("'").replace("\\'", "'").replace("\\\\", "\\") == value.removeprefix("AS")


@pytest.mark.parametrize("value", ["it's", "back\\slash", "' OR [url:value = 'x", "\\'", "][", "a\\", "é – 日本"])
def test_nothing_breaks_out_of_a_pattern(value):
    pattern = stix_pattern(Kind.FILE, value)
    assert run_validator(pattern, stix_version="2.1") == []
    assert list(Pattern(pattern).inspect().comparisons) == ["file"]


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "Type or paste"),
        ("   ", "Type or paste"),
        ("300.1.1.1", "no IPv4 address"),
        ("1.2.3.4/33", "no IPv4 network"),
        ("198.51.100.7:443", "no kind of indicator"),
        ("fe80::1%eth0", "no IPv6 address|no kind"),
        ("fe80::1%1", "no IPv6 address"),
        ("fe80::%1/64", "no IPv6 network"),
        ("@bad.example", "no e-mail address"),
        ("two words@bad.example", "no e-mail address"),
        ("http://bad.example:65536/", "no server that exists"),
        (".".join(["a" * 62] * 4) + ".aa", "no domain name"),
        ("bad.example/login", "http:// or https://"),
        ("javascript://bad.example", "no address of a page"),
        ("https://bad.example/a b", "no address of a page"),
        ("https://bad.example:99999/", "no server that exists"),
        ("https://", "no domain name"),
        ("https://localhost/", "no domain name"),
        ("a@b@", "no domain name|no e-mail"),
        ("two words", "no kind of indicator"),
        ("d" * 31, "has 31 characters"),
        ("AS4294967296", "autonomous system"),
        ("md5: zzz", "needs 32 characters"),
        ("bad..example", "no domain name"),
        ("-bad.example", "no domain name"),
        ("a" * 64 + ".example", "no domain name"),
        ("file: folder/setup.exe", "without its folder"),
        ("mutex: " + "x" * 256, "at most 255"),
        ("x" * (MOST_CHARACTERS + 1), "at most 2048"),
        ("‮exe.example", None),
    ],
)
def test_what_is_none_gets_a_sentence(typed, says):
    if says is None:
        assert "\u202e" not in recognise(typed).value
        return
    with pytest.raises(ValidationError, match=says) as error:
        recognise(typed)
    assert error.value.messages[0].endswith(".")
    assert len(error.value.messages[0]) < 250


@given(st.text(max_size=80) | st.text("abzxh0129.:/[]()@\\'\"-_% \té", max_size=40))
def test_whatever_is_pasted_there_is_an_answer(text):
    for row in parse_lines(text):
        assert row.problem.endswith(".") if row.problem else row.kind
        if row.kind:
            assert normalise(row.value, row.kind) == row.value
            assert run_validator(stix_pattern(row.kind, row.value), stix_version="2.1") == []


def test_a_pasted_list_answers_line_by_line():
    rows = parse_lines(
        "# from the report\nhxxps://bad[.]example/\n\nnonsense here\n198.51.100.7\nhttps://bad.example/\n"
    )
    assert [(row.line, row.value, row.kind, bool(row.problem), row.same_as) for row in rows] == [
        (2, "https://bad.example/", Kind.URL, False, None),
        (4, "", None, True, None),
        (5, "198.51.100.7", Kind.IPV4, False, None),
        (6, "https://bad.example/", Kind.URL, True, 2),
    ]
    assert rows[1].typed == "nonsense here"
    assert rows[3].problem == "The same as line 2."
    assert parse_lines("") == []


def test_a_list_has_an_end():
    assert len(parse_lines("bad.example\n" * MOST_LINES)) == MOST_LINES
    for text in ("bad.example\n" * (MOST_LINES + 1), "\n" * (2 * MOST_LINES + 1), "x" * 5_000_000):
        with pytest.raises(ValidationError, match="at most 2000"):
            parse_lines(text)


def test_a_line_has_an_end():
    (row,) = parse_lines("x" * 3000)
    assert "2048" in row.problem
    assert len(row.typed) == MOST_CHARACTERS
