"""Labels as STIX carries them: marking definitions of TLP 2.0 and, taken on input, of TLP 1 (STIX 2.1, 7.2.1.4).

Only those of TLP 1 are predefined, so one of TLP 2.0 travels with what uses it.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from common.tlp import Tlp, strictest

PREFIX = "marking-definition--"
MARKINGS: dict[Tlp, str] = {
    Tlp.CLEAR: f"{PREFIX}94868c89-83c2-464b-929b-a1a8aa3c8487",
    Tlp.GREEN: f"{PREFIX}bab4a63c-aed9-4cf5-a766-dfca5abac2bb",
    Tlp.AMBER: f"{PREFIX}55d920b0-5e8b-4f79-9ee9-91f868d9b421",
    Tlp.STRICT: f"{PREFIX}939a9414-2ddd-4d32-a0cd-375ea402b003",
    Tlp.RED: f"{PREFIX}e828b379-4e03-4974-9ac4-e53a884c97c1",
}
OF_TLP_1: dict[str, Tlp] = {
    f"{PREFIX}613f2e26-407d-48c7-9eca-b8e91df99dc9": Tlp.CLEAR,
    f"{PREFIX}34098fce-860f-48ae-8e50-ebd3cc5e41da": Tlp.GREEN,
    f"{PREFIX}f88d31f6-486f-44da-b317-01333bde0b82": Tlp.AMBER,
    f"{PREFIX}5e57c739-391a-4eb3-b6be-7d15ca92d5ed": Tlp.RED,
}
LABELS: dict[str, Tlp] = {marking: label for label, marking in MARKINGS.items()} | OF_TLP_1
Labels = dict[Any, list[Tlp]]  # of ids
EXTENSION = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d"


def label_of(value: dict[str, Any]) -> Tlp | None:
    """The strictest of the object and of its parts; that of a marking definition is the label it defines."""
    labels = [LABELS[marking] for marking in (*markings_of(value), value.get("id")) if marking in LABELS]
    return strictest(labels) if labels else None


def markings_of(value: dict[str, Any]) -> Iterator[str]:
    """The ids of all markings that the object or a part of it refers to."""
    yield from _texts(value.get("object_marking_refs"))
    for part in _list(value.get("granular_markings")):
        if isinstance(part, dict):
            yield from _texts([part.get("marking_ref")])


def labels_together(values: list[dict[str, Any]]) -> list[Tlp | None]:
    """One for each: an object without a label takes the strictest of those that refer to it or that it refers to."""
    own = [label_of(value) for value in values]
    labelled: Labels = {}
    referred_to: Labels = {}
    for value, label in zip(values, own, strict=True):
        if label:
            labelled.setdefault(value.get("id"), []).append(label)
            for identifier in refs_of(value):
                referred_to.setdefault(identifier, []).append(label)
    return [label or _inferred(value, labelled, referred_to) for value, label in zip(values, own, strict=True)]


def _inferred(value: dict[str, Any], labelled: Labels, referred_to: Labels) -> Tlp | None:
    near = [*referred_to.get(value.get("id"), ())]
    for identifier in refs_of(value):
        near += labelled.get(identifier, ())
    return strictest(near) if near else None


def refs_of(value: dict[str, Any]) -> Iterator[str]:
    for name, of in value.items():
        if name.endswith("_ref"):
            yield from _texts([of])
        elif name.endswith("_refs"):
            yield from _texts(of)


def marking(label: Tlp) -> dict[str, Any]:
    """As FIRST and OASIS publish it (cti-stix-common-objects): no `definition`, no `modified`."""
    extension = {"extension_type": "property-extension", "tlp_2_0": label.value.lower()}
    return {
        "type": "marking-definition",
        "spec_version": "2.1",
        "id": MARKINGS[label],
        "created": "2022-10-01T00:00:00.000Z",
        "name": label.label,
        "extensions": {EXTENSION: extension},
    }


def _texts(value: Any) -> Iterable[str]:
    return [one for one in _list(value) if isinstance(one, str)]


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
