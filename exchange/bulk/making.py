"""An indicator of STIX 2.1 (section 4.7) of a value that a team brings in a table or in an event of MISP."""

import json
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from common.tlp import Tlp
from csirt_network import indicators
from exchange.bulk.lines import Line, Terms
from exchange.stix.identities import id_of
from exchange.stix.ids import moment, stix_id
from exchange.stix.labels import MARKINGS

LONGEST_VALUE, LONGEST_NOTE = 1000, 1000


def found(typed: str, kind: str = "") -> indicators.Indicator:
    """In its one form; raises ValidationError with a sentence."""
    if kind:
        one = indicators.Indicator(indicators.normalise(typed, kind), indicators.Kind(kind))
    else:
        one = indicators.recognise(typed)
    if len(one.value) > LONGEST_VALUE:
        raise ValidationError(_("The portal keeps values of at most %(most)d characters.") % {"most": LONGEST_VALUE})
    return one


def make(line: Line, one: indicators.Indicator, terms: Terms, *, label: str, seen: datetime | None, note: str) -> None:
    """Gives the line its object. The same value of the same team is the same object, whoever imports it when."""
    label = label or terms.label
    at = moment(terms.at)
    line.value = {
        "type": "indicator",
        "spec_version": "2.1",
        "id": stix_id("indicator", "import", *_apart(terms), terms.team.pk, one.kind, one.value),
        **({} if terms.hidden_in else {"created_by_ref": id_of(terms.team)}),
        "created": at,
        "modified": at,
        "name": indicators.defang(one.value, one.kind)[:200],
        **({"description": note[:LONGEST_NOTE]} if note else {}),
        "indicator_types": ["malicious-activity"],
        "pattern": indicators.stix_pattern(one.kind, one.value),
        "pattern_type": "stix",
        "pattern_version": "2.1",
        "valid_from": moment(seen or terms.at),
        **({"object_marking_refs": [MARKINGS[Tlp(label)]]} if label else {}),
    }
    line.text = text_of(line.value)
    line.label, line.is_made, line.is_dated = label, True, seen is not None


def _apart(terms: Terms) -> tuple[object, ...]:
    """The same id in two collections would say that one team is in both."""
    return ("group", terms.hidden_in) if terms.hidden_in else ()


def text_of(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def follow(line: Line, before: dict[str, Any]) -> bool:
    """Makes it a further version of what stands; False when nothing would change. Only its times differ by themselves.

    Raises ValidationError for what was revoked: that is final (STIX 2.1, section 3.2).
    """
    if before.get("revoked") is True:
        raise ValidationError(_("Your team revoked it, and that is final. Describe it in an alert if it is back."))
    line.value["created"] = before.get("created", line.value["created"])
    if not line.is_dated:
        line.value["valid_from"] = before.get("valid_from", line.value["valid_from"])
    line.text = text_of(line.value)
    return line.value | {"modified": None} != before | {"modified": None}
