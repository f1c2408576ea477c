"""What a file says, one thing a line, as all formats are read."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Terms:
    """What holds for a whole import. `label` is for what has none; `at` is the one time all that is made bears.

    `hidden_in`: the group, where its members are hidden from each other; what is made then tells nobody of the team,
    neither by its maker nor by an id that it has elsewhere too.
    """

    team: Any
    label: str
    at: datetime
    hidden_in: int | None = None


@dataclass
class Line:
    """One row, attribute or object: what would be given to the store, or the sentence that says why it is not.

    `text` is the exact JSON of the object and `value` the same as Python reads it. `is_left`: nothing is wrong with
    it, and still it does not come in. `label` is what it says itself or, with nothing said, what the import says.
    `is_made`: the portal made the object of a value; `is_dated`: and was told since when the value is known.
    `is_red`: nobody keeps it, nor the file that holds it.
    """

    number: int
    what: str
    text: str = ""
    value: dict[str, Any] = field(default_factory=dict)
    why: str = ""
    label: str = ""
    is_left: bool = False
    is_made: bool = False
    is_dated: bool = False
    is_red: bool = False

    @property
    def stix_id(self) -> str:
        found = self.value.get("id")
        return found if isinstance(found, str) else ""

    @property
    def is_given(self) -> bool:
        return not self.why


def plain(text: Any, most: int = 200) -> str:
    """For one line of a page: without what cannot be printed, and not endless."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in str(text)[: 4 * most]).split())[:most]
