"""What every language has to say of a note verbale."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Wording:
    """`of_state` holds, by ISO code, what follows "the Permanent Mission": its default is `of` and the state's name.

    `bodies` are by purpose, and by variant where a purpose has two; the rest stands in every note.
    """

    of: str
    of_state: Mapping[str, str]
    brand: str
    programme: str
    sample: str
    draft: str
    kind: str
    page: str
    place: str
    addressee: str
    opening: str
    reply: str
    closing: str
    quote: str
    code: str
    bodies: Mapping[str, str]

    def of_the_state(self, alpha3: str, name: str) -> str:
        return self.of_state.get(alpha3) or self.of + name
