"""What the programme did and what pays for it: points, activities, participants, agreements."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext

from action_plan.dates import days_of
from action_plan.figures import ASKED
from common.mandate import Point, Sector
from partnerships.dates import Precision, in_words
from partnerships.forms.promise_fields import name_of
from partnerships.money import stated
from partnerships.standing import STATUSES
from reporting.glance.columns import Rows, by_name, genders, number, point_name
from reporting.glance.facts import RegionFacts
from reporting.glance.report import Section
from reporting.glance.work import Done
from reporting.paper.tables import Cell, Column, Table

MOST_STATES = 6  # by name


def seven_points(facts: RegionFacts) -> Section:
    work = facts.work
    rows = tuple(
        (
            point_name(point), work.done.activities.get(point, 0), len(work.done.reached.get(point, ())),
            work.coming.get(point, 0), len(work.asked.get(point, ())),
        )
        for point in Point
    )  # fmt: skip
    head = (
        Column(gettext("Point"), 60), number(gettext("Activities done in the quarter")),
        number(gettext("States reached")), number(gettext("Under way or within a year")),
        number(gettext("States that ask for it")),
    )  # fmt: skip
    about = gettext("Requests are those that states share with all others. Activities are those all states read of.")
    return Section(
        gettext("Seven points"), about, tables=(Table(gettext("Seven points"), gettext("Points"), head, rows, ""),)
    )


def activities(facts: RegionFacts) -> Section:
    none = gettext("No activity is known in these months.")
    during = _activities(gettext("In the quarter"), gettext("Activities of the quarter"), facts.work.activities, none)
    after = _activities(gettext("Since then and coming"), gettext("Activities after it"), facts.work.after, none)
    return Section(gettext("Activities"), tables=(during, after))


def _activities(title: str, sheet: str, found: Iterable[Any], none: str) -> Table:
    rows = tuple(
        (
            days_of(one), one.starts_on, one.ends_on, one.title, one.get_kind_display(),
            point_name(one.point) if one.point else None, _where(one), _who(one), one.get_status_display(),
            one.participants or None,
        )
        for one in found
    )  # fmt: skip
    head = (
        Column(gettext("When"), 30), Column(gettext("First day"), 14, on_paper=False),
        Column(gettext("Last day"), 14, on_paper=False), Column(gettext("Activity"), 34), Column(gettext("Kind"), 16),
        Column(gettext("Point"), 20), Column(gettext("Place"), 16), Column(gettext("Member states"), 26),
        Column(gettext("Status"), 12), number(gettext("Participants")),
    )  # fmt: skip
    return Table(title, sheet, head, rows, none)


def _where(activity: Any) -> str:
    place = activity.place or str(activity.host_state or "")
    return ", ".join(filter(None, (place, gettext("Online") if activity.is_online else "")))


def _who(activity: Any) -> str:
    names = [str(state) for state in by_name(row.state for row in activity.shown_states)]
    if len(names) <= MOST_STATES:
        return ", ".join(names)
    return gettext("%(n)s states") % {"n": len(names)}


def people(facts: RegionFacts) -> Section:
    heads = (Column(gettext("Sector"), 40), *genders())
    quarter, before = facts.quarter.in_words, facts.quarter.before.in_words
    none = gettext("No participants are recorded.")
    about = gettext("In activities whose last day lies in the quarter, as far as all member states read of them.")
    return Section(
        gettext("Participants by sector and gender"),
        about,
        tables=(
            Table(quarter, gettext("Participants"), heads, _people(facts.work.done), none),
            Table(before, gettext("Participants before"), heads, _people(facts.work.done_before), none),
        ),
        starts_page=False,
    )


def _people(done: Done) -> Rows:
    """The four of objective 4 always, others where there are any."""
    if not done.participants:
        return ()
    asked = {sector.value for sector in ASKED}
    shown = [code for code in (*Sector.values, "") if code in asked or code in done.people]
    lines = [(_sector(code), done.people.get(code, (0, 0, 0, 0))) for code in shown]
    columns = [sum(column) for column in zip(*(figures for _name, figures in lines), strict=True)]
    return tuple((name, *figures, sum(figures)) for name, figures in (*lines, (gettext("All"), columns)))


def _sector(code: str) -> str:
    return str(Sector(code).label) if code else gettext("Sector not stated")


def agreements(facts: RegionFacts) -> Section:
    about = gettext("Agreements of which the OAS is a party, in force or not known to have ended.")
    return Section(
        gettext("Agreements and contributions"),
        about,
        tables=(_agreements(facts), _totals(facts), _contributions(facts)),
    )


def _agreements(facts: RegionFacts) -> Table:
    rows = tuple(
        (
            one.name, ", ".join(str(partner) for partner in facts.money.partners.get(one.pk, ())),
            one.get_kind_display(), str(STATUSES[one.status]), _concluded(one),
            ", ".join(map(str, one.objectives)),
        )
        for one in facts.money.agreements
    )  # fmt: skip
    head = (
        Column(gettext("Agreement"), 40), Column(gettext("Partners"), 34), Column(gettext("Kind"), 20),
        Column(gettext("Status"), 14), Column(gettext("Concluded"), 16), Column(gettext("Objectives"), 12),
    )  # fmt: skip
    return Table(gettext("Agreements"), gettext("Agreements"), head, rows, gettext("No agreement is recorded."))


def _concluded(agreement: Any) -> Cell:
    """A day as a day; what is known less exactly in words."""
    day, precision = agreement.concluded_on, agreement.precision
    return day if day and precision == Precision.DAY else in_words(day, precision) or None


def _totals(facts: RegionFacts) -> Table:
    rows = tuple(
        (
            one["currency"] or gettext("Not stated"), one["total"], one["number"],
            gettext("Yes") if not one["inexact"] else gettext("No"),
        )
        for one in facts.money.totals
    )  # fmt: skip
    head = (
        Column(gettext("Currency"), 20), number(gettext("Stated in all")), number(gettext("Contributions")),
        Column(gettext("Every amount exact"), 18),
    )  # fmt: skip
    title = gettext("Money given, a total for each currency")
    return Table(title, gettext("Totals"), head, rows, gettext("No amount is stated."))


def _contributions(facts: RegionFacts) -> Table:
    rows = tuple(
        (name_of(one.giver), one.agreement.name, one.get_kind_display(), stated(one), one.currency or None, one.amount)
        for one in facts.money.contributions
    )
    head = (
        Column(gettext("Given by"), 30), Column(gettext("Agreement"), 40), Column(gettext("Kind"), 12),
        Column(gettext("As stated"), 30), Column(gettext("Currency"), 10), number(gettext("Amount")),
    )  # fmt: skip
    return Table(gettext("Contributions"), gettext("Contributions"), head, rows, gettext("None stated."))
