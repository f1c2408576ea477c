"""One state of everything, with a canary in every sensitive field: no canary may sing outside its reach."""

import re
from dataclasses import dataclass
from typing import Any

CANARY = re.compile(rb"CANARY-([A-Z]{3})-(DRAFT|PRIVATE|SENT|PUBLIC)")


@dataclass(frozen=True)
class Reader:
    """`person` None is anybody. `hears`: the canaries that may reach this reader."""

    role: str
    person: Any
    hears: frozenset[bytes]


def sung(body: bytes) -> set[bytes]:
    """The canaries in a body, whatever it is."""
    return {b"-".join(found) for found in CANARY.findall(body)}
