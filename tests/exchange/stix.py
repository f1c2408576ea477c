"""Objects as the outside world reads them: the validator of OASIS and its library."""

import json
from typing import Any

import stix2
from stix2validator import ValidationOptions, validate_string


def faults_of(objects: list[dict[str, Any]]) -> list[str]:
    """What the validator and the library of OASIS say is wrong."""
    bundle = {"type": "bundle", "id": "bundle--8a2b2ee6-64ce-4f03-9fb0-a1a8a0a6a1a1", "objects": objects}
    text = json.dumps(bundle)
    found = validate_string(text, ValidationOptions(version="2.1"))
    for value in objects:
        stix2.parse(value, allow_custom=value["type"] == "marking-definition", version="2.1")
    return [] if found.is_valid else [str(error) for error in found.errors]


def of_type(objects: list[dict[str, Any]], *kinds: str) -> list[dict[str, Any]]:
    return [value for value in objects if value["type"] in kinds]


def one(objects: list[dict[str, Any]], kind: str) -> dict[str, Any]:
    (found,) = of_type(objects, kind)
    return found
