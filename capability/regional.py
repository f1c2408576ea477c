"""Figures of the region: the one door through which people who are not staff see anything of other states.

The programme's staff read the answers themselves, so their figures are live: the scope they are already in serves.
Everybody else, signed in or not, gets aggregates made in the programme's scope (read-only), and this file is the only
code that enters it for them. Four rules keep a single state from being read out of an aggregate:

- nothing is said of fewer than five states (None stands for "withheld");
- only published baselines and rounds that are over count: closed, with nothing left to review, and at least five
  updates accepted. They come in together, so watching a figure change tells of no single state;
- of a sub-region the same holds for its own states, and medians alone are said: means could be subtracted from the
  region's until a few states are left;
- a row never leaves: what is returned holds numbers by indicator, factor and dimension, and no state.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from capability.maturity import (
    LEAST_STATES,
    NOBODY,
    LowerMedian,
    Stages,
    factor_stages,
    factor_stages_by_update,
    last_stages,
    lower_median,
    mean,
    one_decimal,
    score,
)
from capability.models import (
    Answer,
    CsirtStatus,
    Edition,
    Factor,
    Indicator,
    Round,
    StrategyConsultation,
    StrategyStatus,
    Update,
)
from capability.models.framework import Stage
from capability.querysets import AnswerQuerySet
from common.mandate import Sector
from common.scope import PROGRAMME, current_reach, scope
from member_states.models import MemberState

IN_TIME = ("edition__year", F("round__year").asc(nulls_first=True), "round__number", "accepted_at", "pk")
STRATEGY_UNDER_WAY = ("initiation", "stocktaking", "drafting", "consultation", "adoption")


@dataclass(frozen=True)
class Figures:
    """`medians` by factor code, `means` by dimension code; of the `states` counted, `crossed` by older levels only."""

    states: int
    crossed: int
    medians: dict[str, int | None]
    means: dict[str, Decimal | None]


@dataclass(frozen=True)
class Moment:
    """The region when a round was over; without a round when the levels of an edition were published.

    `answered` states said something then; `figures` hold what was known of all.
    """

    edition: Edition
    round: Round | None
    answered: int
    figures: Figures


@dataclass(frozen=True)
class Tally:
    """How many of all member states; `reported` by others and not yet confirmed by the state itself."""

    of: int
    confirmed: int
    reported: int
    under_way: int

    @property
    def reached(self) -> int:
        return self.confirmed + self.reported

    @property
    def empty(self) -> int:
        return self.of - self.reached - self.under_way


@dataclass(frozen=True)
class Dialogue:
    """How many states have included each sector, and all four that objective 4 asks for; None where withheld."""

    sectors: dict[str, int | None]
    tally: Tally | None


ASKED_FOR = frozenset({Sector.PUBLIC, Sector.PRIVATE, Sector.CIVIL_SOCIETY, Sector.END_USERS})


@dataclass(frozen=True)
class Objectives:
    csirts: Tally | None
    strategies: Tally | None


def stage_counts(edition_year: int) -> dict[int, dict[int, int] | None]:
    """By the indicator's number: how many states stand at each of the five stages, or None if withheld."""
    with _all_states() as live:
        rows = (
            _profile(live)
            .filter(indicator__factor__dimension__edition__year=edition_year, stage__isnull=False)
            .values_list("indicator__number", "stage")
            .annotate(states=Count("state_id"))
            .order_by("indicator__number")
        )
        counts: dict[int, dict[int, int]] = {}
        for number, stage, states in rows:
            counts.setdefault(number, dict.fromkeys(Stage.values, 0))[stage] = states
    return {number: row if sum(row.values()) >= LEAST_STATES else None for number, row in counts.items()}


def medians(edition_year: int) -> dict[int, int | None]:
    """By the indicator's number: the lower median over the states, or None if withheld."""
    with _all_states() as live:
        rows = (
            _profile(live)
            .filter(indicator__factor__dimension__edition__year=edition_year, stage__isnull=False)
            .values_list("indicator__number")
            .annotate(middle=LowerMedian("stage"), states=Count("state_id"))
            .order_by("indicator__number")
        )
        return {number: middle if states >= LEAST_STATES else None for number, middle, states in rows}


def factor_medians(edition_year: int) -> dict[str, int | None]:
    return figures(edition_year).medians


