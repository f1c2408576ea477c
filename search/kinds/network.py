"""The library of the network, as far as its labels let everybody or the community read it."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from common.tlp import Tlp
from csirt_network.models import LibraryItem
from search.kinds import COMMUNITY, PUBLIC, Kind, four, in_each_language, searchable


@searchable
class Library(Kind[LibraryItem]):
    """Under TLP:CLEAR everybody's, under TLP:GREEN the community's; not what was withdrawn."""

    code, name, model = "library", _("Library"), LibraryItem

    def standing(self, rows: QuerySet[LibraryItem]) -> QuerySet[LibraryItem]:
        out = rows.filter(published_at__isnull=False, withdrawn_at=None)
        return out.filter(tlp__in=(Tlp.CLEAR, Tlp.GREEN))

    def words(self, row: LibraryItem) -> Iterable[str]:
        return [*four(row, "title"), *four(row, "summary"), *in_each_language(row.get_kind_display), *row.sim3]

    def title(self, row: LibraryItem) -> str:
        return row.heading

    def text(self, row: LibraryItem) -> str:
        """The label goes wherever the words go."""
        return f"{row.get_tlp_display()}. {row.about}"

    def url(self, row: LibraryItem, user: Any) -> str:
        return row.get_absolute_url()

    def audience_of(self, row: LibraryItem) -> str:
        return PUBLIC if row.tlp == Tlp.CLEAR else COMMUNITY
