"""What moved since the quarter before: dated facts by their dates, figures of answers by the report before."""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext

from reporting.glance.columns import number, withheld
from reporting.glance.facts import RegionFacts
from reporting.glance.report import Section
from reporting.paper.tables import Cell, Change, Column, Table

Moved = tuple[str, int | None, int | None, bool]  # what, before, now, and whether what was before is known


def moved(facts: RegionFacts) -> Section:
    rows = tuple(_row(*line) for line in _lines(facts))
    columns = (
        Column(gettext("Figure"), 70),
        number(gettext("Before")),
        number(gettext("Now")),
        number(pgettext("difference", "Change")),
    )
    return Section(
        gettext("What moved since the quarter before"),
        about=_about(facts),
        lines=tuple(_said(facts)),
        tables=(Table(gettext("What moved"), gettext("What moved"), columns, rows, ""),),
    )


def _lines(facts: RegionFacts) -> Iterator[Moved]:
    told = facts.before.told if facts.before else None
    objectives, dialogue = facts.objectives, facts.dialogue.tally
    csirts, strategies, network, work = objectives.csirts, objectives.strategies, facts.network, facts.work
    knows = told is not None
    yield (
        gettext("States with a national CSIRT at work"),
        told.csirts if told else None, csirts.reached if csirts else None, knows,
    )  # fmt: skip
    yield (
        gettext("States with a national strategy in force"),
        told.strategies if told else None, strategies.reached if strategies else None, knows,
    )  # fmt: skip
    yield gettext("States with a team in the network"), network.states_before, facts.connected.states, True
    yield gettext("Teams in the network"), network.teams_before, facts.connected.teams, True
    yield (
        gettext("States that have included all four sectors in the dialogue"),
        told.dialogue if told else None, dialogue.reached if dialogue else None, knows,
    )  # fmt: skip
    standing = facts.money.standing_before
    yield gettext("Agreements of the OAS in force or not known to have ended"), standing, facts.ties.agreements, True
    yield gettext("Activities done in the quarter"), work.done_before.number, work.done.number, True
    yield gettext("Member states reached by them"), len(work.done_before.states), len(work.done.states), True
    yield gettext("People who took part in them"), work.done_before.participants, work.done.participants, True
    yield gettext("Alerts under TLP:CLEAR in the quarter"), network.in_quarter_before, network.in_quarter, True


def _row(what: str, before: int | None, now: int | None, is_known: bool) -> tuple[Cell, ...]:
    change = Change(now - before) if is_known and now is not None and before is not None else None
    return what, withheld(before) if is_known else None, withheld(now), change


def _about(facts: RegionFacts) -> str:
    day = date_format(facts.quarter.first)
    dated = gettext(
        "Teams and agreements are compared with %(day)s, when the quarter began; what was done in the quarter with the "
        "quarter before."
    ) % {"day": day}
    if facts.before is None:
        none = gettext("There is no report of an earlier quarter yet, so that other figures have nothing beside them.")
        return f"{dated} {none}"
    when = date_format(timezone.localtime(facts.before.as_of))
    rest = gettext("The other figures are compared with the report of %(day)s.") % {"day": when}
    return f"{dated} {rest}"


def _said(facts: RegionFacts) -> Iterator[str]:
    for one in facts.rounds:
        said = {"round": one.title, "day": date_format(timezone.localtime(one.closed_at))}
        yield gettext("The round %(round)s was closed on %(day)s.") % said
    for one in facts.network.joined:
        said = {"team": one.team.name, "state": one.team.state, "day": date_format(one.starts_on)}
        yield gettext("%(team)s, %(state)s, joined the network on %(day)s.") % said
    for one in facts.money.agreements:
        if one.concluded_on and facts.quarter.first <= one.concluded_on < facts.quarter.end:
            yield gettext("Agreement concluded: %(agreement)s.") % {"agreement": one.name}
    yield from _factors(facts)


def _factors(facts: RegionFacts) -> Iterator[str]:
    """Within one edition only."""
    edition, told = facts.maturity.edition, facts.before.told if facts.before else None
    if told is None or edition is None or told.edition != edition.year:
        return
    for factor in facts.maturity.factors:
        before, now = told.medians.get(factor.code), facts.maturity.region.medians[factor.code]
        if before is not None and now is not None and before != now:
            said = {"factor": f"{factor.code} {factor.name}", "before": before, "now": now}
            yield gettext("Median of the region, %(factor)s: from %(before)s to %(now)s.") % said
