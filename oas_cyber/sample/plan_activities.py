"""Activities of the trial, around the day on which it is looked at. All invented, and each says so in its title."""

import csv
from datetime import time, timedelta
from pathlib import Path
from typing import Any

from action_plan.actions.activities import add_activity, move
from action_plan.actions.activity_parts import set_participants
from action_plan.life import WAYS
from action_plan.models import POINT_OF, Activity, ActivityCost, CheckItem, Kind, Output
from common.days import today
from common.scope import Reach, scope
from common.translated import SUFFIXES
from member_states.models import MemberState
from oas_cyber.sample.people import Cast

ROWS = Path(__file__).parent / "plan_activities.csv"
WAY_TO = {
    "planned": ("plan",),
    "confirmed": ("plan", "confirm"),
    "under way": ("plan", "begin"),
    "done": ("plan", "begin", "finish"),
    "cancelled": ("plan", "cancel"),
}
TABLE_TOP = "sample-chile-8"
BECAUSE = "The ministry asked to hold it in the new year (sample)."
PEOPLE = {"public": (5, 6, 0, 1), "private": (4, 5, 0, 0), "civil society": (1, 1, 0, 0)}
CHECKS = {
    "Scenario agreed with the ministry": True,
    "Room and video booked": True,
    "Invitations sent": False,
    "Evaluation form ready": False,
}


def make_activities(cast: Cast) -> None:
    states = {state.slug: state for state in MemberState.objects.all()}
    with ROWS.open(encoding="utf-8", newline="") as sheet:
        for number, row in enumerate(csv.DictReader(sheet)):
            taking_part = [states[slug] for slug in row["states"].split() if slug in states]
            _make(row, taking_part, cast.officer(number))
    _before_the_day()


def _make(row: dict[str, str], states: list[MemberState], officer: Any) -> None:
    begins = today() + timedelta(days=int(row["begins"]))
    activity = Activity(
        kind=row["kind"],
        point=POINT_OF[Kind(row["kind"])],
        starts_on=begins,
        ends_on=begins + timedelta(days=int(row["days"]) - 1),
        place=row["place"],
        is_online=row["online"] == "yes",
        outcome=row["outcome"],
        officer=officer,
        languages=["es"],
        **{f"title_{suffix}": row[f"title_{suffix}"] for suffix in SUFFIXES},
    )
    with scope(Reach(staff=True, person=officer.pk)):
        add_activity(activity=activity, states=states, by=officer)
        Activity.objects.filter(pk=activity.pk).update(slug=row["slug"])
        for verb in WAY_TO[row["status"]]:
            move(activity=activity, way=WAYS[verb], by=officer, reason=BECAUSE if verb == "cancel" else "")
        if row["audience"] != "participants":
            Activity.objects.filter(pk=activity.pk).update(audience=row["audience"])
        _what_hangs_on_it(Activity.objects.get(pk=activity.pk), states, officer)


def _what_hangs_on_it(activity: Activity, states: list[MemberState], officer: Any) -> None:
    if activity.status != "done":
        return
    names = ("women", "men", "other", "not_stated")
    figures: dict[tuple[int | None, str], dict[str, int]] = {
        (state.pk, sector): dict(zip(names, people, strict=True))
        for state in states
        for sector, people in PEOPLE.items()
    }
    set_participants(activity=activity, figures=figures, by=officer)
    Output.objects.create(activity=activity, what="Report of the activity (sample)")


def _before_the_day() -> None:
    """Of the table-top exercise in Chile's plan: hours, check-list and cost."""
    exercise = Activity.objects.filter(slug=TABLE_TOP)
    exercise.update(starts_at=time(9), ends_at=time(16), time_zone="America/Santiago")
    for activity in exercise:
        CheckItem.objects.bulk_create(CheckItem(activity=activity, text=t, is_done=d) for t, d in CHECKS.items())
        ActivityCost.objects.create(activity=activity, amount=18500, paid_by="Example programme (sample)")
