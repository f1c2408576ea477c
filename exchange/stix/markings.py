"""Labels as marking definitions. STIX 2.1 does not predefine those of TLP 2.0: they travel with what uses them."""

from typing import Any

from common.tlp import Pap, Tlp
from exchange.stix.ids import stix_id

EXTENSION = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d"
TLP_IDS = {
    Tlp.CLEAR: "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487",
    Tlp.GREEN: "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb",
    Tlp.AMBER: "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421",
    Tlp.STRICT: "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003",
    Tlp.RED: "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1",
}
PAP_IDS = {label: stix_id("marking-definition", "pap", label) for label in Pap}
SINCE = "2022-10-01T00:00:00.000Z"


def _of_tlp(label: Tlp) -> dict[str, Any]:
    extension = {"extension_type": "property-extension", "tlp_2_0": label.value.lower()}
    return _marking(TLP_IDS[label], name=f"TLP:{label.value}", extensions={EXTENSION: extension})


def _of_pap(label: Pap) -> dict[str, Any]:
    """PAP has no marking of its own in STIX: a statement says it."""
    statement = {"statement": f"PAP:{label.value}"}
    return _marking(PAP_IDS[label], name=f"PAP:{label.value}", definition_type="statement", definition=statement)


def _marking(stix_id: str, **facts: Any) -> dict[str, Any]:
    return {"type": "marking-definition", "spec_version": "2.1", "id": stix_id, "created": SINCE, **facts}


MARKINGS: dict[str, dict[str, Any]] = {value["id"]: value for value in (*map(_of_tlp, Tlp), *map(_of_pap, Pap))}


def marks(tlp: str, pap: str) -> list[str]:
    return [TLP_IDS[Tlp(tlp)], PAP_IDS[Pap(pap)]]
