"""What a sighting, a note, a relationship and the like are about."""

from typing import Any

from exchange.stix.checking import IDENTIFIER
from exchange.stix.labels import refs_of

ABOUT = ("sighting", "note", "opinion", "relationship", "report", "grouping")
NOT_MEANT = ("created_by_ref", "object_marking_refs")


def about_of(value: dict[str, Any]) -> list[str]:
    """The ids, each once; of whatever says nothing about others none."""
    if value.get("type") not in ABOUT:
        return []
    said = {name: of for name, of in value.items() if name not in NOT_MEANT}
    return [one for one in dict.fromkeys(refs_of(said)) if IDENTIFIER.fullmatch(one) and len(one) <= 150]
