"""Notes verbales that were issued, for the state they went to and the programme's staff."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from correspondence.models import Note
from correspondence.querysets.notes import WHOLE
from search.kinds import PROGRAMME, Kind, in_each_language, named, searchable


@searchable
class Notes(Kind[Note]):
    code, name, model, audience = "note", _("Notes verbales"), Note, PROGRAMME

    def standing(self, rows: QuerySet[Note]) -> QuerySet[Note]:
        return rows.filter(number__isnull=False).select_related(*WHOLE)

    def words(self, row: Note) -> Iterable[str]:
        said = [row.spelled, row.mark, row.text, row.reply_reference, *named(row.state)]
        return [*said, *in_each_language(row.get_purpose_display), *in_each_language(lambda: row.about)]

    def text(self, row: Note) -> str:
        return ". ".join(filter(None, (row.get_purpose_display(), row.about, row.text)))

    def url(self, row: Note, user: Any) -> str:
        return row.get_absolute_url()
