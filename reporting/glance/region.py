"""Where the states stand: the five objectives, the maps, and the network of CSIRTs."""

from collections import Counter
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext

from capability.regional import Tally
from common.mandate import Objective
from csirt_network.rsit import CLASSES, FOR_TESTS
from csirt_network.sim3 import Quadrant
from reporting.dashboards.objectives import Tile as PageTile
from reporting.dashboards.objectives import network_tally, tiles
from reporting.dashboards.standing_words import CSIRT, STRATEGY
from reporting.glance.columns import Rows, by_name, number, plain, withheld
from reporting.glance.facts import RegionFacts
from reporting.glance.report import Bar, Legend, Map, Section, Tile
from reporting.paper.tables import Cell, Column, Table

FEET = (2, 2, 2, 1, 1)  # lines below each tile


def five_objectives(facts: RegionFacts) -> Section:
    of = len(facts.states)
    network = network_tally(of, facts.connected.states)
    tallies = (facts.objectives.csirts, facts.objectives.strategies, network, facts.dialogue.tally)
    found = tiles(of, *tallies[:2], facts.connected, facts.dialogue, facts.ties)
    rows = tuple(_objective(number, tally) for number, tally in zip(Objective, tallies, strict=False))
    head = (
        Column(gettext("Objective"), 60), number(gettext("States")), number(pgettext("objective", "Reached")),
        number(gettext("Confirmed by the state")), number(gettext("Reported")), number(gettext("Under way")),
    )  # fmt: skip
    return Section(
        gettext("Five objectives"),
        tiles=tuple(_tile(one, most) for one, most in zip(found, FEET, strict=True)),
        tables=(
            Table(gettext("How many states have reached each"), gettext("Objectives"), head, rows, ""),
            _dialogue(facts),
            _ties(facts),
        ),
    )


def _tile(one: PageTile, most: int) -> Tile:
    """As the pages show it, with the first of what stands below: the rest is in the tables."""
    feet = one.feet[:most]
    if one.figure:
        return Tile(one.title, one.figure, "", None, feet)
    if one.tally is None:
        return Tile(one.title, "–", gettext("Withheld"), None, ())
    of = gettext("of %(of)s") % {"of": one.tally.of}
    return Tile(one.title, str(one.tally.reached), of, one.tally.reached / (one.tally.of or 1), feet)


def _objective(objective: Objective, tally: Tally | None) -> tuple[Any, ...]:
    name = f"{objective.value}. {objective.label}"
    if tally is None:
        return name, None, *[gettext("Withheld")] * 4
    return name, tally.of, tally.reached, tally.confirmed, tally.reported, tally.under_way


def _dialogue(facts: RegionFacts) -> Table:
    rows = tuple((str(line.name), withheld(line.states), line.activities, line.people) for line in facts.dialogue.lines)
    head = (
        Column(gettext("Sector"), 40), number(gettext("States that have included it")),
        number(gettext("Activities")), number(gettext("Participants")),
    )  # fmt: skip
    title = gettext("Sectors in the dialogue, from the beginning until today")
    return Table(title, gettext("Dialogue"), head, rows, "")


def _ties(facts: RegionFacts) -> Table:
    rows = tuple((str(line.name), line.agreements, line.partners) for line in facts.ties.lines)
    head = (Column(gettext("Kind of partner"), 40), number(gettext("Agreements")), number(gettext("Partners")))
    return Table(gettext("Ties with other organisations"), gettext("Ties"), head, rows, "")


def maps(facts: RegionFacts) -> tuple[Section, ...]:
    csirt, strategy = gettext("National CSIRT"), gettext("National strategy")
    about = gettext("State by state, as each shares it with all others. What is not shared is shown as not known.")
    return (
        Section(gettext("The region: national CSIRTs"), about, map=_map(facts, Objective.CSIRTS, CSIRT, csirt)),
        Section(
            gettext("The region: national strategies"), about, map=_map(facts, Objective.STRATEGIES, STRATEGY, strategy)
        ),
        Section(gettext("Where each state stands"), about, tables=(_states(facts),)),
    )


