"""What a section without an indicator says on either side: label, before, after, words changed."""

from typing import Any, NamedTuple

from capability.diff import Sides, sides_of
from capability.models.facts import Fact
from capability.wording import facts_in_words

Facts = dict[str, Any]


class FactRow(NamedTuple):
    label: str
    before: str
    after: str

    @property
    def sides(self) -> Sides:
        return sides_of(self.before, self.after)

    @property
    def is_changed(self) -> bool:
        return self.before != self.after


def rows_of(question: str, before: Facts, after: Facts) -> list[FactRow]:
    """In the order of the form; what is said no more comes last."""
    old, new = _in_words(question, before), _in_words(question, after)
    return [FactRow(label, old.get(label, ""), new.get(label, "")) for label in {**new, **old}]


def known_facts(row: Fact | None, names: tuple[str, ...]) -> Facts:
    """A fact that is known already in the shape of an answer, to stand beside the first one."""
    values = {name: getattr(row, name) for name in names} if row else {}
    return {name: value for name, value in values.items() if value not in ("", None)}


def _in_words(question: str, facts: Facts) -> dict[str, str]:
    return {str(label): str(words) for label, words in facts_in_words(question, facts)}
