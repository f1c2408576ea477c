"""The facts that sources are read for. Apps above name theirs, so that a reading needs no foreign key to any of them.

name_fact("strategy.adopted", _("Adoption of the national strategy"))   # in AppConfig.ready
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from django.utils.functional import Promise

if TYPE_CHECKING:
    from documents.models import Reading

_facts: dict[str, str | Promise] = {}
_states: list[Callable[[set[int]], dict[int, str]]] = []


def name_fact(key: str, name: str | Promise) -> None:
    _facts[key] = name


def name_states(named: Callable[[set[int]], dict[int, str]]) -> None:
    _states.append(named)


def choices_of_facts() -> list[tuple[str, str | Promise]]:
    return sorted(_facts.items())


def name_of(key: str) -> str:
    return str(_facts.get(key, key))


def by_fact(readings: "Iterable[Reading]") -> "dict[str, list[Reading]]":
    """Of facts on which there is more than one word."""
    found = defaultdict(list)
    for reading in readings:
        found[reading.fact].append(reading)
    return {fact: said for fact, said in found.items() if len({reading.says_en for reading in said}) > 1}


def with_states(readings: "Iterable[Reading]") -> "dict[int, list[tuple[Reading, str]]]":
    """By source: what it says, and of which state."""
    said = list(readings)
    pks = {reading.state_id for reading in said if reading.state_id}
    names = {pk: name for named in _states for pk, name in named(pks).items()}
    found = defaultdict(list)
    for reading in said:
        found[reading.source_id].append((reading, names.get(reading.state_id or 0, "")))
    return found
