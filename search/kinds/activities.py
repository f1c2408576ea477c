"""Activities. What only the states that take part may read is in the index for the staff alone."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from action_plan.models import Activity, Audience
from common.scope import reach_of
from search.kinds import PROGRAMME, Kind, four, in_each_language, named, searchable


@searchable
class Activities(Kind[Activity]):
    code, name, model = "activity", _("Activities"), Activity

    def standing(self, rows: QuerySet[Activity]) -> QuerySet[Activity]:
        return rows.select_related("host_state")

    def unindexed(self, user: Any) -> QuerySet[Activity] | None:
        """An entry has one state, an activity may have many: so its liaisons' own are looked through."""
        reach = reach_of(user)
        if reach.staff or not reach.states:
            return None
        return self.rows(user).filter(audience=Audience.PARTICIPANTS).order_by("-pk")

    def words(self, row: Activity) -> Iterable[str]:
        texts = [row.place, row.host, row.organisers, row.partners, row.about, row.outcome, row.reference]
        kinds = in_each_language(row.get_kind_display)
        year = str(row.starts_on.year) if row.starts_on else ""
        return [*four(row, "title"), *texts, year, *kinds, *named(row.host_state)]

    def title(self, row: Activity) -> str:
        return row.title

    def text(self, row: Activity) -> str:
        return ". ".join(filter(None, (row.place, row.about)))

    def url(self, row: Activity, user: Any) -> str:
        return row.get_absolute_url()

    def state(self, row: Activity) -> None:
        """Of none in particular: nobody reads of it because of its place."""

    def audience_of(self, row: Activity) -> str:
        shared = (Audience.STATES, Audience.PUBLIC)
        return row.audience if row.audience in shared else PROGRAMME
