"""What is known of a state beside its stages: current, and to whom the state shows it."""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from capability.models import CsirtStatus, Law, StrategyStatus, SupportRequest, ThreatLevel
from search.kinds import PUBLIC, Kind, four, in_each_language, named, searchable

F = TypeVar("F", bound=Model)


class OfState(Kind[F]):
    """Read on the page of the state."""

    place = ""

    def standing(self, rows: QuerySet[F]) -> QuerySet[F]:
        return rows.filter(is_current=True).select_related("state")

    def url(self, row: Any, user: Any) -> str:
        return reverse("state-detail", args=[row.state.slug]) + self.place


@searchable
class Csirts(OfState[CsirtStatus]):
    code, name, model = "csirt", _("CSIRTs"), CsirtStatus

    def words(self, row: CsirtStatus) -> Iterable[str]:
        said = [row.name, row.short_name, row.host, row.website, row.constituency]
        return ["CSIRT", *said, *named(row.state), *in_each_language(row.get_status_display)]

    def text(self, row: CsirtStatus) -> str:
        return ". ".join(filter(None, (row.name, row.host, row.constituency)))


@searchable
class Strategies(OfState[StrategyStatus]):
    code, name, model = "strategy", _("National strategies"), StrategyStatus

    def words(self, row: StrategyStatus) -> Iterable[str]:
        kind = in_each_language(lambda: StrategyStatus._meta.verbose_name)
        return [row.title, *kind, *named(row.state), *in_each_language(row.get_step_display)]

    def text(self, row: StrategyStatus) -> str:
        return row.get_step_display()


@searchable
class Laws(OfState[Law]):
    code, name, model, audience = "law", _("Laws"), Law, PUBLIC

    def standing(self, rows: QuerySet[Law]) -> QuerySet[Law]:
        return rows.select_related("state")

    def words(self, row: Law) -> Iterable[str]:
        return [row.name, *named(row.state), *in_each_language(row.get_kind_display)]

    def text(self, row: Law) -> str:
        return row.get_kind_display()


@searchable
class Threats(OfState[ThreatLevel]):
    code, name, model, place = "threat", _("Threat picture"), ThreatLevel, "#threats"

    def standing(self, rows: QuerySet[ThreatLevel]) -> QuerySet[ThreatLevel]:
        return super().standing(rows).select_related("threat")

    def words(self, row: ThreatLevel) -> Iterable[str]:
        return [*four(row.threat, "name"), row.source_note, *named(row.state), *in_each_language(row.get_level_display)]

    def text(self, row: ThreatLevel) -> str:
        return row.source_note


@searchable
class Requests(OfState[SupportRequest]):
    code, name, model, place = "request", _("Requests for support"), SupportRequest, "#requests"

    def words(self, row: SupportRequest) -> Iterable[str]:
        return [row.need, *named(row.state), *in_each_language(row.get_point_display)]

    def title(self, row: SupportRequest) -> str:
        return row.get_point_display()

    def text(self, row: SupportRequest) -> str:
        return row.need
