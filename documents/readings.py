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
_subjects: list[Callable[[set[str]], dict[str, str]]] = []


def name_fact(key: str, name: str | Promise) -> None:
    _facts[key] = name


def name_states(named: Callable[[set[int]], dict[int, str]]) -> None:
    _states.append(named)


def name_subjects(named: Callable[[set[str]], dict[str, str]]) -> None:
    """`named` gets subjects and knows the names of those that are its own."""
    _subjects.append(named)


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


def with_names(readings: "Iterable[Reading]") -> "dict[int, list[tuple[Reading, str]]]":
    """By source: what it says, and of which state or of what else."""
    said = list(readings)
    states, subjects = {r.state_id for r in said if r.state_id}, {r.subject for r in said if r.subject}
    names = {pk: name for named in _states for pk, name in named(states).items()}
    titles = {subject: name for named in _subjects for subject, name in named(subjects).items()}
    found = defaultdict(list)
    for reading in said:
        about = names.get(reading.state_id or 0) or titles.get(reading.subject, "")
        found[reading.source_id].append((reading, about))
    return found
