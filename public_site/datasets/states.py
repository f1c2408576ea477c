"""What is known of states: that they are members, what they chose to publish, and the region's medians."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from capability import regional
from capability.models import CsirtStatus, Edition, Factor, StrategyStatus
from common.mandate import Objective
from member_states.models import MemberState
from public_site.datasets.kind import PAGE, SOURCE, TEXT, WHOLE, YES_NO, Column, Dataset, Row, address, day, four, texts
from reporting.dashboards.objectives import Fact, facts_of
from reporting.dashboards.publishing import published_answers, publishing

ALPHA3 = Column("state", _("Member state, by its code of ISO 3166-1 alpha-3."))
FACTOR = Column("factor", _("Code of the factor of the maturity model."))
EDITION = Column("edition", _("Year of the edition of the maturity model."), WHOLE)
AS_OF = _("Date of the source: a year, a month or a day.")


def states(user: Any) -> Iterator[Row]:
    facts, open_ones = facts_of(user), publishing()
    for state in MemberState.objects.visible_to(user).with_participation().select_related("source").order_by("alpha3"):
        csirt = facts[Objective.CSIRTS].get(state.pk)
        strategy = facts[Objective.STRATEGIES].get(state.pk)
        yield [
            state.alpha3,
            *texts(state, "name"),
            state.sub_region,
            state.official_languages,
            state.year_joined,
            state.participates,  # type: ignore[attr-defined]
            state.pk in open_ones,
            *_fact(csirt),
            *_fact(strategy),
            bool(strategy and strategy.is_reached),
            state.source.key if state.source else None,
            address(state),
        ]


def _fact(fact: Fact | None) -> Row:
    return [fact.word, fact.is_confirmed, fact.as_of or None] if fact else ["unknown", False, None]


def maturity(user: Any) -> Iterator[Row]:
    rows = published_answers().values_list(
        "state__alpha3",
        "indicator__factor__dimension__edition__year",
        "indicator__factor__dimension__code",
        "indicator__factor__code",
        "indicator__code",
        "stage",
        "update__accepted_at",
    )
    for *named, accepted_at in rows.order_by("state__alpha3", "indicator__number", "pk"):
        yield [*named, day(accepted_at)]


def region(user: Any) -> Iterator[Row]:
    """Of at least five states, over closed rounds: capability/regional.py decides what may be said."""
    edition = Edition.objects.visible_to(user).filter(is_rated_by_states=True).first()
    if edition is None:
        return
    factors = Factor.objects.visible_to(user).filter(dimension__edition=edition).select_related("dimension")
    ordered = list(factors.order_by("dimension__position", "position"))
    figures = regional.figures(edition.year, ordered)
    for factor in ordered:
        yield [edition.year, factor.dimension.code, factor.code, *texts(factor, "name"), figures.medians[factor.code]]


STATES = Dataset(
    slug="states",
    title=_("Member states"),
    about=_("The member states, whether they take part, whether they publish their answers, and where CSIRT and "
            "strategy stand."),
    columns=(
        ALPHA3,
        *four("name", _("Name of the state.")),
        Column("sub_region", _("Part of the Americas."), TEXT, tuple(MemberState.SubRegion.values)),
        Column("official_languages", _("Its official languages.")),
        Column("year_joined", _("Year in which it joined the organisation."), WHOLE),
        Column("participates", _("Whether it takes part in the organisation today."), YES_NO),
        Column("publishes", _("Whether it lets everybody read answers that were accepted."), YES_NO),
        Column("csirt", _("Where its national CSIRT stands."), TEXT, tuple(CsirtStatus.Status.values)),
        Column("csirt_confirmed", _("Whether the state itself has said so."), YES_NO),
        Column("csirt_as_of", AS_OF),
        Column("strategy", _("How far its national strategy is."), TEXT, tuple(StrategyStatus.Step.values)),
        Column("strategy_confirmed", _("Whether the state itself has said so."), YES_NO),
        Column("strategy_as_of", AS_OF),
        Column("strategy_in_force", _("Whether an adopted strategy is in force."), YES_NO),
        SOURCE,
        PAGE,
    ),
    rows=states,
    page="state-list",
    key=("state",),
    cautions=(_("What the state has not confirmed is reported by others and may be out of date."),),
)  # fmt: skip
MATURITY = Dataset(
    slug="maturity",
    title=_("Maturity, as states publish it"),
    about=_("The stage of each indicator that was accepted last, of the states that let everybody read it."),
    columns=(
        ALPHA3,
        EDITION,
        Column("dimension", _("Code of the dimension.")),
        FACTOR,
        Column("indicator", _("Code of the indicator.")),
        Column("stage", _("Stage from 1, start-up, to 5, dynamic."), WHOLE),
        Column("accepted_on", _("Day on which the update was accepted."), "date"),
    ),
    rows=maturity,
    page="state-list",
    key=("state", "indicator"),
    cautions=(
        _("A state that is not here has not chosen to publish. It is not to be counted as a low stage."),
        _("The levels of 2016 belong to the publishers of that report and are not part of this dataset."),
    ),
)
REGION = Dataset(
    slug="region",
    title=_("Maturity of the region"),
    about=_("The median of all states for each factor, over rounds that are closed."),
    columns=(
        EDITION,
        Column("dimension", _("Code of the dimension.")),
        FACTOR,
        *four("name", _("Name of the factor.")),
        Column("median", _("Median stage. Empty where fewer than five states have answered."), WHOLE),
    ),
    rows=region,
    key=("edition", "factor"),
)