def dimension_means(edition_year: int) -> dict[str, Decimal | None]:
    return figures(edition_year).means


def figures(edition_year: int, factors: list[Factor] | None = None, sub_region: str = "") -> Figures:
    """The median of every factor and the mean of every dimension. Give `factors` if they are already loaded.

    Of one `sub_region` the medians alone: `means` stays empty.
    """
    if factors is None:
        found = Factor.objects.filter(dimension__edition__year=edition_year)
        factors = list(found.select_related("dimension").order_by("dimension__position", "position"))
    with _all_states() as live:
        stages = factor_stages(_profile(live, sub_region), edition_year)
    return _figures(stages, factors, sub_region)


def over_time(
    edition_year: int, factors: list[Factor], sub_region: str = "", *, skip: int = 0, most: int | None = None
) -> list[Moment]:
    """The figures as they stood when each edition was published and each round was over, the oldest first.

    Of each state counts what was known of it then: its last update until that round, or its published levels.
    `most` of them alone are figured out, without the `skip` newest.
    """
    with _all_states() as live:
        updates = Update.objects.accepted().filter(_within(sub_region)) if live else _counted(sub_region)
        answers = Answer.objects.filter(is_accepted=True)
        told = updates.filter(Exists(answers.filter(update=OuterRef("pk"), stage__isnull=False)))
        ordered = told.filter(edition__in=_read_in(edition_year)).order_by(*IN_TIME)
        rows = groupby(ordered.values_list("edition_id", "round_id", "state_id", "pk"), key=lambda row: row[:2])
        moments = [(key, [row[2:] for row in together]) for key, together in rows]
        until = max(0, len(moments) - skip)
        shown = moments[0 if most is None else max(0, until - most) : until]
        before: dict[int, list[int]] = {}
        for _key, heard in moments[: until - len(shown)]:
            for state, pk in heard:
                before.setdefault(state, []).append(pk)
        known = last_stages(before, answers, edition_year, factors=len(factors))
        pks = [pk for _key, heard in shown for _state, pk in heard]
        read = factor_stages_by_update(answers.filter(update__in=pks or [NOBODY]), edition_year)
        editions, rounds = Edition.objects.in_bulk(), Round.objects.in_bulk()
    then = []
    for (edition, round), heard in shown:
        for state, pk in heard:
            known[state] = known.get(state, {}) | read.get(pk, {})
        figures = _figures(known, factors, sub_region)
        then.append(Moment(editions[edition], rounds.get(round), len(heard), figures))
    return then


def _read_in(edition_year: int) -> QuerySet[Edition]:
    """The editions that say something of the factors of this one."""
    led_here = Indicator.objects.filter(crosswalk__dimension__edition__year=edition_year)
    return Edition.objects.filter(Q(year=edition_year) | Q(pk__in=led_here.values("factor__dimension__edition")))


def _figures(stages: Mapping[int, Stages], factors: list[Factor], sub_region: str) -> Figures:
    codes = {factor.pk: factor.code for factor in factors}
    members: dict[str, list[int]] = {}
    for factor in factors:
        if not sub_region:
            members.setdefault(factor.dimension.code, []).append(factor.pk)
    return Figures(
        states=len(stages),
        crossed=sum(all(given.is_crossed for given in state.values()) for state in stages.values()),
        medians={code: _median(s[pk].stage for s in stages.values() if pk in s) for pk, code in codes.items()},
        means={code: _mean(score(state, ids) for state in stages.values()) for code, ids in members.items()},
    )


def objectives() -> Objectives:
    """The two objectives that accepted and reported facts can tell today, counted over all member states."""
    with _all_states() as live:
        of = MemberState.objects.count()
        csirts = list(_facts(CsirtStatus, live, is_national=True).values_list("status", "update"))
        strategies = list(_facts(StrategyStatus, live).values_list("in_force", "step", "update"))
    csirts = [(status == "operational", status == "setting up", by) for status, by in csirts]
    strategies = [(in_force, step in STRATEGY_UNDER_WAY, by) for in_force, step, by in strategies]
    return Objectives(
        csirts=tally(of, csirts) if live or len(csirts) >= LEAST_STATES else None,
        strategies=tally(of, strategies) if live or len(strategies) >= LEAST_STATES else None,
    )


