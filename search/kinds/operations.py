"""Joint operations. What is above TLP:GREEN is in no index (decision 0030): for those inside it is looked through."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from common.tlp import Tlp
from partnerships.models import Operation
from search.kinds import COMMUNITY, PUBLIC, Kind, four, in_each_language, searchable
from search.kinds.network import INDEXED, beyond_index


@searchable
class Operations(Kind[Operation]):
    code, name, model = "operation", _("Joint operations"), Operation

    def rows(self, user: Any) -> QuerySet[Operation]:
        return Operation.objects.visible_to(user)

    def standing(self, rows: QuerySet[Operation]) -> QuerySet[Operation]:
        return rows.filter(tlp__in=INDEXED)

    def unindexed(self, user: Any) -> QuerySet[Operation] | None:
        return beyond_index(self.rows(user), user)

    def words(self, row: Operation) -> Iterable[str]:
        return [*four(row, "title"), *four(row, "about"), *in_each_language(row.get_line_display)]

    def title(self, row: Operation) -> str:
        return row.title_in_any

    def text(self, row: Operation) -> str:
        """The label goes wherever the words go. Above TLP:GREEN they are read on the page, where that is recorded."""
        return f"{row.get_tlp_display()}. {row.about_in_any if row.tlp in INDEXED else ''}".strip()

    def url(self, row: Operation, user: Any) -> str:
        return row.get_absolute_url()

    def state(self, row: Operation) -> None:
        """Of none in particular."""

    def audience_of(self, row: Operation) -> str:
        return PUBLIC if row.tlp == Tlp.CLEAR else COMMUNITY
