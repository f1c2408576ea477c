"""Reference data and rounds. What states say is not edited here: it is answered, reviewed and locked."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from accounts.desk import Desk
from accounts.rules import is_officer
from capability.models import (
    CsirtStatus,
    Dimension,
    Edition,
    ExternalIndex,
    Factor,
    Indicator,
    Law,
    Round,
    SharingChange,
    StageSentence,
    StrategyConsultation,
    StrategyStatus,
    StrategyStep,
    StrategyVersion,
    ThreatClass,
)


@admin.register(Edition)
class EditionDesk(Desk):
    list_display = ("year", "name_en", "is_rated_by_states")
    search_fields = ("name_en", "year")


@admin.register(Dimension)
class DimensionDesk(Desk):
    list_display = ("code", "name_en", "edition")
    list_filter = ("edition",)
    list_select_related = ("edition",)
    search_fields = ("code", "name_en")


@admin.register(Factor)
class FactorDesk(Desk):
    list_display = ("code", "name_en", "dimension")
    list_filter = ("dimension__edition",)
    list_select_related = ("dimension",)
    search_fields = ("code", "name_en")


@admin.register(Indicator)
class IndicatorDesk(Desk):
    list_display = ("number", "code", "name_en", "factor", "crosswalk")
    list_filter = ("factor__dimension__edition",)
    list_select_related = ("factor", "crosswalk")
    search_fields = ("code", "name_en")


@admin.register(StageSentence)
class StageSentenceDesk(Desk):
    list_display = ("indicator", "stage", "text_en")
    list_filter = ("stage",)
    list_select_related = ("indicator",)
    search_fields = ("text_en", "indicator__code")


@admin.register(ThreatClass)
class ThreatClassDesk(Desk):
    list_display = ("position", "code", "name_en")
    search_fields = ("code", "name_en")


@admin.register(Round)
class RoundDesk(Desk):
    may_add = False  # a round is opened on its own page, where states are invited with it
    list_display = ("slug", "edition", "due_on", "opened_at", "closed_at")
    list_select_related = ("edition",)
    search_fields = ("slug",)
    readonly_fields = ("year", "number", "edition", "opened_by", "closed_by")


@admin.register(SharingChange)
class SharingChangeDesk(Desk):
    may_add = may_change = False  # written by the lead liaison's choice alone
    list_display = ("state", "before", "after", "by", "at")
    list_select_related = ("state", "by")
    search_fields = ("state__name_en",)


class ReportedFactDesk(Desk):
    """Facts reported by sources, corrected by administrators who are also officers: the wall asks for the staff role.

    What a state confirmed is its own, and read-only.
    """

    list_select_related = ("state", "source")
    search_fields = ("state__name_en",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return is_officer(request.user) and super().has_add_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        is_theirs = obj is None or not obj.is_confirmed
        return is_theirs and is_officer(request.user) and super().has_change_permission(request, obj)


@admin.register(CsirtStatus)
class CsirtStatusDesk(ReportedFactDesk):
    list_display = ("state", "status", "short_name", "as_of", "is_current")
    list_filter = ("status", "is_current", "is_national")


@admin.register(StrategyStatus)
class StrategyStatusDesk(ReportedFactDesk):
    list_display = ("state", "step", "title", "adopted", "is_current")
    list_filter = ("step", "in_force", "is_current")


@admin.register(StrategyStep)
class StrategyStepDesk(ReportedFactDesk):
    list_display = ("state", "step", "reached", "is_current")
    list_filter = ("step", "is_current")


@admin.register(StrategyVersion)
class StrategyVersionDesk(ReportedFactDesk):
    list_display = ("state", "title", "adopted", "is_current")
    list_filter = ("is_current",)


@admin.register(StrategyConsultation)
class StrategyConsultationDesk(ReportedFactDesk):
    list_display = ("state", "sector", "held", "is_current")
    list_filter = ("sector", "is_current")


@admin.register(Law)
class LawDesk(Desk):
    list_display = ("state", "kind", "name", "year")
    list_filter = ("kind",)
    list_select_related = ("state",)
    search_fields = ("name", "state__name_en")


@admin.register(ExternalIndex)
class ExternalIndexDesk(Desk):
    list_display = ("state", "kind", "edition", "score", "rank")
    list_filter = ("kind",)
    list_select_related = ("state",)
    search_fields = ("state__name_en", "edition")