def _map(facts: RegionFacts, objective: Objective, words: dict[str, Any], title: str) -> Map:
    known = facts.standing[objective]
    fills = {state.slug: known[state.pk].fill if state.pk in known else "none" for state in facts.states}
    counted = Counter(fills.values())
    legend = tuple(Legend(fill, str(label), counted[fill]) for fill, label in words.items())
    said = ", ".join(f"{line.label}: {line.number}" for line in legend)
    alt = gettext("Map of the member states, %(what)s. %(counts)s. The table of states names each.")
    return Map(
        title=title,
        fills=fills,
        names={state.slug: str(state.name) for state in facts.states},
        legend=legend,
        alt=alt % {"what": title, "counts": said},
        note=gettext("Boundaries and names on this map do not imply any position of the OAS."),
    )


def _states(facts: RegionFacts) -> Table:
    connected = {team.state_id for team in facts.network.teams}
    rows = tuple(
        (
            str(state), state.get_sub_region_display(), _word(facts, Objective.CSIRTS, state, CSIRT),
            _word(facts, Objective.STRATEGIES, state, STRATEGY),
            gettext("Yes") if state.pk in connected else gettext("No"),
        )
        for state in by_name(facts.states)
    )  # fmt: skip
    head = (
        Column(gettext("Member state"), 28), Column(gettext("Sub-region"), 17), Column(gettext("National CSIRT"), 32),
        Column(gettext("National strategy"), 30), Column(gettext("In the network"), 13),
    )  # fmt: skip
    title = gettext("Where each state stands")
    return Table(title, gettext("States"), head, rows, gettext("No member state is recorded."))


def _word(facts: RegionFacts, objective: Objective, state: Any, words: dict[str, Any]) -> str:
    fact = facts.standing[objective].get(state.pk)
    return str(words[fact.fill if fact else "none"])


def network(facts: RegionFacts) -> Section:
    held = facts.network
    months = [date_format(month, "YEAR_MONTH_FORMAT") for month in held.months]
    short = [date_format(month, "M") for month in held.months]
    about = gettext("Alerts under TLP:CLEAR, by month of first publication. Fewer than five are withheld.")
    by_month = tuple((name, withheld(number)) for name, number in zip(months, held.numbers, strict=True))
    head = (Column(gettext("Month"), 24), number(gettext("Alerts")))
    return Section(
        gettext("The CSIRT network"),
        about,
        bars=tuple(Bar(name, number) for name, number in zip(short, held.numbers, strict=True)),
        tables=(
            Table(gettext("Alerts by month"), gettext("Alerts by month"), head, by_month, ""),
            _classes(facts),
            _sim3(facts),
            _teams(facts),
        ),
    )


def _classes(facts: RegionFacts) -> Table:
    names = [one.name for code, one in CLASSES.items() if code != FOR_TESTS] + [gettext("Without an incident type")]
    rows: Rows = tuple(
        (name, withheld(count)) for name, count in zip(names, facts.network.classes, strict=True) if count != 0
    )
    head = (Column(gettext("Incident class (RSIT)"), 40), number(gettext("Alerts")))
    title, none = (
        gettext("Alerts of twelve months by incident class"),
        gettext("No alert was published under TLP:CLEAR."),
    )
    return Table(title, gettext("Alerts by class"), head, rows, none)


def _sim3(facts: RegionFacts) -> Table:
    rows = tuple(
        (str(Quadrant(quadrant).label), _level(middle.median), middle.teams if middle.median is not None else None)
        for quadrant, middle in facts.sim3.quadrants.items()
    )
    head = (Column(gettext("Quadrant"), 40), number(gettext("Median level, 0 to 4")), number(gettext("Teams")))
    return Table(gettext("Maturity of the network (SIM3)"), gettext("SIM3"), head, rows, "")


def _level(median: float | None) -> Cell:
    return gettext("Withheld") if median is None else float(median)


def _teams(facts: RegionFacts) -> Table:
    rows = tuple(
        (str(team.state), team.name, team.get_kind_display())
        for team in sorted(facts.network.teams, key=lambda team: (plain(str(team.state)), team.kind != "national"))
    )
    head = (Column(gettext("Member state"), 18), Column(gettext("Team"), 60), Column(gettext("Kind"), 14))
    return Table(gettext("Teams connected today"), gettext("Teams"), head, rows, gettext("No team is connected."))
