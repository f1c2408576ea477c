"""Agreements. What only the parties of an agreement read is in the index for the staff alone."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _

from common.scope import reach_of
from partnerships.models import Agreement, Audience, Party
from search.kinds import PROGRAMME, Kind, four, in_each_language, searchable


@searchable
class Agreements(Kind[Agreement]):
    code, name, model = "agreement", _("Agreements"), Agreement

    def standing(self, rows: QuerySet[Agreement]) -> QuerySet[Agreement]:
        parties = Party.objects.select_related("partner")
        return rows.prefetch_related(Prefetch("parties", parties, to_attr="known_sides"))

    def unindexed(self, user: Any) -> QuerySet[Agreement] | None:
        """An entry is no partner's: so what its people read as parties is looked through."""
        reach = reach_of(user)
        if reach.staff or not reach.partners:
            return None
        own = Agreement.objects.visible_to(user).filter(party_ids__overlap=list(reach.partners))
        return self.standing(own.exclude(audience=Audience.PUBLIC).order_by("-pk"))

    def words(self, row: Any) -> Iterable[str]:
        """Partners that not everybody may know of are no words of what is shared with all."""
        texts = [row.place, row.reference, *four(row, "name"), *four(row, "aims")]
        year = str(row.concluded_on.year) if row.concluded_on else ""
        partners = [side.partner for side in row.known_sides if side.partner and side.partner.is_published]
        names = [name for partner in partners for name in (*four(partner, "name"), partner.short_name)]
        return [*texts, year, *names, *in_each_language(row.get_kind_display)]

    def text(self, row: Agreement) -> str:
        return ". ".join(filter(None, (row.place, row.aims)))

    def url(self, row: Agreement, user: Any) -> str:
        return row.get_absolute_url()

    def state(self, row: Agreement) -> None:
        """Of none in particular."""

    def audience_of(self, row: Agreement) -> str:
        shared = (Audience.STATES, Audience.PUBLIC)
        return row.audience if row.audience in shared else PROGRAMME
