"""Bundles of STIX 2.1 and envelopes of TAXII 2.1: each object a line, its text as it came."""

from collections.abc import Iterator
from typing import Any

from common.tlp import Tlp
from exchange.bulk.lines import Line, Terms, plain
from exchange.stix.cutting import Given
from exchange.stix.labels import label_of, labels_together


def lines_of(given: list[Given], terms: Terms) -> Iterator[Line]:
    labels = labels_together([one.value for one in given])
    for number, (one, label) in enumerate(zip(given, labels, strict=True), 1):
        is_red = label_of(one.value) == Tlp.RED and one.value.get("type") != "marking-definition"
        yield Line(number, _what(one.value), one.text, one.value, label=label or terms.label, is_red=is_red)


def _what(value: dict[str, Any]) -> str:
    named = next((said for name in ("name", "value", "pattern", "id") if isinstance(said := value.get(name), str)), "")
    return plain(f"{value.get('type')}: {named}")
