"""What can be found. A kind is declared by a class of its own, below in this package, and nowhere else:

@searchable
class Laws(Kind[Law]):
    code, name, model = "law", _("Laws"), Law
    ...

and a migration with `watching("law", "capability_law")` for each table that decides what is found (search/triggers.py).
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Generic, TypeVar

from django.conf import settings
from django.db.models import Model, QuerySet
from django.utils import translation
from django.utils.functional import Promise

from common.translated import SUFFIXES
from member_states.models import MemberState, Sharing

M = TypeVar("M", bound=Model)
K = TypeVar("K", bound="type[Kind[Any]]")


class Kind(Generic[M]):
    """One kind of thing: which there are, who sees them, by which words they are found and how they read."""

    code: str
    name: str | Promise  # in the plural
    model: type[M]
    audience: str = ""  # the one of all of them; else each says its own
    is_spelt: bool = True  # its words are suggested to whoever mistypes them; names of people are not

    def rows(self, user: Any) -> QuerySet[M]:
        """What `user` may find: the first wall. The index is the second one's."""
        return self.standing(self.model.objects.visible_to(user))  # type: ignore[attr-defined]

    def all(self) -> QuerySet[M]:
        return self.standing(self.model._base_manager.all())

    def standing(self, rows: QuerySet[M]) -> QuerySet[M]:
        """Without what was withdrawn or is out of date, and with what `title` and the others read."""
        return rows

    def unindexed(self, user: Any) -> QuerySet[M] | None:
        """What `user` may find and the index may not hold, newest first: looked through at every search."""
        return None

    def words(self, row: M) -> Iterable[str]:
        """The texts it is found by, in all languages there are."""
        raise TypeError(f"{type(self).__name__} must say by which words it is found")

    def title(self, row: M) -> str:
        return str(row)

    def text(self, row: M) -> str:
        """What is shown around the words that were found."""
        return ""

    def url(self, row: M, user: Any) -> str:
        raise TypeError(f"{type(self).__name__} must say where it is read")

    def state(self, row: M) -> MemberState | None:
        return getattr(row, "state", None)

    def audience_of(self, row: M) -> str:
        return self.audience or row.audience  # type: ignore[attr-defined]


_kinds: dict[str, Kind[Any]] = {}


def searchable(kind: K) -> K:
    _kinds[kind.code] = kind()
    return kind


def kinds() -> dict[str, Kind[Any]]:
    """By code, in the order results are shown in."""
    return _kinds


PROGRAMME, STATES, PUBLIC = Sharing.PROGRAMME.value, Sharing.STATES.value, Sharing.PUBLIC.value
COMMUNITY = "community"  # under TLP:GREEN: the network of CSIRTs, and the programme's staff


def four(row: Any, prefix: str) -> Iterator[str]:
    """A text that is kept in four languages."""
    return (getattr(row, f"{prefix}_{suffix}") for suffix in SUFFIXES)


def named(state: MemberState | None) -> Iterator[str]:
    """By its names whatever belongs to a state is found."""
    return four(state, "name") if state else iter(())


def in_each_language(word: Callable[[], Any]) -> Iterator[str]:
    """A word of the portal."""
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            yield str(word())
