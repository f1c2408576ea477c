"""What an object is called."""

import unicodedata
from typing import Any

LONGEST = 100


def name_of(value: dict[str, Any]) -> str:
    """Its name, else what it is about; an object that says neither has none."""
    named = (
        value.get(part)
        for part in ("name", "value", "abstract", "content", "explanation", "pattern", "relationship_type")
    )
    return next((text for text in named if isinstance(text, str) and text.strip()), "")


def sought(text: str) -> str:
    """How a name is compared: small letters without accents, its beginning."""
    letters = unicodedata.normalize("NFKD", text[: 2 * LONGEST].replace("\0", "").casefold())
    return " ".join("".join(letter for letter in letters if not unicodedata.combining(letter)).split())[:LONGEST]
