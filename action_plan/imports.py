"""What the programme did, as public sources tell it (reference/events.csv). Done, and for everybody to read."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from action_plan.models import Activity, ActivityState, Audience
from common.scope import PROGRAMME, scope
from common.translated import SUFFIXES
from documents.imports import sources
from documents.loading import Change, load, rows_of
from documents.models import Source
from member_states.imports import by_code

FOLDER = Path(__file__).parent / "reference"
AS_THEY_STAND = ("slug", "kind", "precision", "place", "organisers", "partners", "participants_as_stated", "reference")


def load_action_plan() -> dict[str, Change]:
    """All of it or nothing, as the programme's own work."""
    with scope(PROGRAMME, page="load_reference"):
        return {name: step() for name, step in STEPS.items()}


def load_event_sources() -> Change:
    rows = [(row["key"], row) for row in rows_of(FOLDER / "event_sources.csv")]
    return load(Source.objects.all(), rows, found_by=("key",))


def load_events() -> Change:
    states, known = by_code(), sources()
    rows = [(row["slug"], _event(row, states, known)) for row in rows_of(FOLDER / "events.csv")]
    return load(Activity.objects.all(), rows, found_by=("slug",))


def load_taking_part() -> Change:
    """Only the states of which the source says that they took part."""
    states = by_code()
    activities = {activity.slug: activity for activity in Activity.objects.filter(source__isnull=False)}
    rows = [
        (f"{row['slug']} {code}", {"activity": activity, "state": states[code], "audience": activity.audience})
        for row in rows_of(FOLDER / "events.csv")
        if (activity := activities.get(row["slug"]))
        for code in row["states"].split()
    ]
    return load(ActivityState.objects.all(), rows, found_by=("activity", "state"))


def _event(row: dict[str, str], states: dict[str, Any], known: dict[str, Source]) -> dict[str, Any]:
    return {
        **{name: row[name] for name in AS_THEY_STAND},
        **{f"title_{suffix}": row[f"title_{suffix}"] for suffix in SUFFIXES},
        "point": int(row["point"]) if row["point"] else None,
        "starts_on": row["starts_on"],
        "ends_on": row["ends_on"] or None,
        "host_state": states.get(row["host_state"]),
        "is_online": row["is_online"] == "yes",
        "source": known[row["source"]],
        "status": Activity.Status.DONE,
        "audience": Audience.PUBLIC,
    }


STEPS: dict[str, Callable[[], Change]] = {
    "sources of activities": load_event_sources,
    "activities": load_events,
    "states that took part": load_taking_part,
}
