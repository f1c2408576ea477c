"""Labels as marking definitions: those of TLP 2.0, and PAP as a statement."""

from typing import Any

from common.tlp import Pap, Tlp
from exchange.stix.ids import open_id
from exchange.stix.labels import MARKINGS as TLP_IDS
from exchange.stix.labels import marking

PAP_IDS = {label: open_id("marking-definition", "pap", label) for label in Pap}
SINCE = "2022-10-01T00:00:00.000Z"


def _of_pap(label: Pap) -> dict[str, Any]:
    """PAP has no marking of its own in STIX: a statement says it."""
    return {
        "type": "marking-definition",
        "spec_version": "2.1",
        "id": PAP_IDS[label],
        "created": SINCE,
        "name": label.label,
        "definition_type": "statement",
        "definition": {"statement": label.label},
    }


MARKINGS: dict[str, dict[str, Any]] = {one["id"]: one for one in (*map(marking, Tlp), *map(_of_pap, Pap))}


def marks(tlp: str, pap: str) -> list[str]:
    return [TLP_IDS[Tlp(tlp)], PAP_IDS[Pap(pap)]]
