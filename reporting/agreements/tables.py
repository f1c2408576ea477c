"""The tables of the report on an agreement, in the active language: typed cells, so that every format says the same."""

from typing import Any

from django.utils.translation import gettext, pgettext

from common.mandate import Objective, Point
from common.partial_dates import first_day, is_day
from partnerships.forms.promise_fields import name_of
from reporting.agreements.facts import AgreementFacts
from reporting.paper.tables import Cell, Column, Table

Rows = tuple[tuple[Cell, ...], ...]
GENDERS = ("women", "men", "other", "not_stated", "total")


def tables_of(facts: AgreementFacts) -> tuple[Table, ...]:
    return (
        _commitments(facts),
        _deliveries(facts),
        _contributions(facts),
        _money_by_point(facts),
        _money_by_state(facts),
        _reach_by_objective(facts),
        _reach_by_point(facts),
        _reach_by_state(facts),
    )


def _commitments(facts: AgreementFacts) -> Table:
    rows = tuple(
        (
            one.what, name_of(one.party), _due(one), one.status_word, ", ".join(map(str, one.objectives)),
            ", ".join(map(str, one.points)), len(one.accepted), *_people(facts, facts.shown_in.get(one.pk, set())),
        )
        for one in facts.commitments
    )  # fmt: skip
    columns = (
        Column(gettext("Commitment"), 60), Column(gettext("Undertaken by"), 30), Column(gettext("Due"), 18),
        Column(gettext("Status"), 16), Column(gettext("Objectives"), 12), Column(gettext("Points"), 12),
        _number(pgettext("agreement", "Deliveries")), *_genders(),
    )  # fmt: skip
    return Table(
        gettext("What was promised"), gettext("Commitments"), columns, rows, gettext("No commitment is recorded.")
    )


def _due(commitment: Any) -> Cell:
    """A day as a day; a year, or a month, in words."""
    return first_day(commitment.due) if is_day(commitment.due) else commitment.due_when or None


def _deliveries(facts: AgreementFacts) -> Table:
    rows = tuple((gift.on, one.what, gift.what, gift.link) for one in facts.commitments for gift in one.accepted)
    columns = (
        Column(gettext("Delivered on"), 16), Column(gettext("Commitment"), 50), Column(gettext("What"), 60),
        Column(gettext("Proof"), 40),
    )  # fmt: skip
    return Table(
        gettext("What was delivered"),
        pgettext("agreement", "Deliveries"),
        columns,
        rows,
        gettext("No delivery was accepted."),
    )


def _contributions(facts: AgreementFacts) -> Table:
    rows = tuple(
        (
            name_of(one.giver), one.get_kind_display(), one.programme, one.get_precision_display(), one.amount,
            one.currency or gettext("Not stated"), one.received, one.set_aside, one.spent,
        )
        for one in facts.contributions
    )  # fmt: skip
    columns = (
        Column(gettext("Given by"), 30), Column(gettext("Kind"), 12), Column(gettext("Programme"), 40),
        Column(gettext("How the amount is stated"), 18), _number(gettext("Amount")), Column(gettext("Currency"), 12),
        _number(gettext("Received")), _number(gettext("Set aside")), _number(gettext("Of which spent")),
    )  # fmt: skip
    return Table(gettext("What was given"), gettext("Contributions"), columns, rows, gettext("None stated."))


def _money_by_point(facts: AgreementFacts) -> Table:
    rows = tuple((_point(one["on_point"]), *_aside(one)) for one in facts.by_point)
    return _money(gettext("What was spent, by point"), gettext("Spent by point"), gettext("Point"), rows)


def _money_by_state(facts: AgreementFacts) -> Table:
    nowhere = gettext("No state in particular")
    rows = tuple((str(facts.states.get(one["state"], nowhere)), *_aside(one)) for one in facts.by_state)
    return _money(gettext("What was spent, by state"), gettext("Spent by state"), gettext("State"), rows)


def _money(title: str, sheet: str, first: str, rows: Rows) -> Table:
    columns = (
        Column(first, 44), Column(gettext("Currency"), 14), _number(gettext("Set aside")),
        _number(gettext("Of which spent")),
    )  # fmt: skip
    return Table(title, sheet, columns, rows, gettext("Nothing is set aside for an activity or a state."))


def _reach_by_objective(facts: AgreementFacts) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for objective in Objective:
        serving = [one for one in facts.commitments if objective.value in one.objectives]
        shown = set().union(*(facts.shown_in.get(one.pk, set()) for one in serving))
        if serving:
            kept = sum(1 for one in serving if one.status == "delivered")
            name = f"{objective.value}. {objective.label}"
            rows.append((name, len(serving), kept, len(shown), *_people(facts, shown)))
    columns = (
        Column(gettext("Objective"), 60), _number(gettext("Commitments")), _number(gettext("Delivered")),
        _number(gettext("Activities")), *_genders(),
    )  # fmt: skip
    title, sheet = gettext("Whom it reached, by objective"), gettext("By objective")
    return Table(title, sheet, columns, tuple(rows), gettext("No commitment names an objective."))


def _reach_by_point(facts: AgreementFacts) -> Table:
    rows: list[tuple[Cell, ...]] = []
    by_point: dict[int | None, set[int]] = {}
    for activity in facts.reached.activities:
        by_point.setdefault(activity.point, set()).add(activity.pk)
    for point in sorted(by_point, key=lambda number: number or 99):
        rows.append((_point(point), len(by_point[point]), *_people(facts, by_point[point])))
    columns = (Column(gettext("Point"), 60), _number(gettext("Activities")), *_genders())
    title, sheet = gettext("Whom it reached, by point"), gettext("By point")
    return Table(title, sheet, columns, tuple(rows), gettext("It shows up in no activity yet."))


def _reach_by_state(facts: AgreementFacts) -> Table:
    rows: Rows = tuple(
        (str(row.state) if row.state else gettext("No state named"), *(row.figures[name] for name in GENDERS))
        for row in facts.reached.states
    )
    total: Rows = ((gettext("All"), *(facts.reached.total[name] for name in GENDERS)),) if rows else ()
    columns = (Column(gettext("State"), 44), *_genders())
    title, sheet = gettext("Whom it reached, by state"), gettext("By state")
    return Table(title, sheet, columns, (*rows, *total), gettext("No participants are recorded."))


def _people(facts: AgreementFacts, activities: set[int]) -> tuple[int, ...]:
    figures = facts.figures_of(activities)
    return tuple(figures[name] for name in GENDERS)


def _genders() -> tuple[Column, ...]:
    names = (gettext("Women"), gettext("Men"), gettext("Other"), gettext("Not stated"), gettext("All"))
    return tuple(_number(name) for name in names)


def _number(name: str) -> Column:
    return Column(name, 14, is_number=True)


def _point(number: int | None) -> str:
    return f"{number}. {Point(number).label}" if number else gettext("No point in particular")


def _aside(row: dict[str, Any]) -> tuple[Cell, ...]:
    return row["contribution__currency"] or gettext("Not stated"), row["set_aside"], row["spent_of_it"]
