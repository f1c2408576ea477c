"""Partners: published ones for everybody, the others for the staff, and for their own contacts without the index."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from common.scope import reach_of
from partnerships.models import Partner
from search.kinds import PROGRAMME, Kind, four, in_each_language, searchable


@searchable
class Partners(Kind[Partner]):
    code, name, model = "partner", _("Partners"), Partner

    def unindexed(self, user: Any) -> QuerySet[Partner] | None:
        """An entry is no partner's: so what its people alone read is looked through."""
        reach = reach_of(user)
        if reach.staff or not reach.partners:
            return None
        return self.standing(Partner.objects.own(user).filter(is_published=False).order_by("pk"))

    def words(self, row: Partner) -> Iterable[str]:
        country = in_each_language(lambda: row.country_name) if row.country else []
        texts = [*four(row, "name"), row.short_name, *four(row, "about"), row.since, row.until]
        return [*texts, *country, *in_each_language(row.get_kind_display)]

    def text(self, row: Partner) -> str:
        return row.about

    def url(self, row: Partner, user: Any) -> str:
        return row.get_absolute_url()

    def state(self, row: Partner) -> None:
        """Of none in particular."""

    def audience_of(self, row: Partner) -> str:
        return "public" if row.is_published else PROGRAMME
