"""Maturity: medians of the region and its sub-regions, factor by factor."""

from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext, ngettext

from common.templatetags.looks import stage_name
from member_states.models import MemberState
from reporting.glance.columns import withheld
from reporting.glance.facts import RegionFacts
from reporting.glance.report import DimensionLine, FactorLine, Matrix, Section
from reporting.paper.tables import Column, Table


def maturity(facts: RegionFacts) -> Section:
    held, title = facts.maturity, gettext("Maturity by sub-region")
    if held.edition is None:
        return Section(title, about=gettext("There is no maturity model to report on."))
    figures = [held.region, *held.sub_regions.values()]
    dimensions: dict[Any, list[FactorLine]] = {}
    for factor in held.factors:
        stages = tuple(one.medians[factor.code] for one in figures)
        dimensions.setdefault(factor.dimension, []).append(FactorLine(f"{factor.code} {factor.name}", stages))
    lines = tuple(
        DimensionLine(dimension.short, _mean(held.region.means.get(dimension.code)), tuple(factors))
        for dimension, factors in dimensions.items()
    )
    columns = (gettext("Region"), *(str(MemberState.SubRegion(code).label) for code in held.sub_regions))
    return Section(title, about=_about(facts), matrix=Matrix(columns, lines, _table(columns, lines)))


def _about(facts: RegionFacts) -> str:
    states = facts.maturity.region.states
    counted = ngettext(
        "Medians of %(n)s state whose answers count.", "Medians of %(n)s states whose answers count.", states
    ) % {"n": states}
    stages = gettext("Stages: %(stages)s.") % {"stages": ", ".join(f"{n} {stage_name(n)}" for n in range(1, 6))}
    return f"{counted} {stages}"


def _mean(given: Any) -> str:
    if given is None:
        return gettext("average withheld")
    return gettext("average of the region: %(mean)s") % {"mean": number_format(given, 1)}


def _table(columns: tuple[str, ...], dimensions: tuple[DimensionLine, ...]) -> Table:
    rows = tuple(
        (line.name, factor.name, *(withheld(stage) for stage in factor.stages))
        for line in dimensions
        for factor in line.factors
    )
    medians = tuple(Column(name, 16, is_number=True) for name in columns)
    head = (Column(gettext("Dimension"), 30), Column(gettext("Factor"), 50), *medians)
    return Table(gettext("Maturity by sub-region"), gettext("Maturity"), head, rows, "")