def dialogue(taking_part: Mapping[int, set[str]]) -> Dialogue:
    """Objective 4: by state, the sectors that took part in activities (`taking_part`, as the reader may see them) or
    that the state consulted on its strategy.
    """
    with _all_states() as live:
        of = MemberState.objects.count()
        consulted = list(_consulted(live).values_list("state_id", "sector"))
    heard = {state: set(sectors) for state, sectors in taking_part.items()}
    for state, sector in consulted:
        heard.setdefault(state, set()).add(sector)
    reached = sum(sectors >= ASKED_FOR for sectors in heard.values())
    counted = Tally(of=of, confirmed=reached, reported=0, under_way=len(heard) - reached)
    numbers = {sector.value: sum(sector.value in found for found in heard.values()) for sector in Sector}
    return Dialogue(
        sectors={sector: n if live or n >= LEAST_STATES else None for sector, n in numbers.items()},
        tally=counted if live or len(heard) >= LEAST_STATES else None,
    )


def _consulted(live: bool) -> QuerySet[StrategyConsultation]:
    """The current ones, or those of the update that said last how a strategy stands."""
    if live:
        return StrategyConsultation.objects.current()
    return StrategyConsultation.objects.filter(update__in=_facts(StrategyStatus, live).values("update"))


def tally(of: int, facts: list[tuple[bool, bool, int | None]]) -> Tally:
    """Counts facts of one state each: (reached, under way, the update that said so or None)."""
    reached = [update for is_reached, _, update in facts if is_reached]
    confirmed = sum(update is not None for update in reached)
    under_way = sum(is_under_way and not is_reached for is_reached, is_under_way, _ in facts)
    return Tally(of=of, confirmed=confirmed, reported=len(reached) - confirmed, under_way=under_way)


@contextmanager
def _all_states() -> Iterator[bool]:
    """Says whether figures are live: for staff, who see each accepted answer anyway."""
    if current_reach().staff:
        yield True
    else:
        with scope(PROGRAMME, read_only=True):
            yield False


def _profile(live: bool, sub_region: str = "") -> AnswerQuerySet:
    """The accepted answers that count: the current ones, or those of each state's last update that is over."""
    if live:
        return Answer.objects.current().filter(_within(sub_region))
    by_state = (
        _counted(sub_region)
        .order_by("state_id", "edition_id", "-accepted_at", "-pk")
        .distinct("state_id", "edition_id")
    )
    latest = by_state.values("pk")
    return Answer.objects.filter(update__in=latest, is_accepted=True)


def _facts(model: type[CsirtStatus] | type[StrategyStatus], live: bool, **which: Any) -> QuerySet[Any]:
    """One row per state: the current one, or the last that a source or a round that is over has said."""
    rows: QuerySet[Any] = model._default_manager.filter(**which)
    if live:
        return rows.filter(is_current=True)
    latest = (
        rows.filter(Q(update=None) | Q(update__in=_counted()))
        .order_by("state_id", F("update__accepted_at").desc(nulls_last=True), "-is_current", "-pk")
        .distinct("state_id")
    )
    return rows.filter(pk__in=latest.values("pk"))


def _within(sub_region: str) -> Q:
    return Q(state__sub_region=sub_region) if sub_region else Q()


def _counted(sub_region: str = "") -> QuerySet[Update]:
    """Baselines, and updates of rounds that are over: the rounds are found once, and are few.

    Of a sub-region those rounds count that brought in five of its own states.
    """
    accepted = Update.objects.accepted().filter(_within(sub_region))
    under_review = Update.objects.filter(round__isnull=False, status="submitted").order_by().values("round")
    over = (
        accepted.filter(round__closed_at__isnull=False)
        .exclude(round__in=under_review)
        .order_by()
        .values("round")
        .annotate(number=Count("pk"))
        .filter(number__gte=LEAST_STATES)
    )
    return accepted.filter(Q(round=None) | Q(round__in=over.values("round")))


def _median(stages: Iterator[int]) -> int | None:
    known = list(stages)
    return lower_median(known) if len(known) >= LEAST_STATES else None


def _mean(scores: Iterator[Decimal | None]) -> Decimal | None:
    known = [given for given in scores if given is not None]
    return one_decimal(mean(known)) if len(known) >= LEAST_STATES else None
