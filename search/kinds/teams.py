"""The teams of the directory: what everybody may know of them, and nothing of how to reach them."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from csirt_network.models import Team
from search.kinds import PUBLIC, Kind, in_each_language, named, searchable


@searchable
class Teams(Kind[Team]):
    code, name, model, audience = "team", _("Teams of the directory"), Team, PUBLIC

    def standing(self, rows: QuerySet[Team]) -> QuerySet[Team]:
        return rows.select_related("state")

    def words(self, row: Team) -> Iterable[str]:
        return [row.name, row.short_name, row.host, *in_each_language(row.get_kind_display), *named(row.state)]

    def title(self, row: Team) -> str:
        return row.name

    def text(self, row: Team) -> str:
        return ", ".join(filter(None, (row.short_name, row.host)))

    def url(self, row: Team, user: Any) -> str:
        return row.get_absolute_url()
