"""CVE identifiers typed and pasted."""

import pytest
from django.core.exceptions import ValidationError

from csirt_network import cves


@pytest.mark.parametrize(
    ("typed", "is_read_as"),
    [
        ("CVE-2024-3400", "CVE-2024-3400"),
        (" cve-2021-44228 ", "CVE-2021-44228"),
        ("CVE–2014–0160", "CVE-2014-0160"),
        ("CVE-2023-1234567", "CVE-2023-1234567"),
        ("CVE-1999-0001", "CVE-1999-0001"),
        ("CVE-2024-12345678901", "CVE-2024-12345678901"),
    ],
)
def test_it_is_read_however_it_is_typed(typed, is_read_as):
    assert cves.cve_of(typed) == is_read_as


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "2024-3400",
        "CVE-24-3400",
        "CVE-2024-340",
        "CVE-2024-034000",
        "CVE-1998-0001",
        "CVE-2999-0001",
        "CVE-2024-34O0",
        "CVE-٢٠٢٤-3400",
        "CVE-2024-3400'--",
        "CVE-2024-" + "9" * 400,
    ],
)
def test_what_is_none_gets_a_sentence(typed):
    with pytest.raises(ValidationError) as error:
        cves.cve_of(typed)
    assert error.value.messages[0].endswith(".")
    assert len(error.value.messages[0]) < 150


def test_a_pasted_list_keeps_its_order_and_each_once():
    found = cves.parse("CVE-2024-3400, cve-2021-44228;\nCVE-2024-3400\t log4j")
    assert found.ids == ("CVE-2024-3400", "CVE-2021-44228")
    assert found.problems == ("“log4j” is no CVE identifier. Write it like CVE-2024-3400.",)


def test_nothing_pasted_is_an_empty_list():
    assert cves.parse(" \n ") == cves.Cves(())


@pytest.mark.parametrize("text", ["CVE-2024-3400 " * 501, "x" * 20_001])
def test_a_list_has_an_end(text):
    with pytest.raises(ValidationError, match="at most 500"):
        cves.parse(text)
