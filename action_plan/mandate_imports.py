"""The instruments with the points that implement them, and the presentations of the roundtable of 2012."""

from pathlib import Path
from typing import Any

from action_plan.models import Activity, Instrument, InstrumentPoint, Presentation
from common.scope import PROGRAMME, scope
from documents.imports import sources
from documents.loading import Change, load, rows_of
from member_states.imports import by_code

FOLDER = Path(__file__).parent / "reference"


def load_instruments() -> Change:
    known = sources()
    rows: list[tuple[str, dict[str, Any]]] = [
        (row["slug"], row | {"source": known[row["source"]], "dated_by": known.get(row["dated_by"])})
        for row in rows_of(FOLDER / "instruments.csv")
    ]
    return load(Instrument.objects.all(), rows, found_by=("slug",))


def load_instrument_points() -> Change:
    known, instruments = sources(), {one.slug: one for one in Instrument.objects.all()}
    rows: list[tuple[str, dict[str, Any]]] = [
        (
            f"{row['instrument']} {row['point']}",
            {
                "instrument": instruments[row["instrument"]],
                "point": int(row["point"]),
                "source": known[row["source"]],
            },
        )
        for row in rows_of(FOLDER / "instrument_points.csv")
        if row["instrument"] in instruments
    ]
    return load(InstrumentPoint.objects.all(), rows, found_by=("instrument", "point"))


def load_presentations() -> Change:
    """Where the activity stands; the source says who presented, and what was presented, but not who what."""
    known, states = sources(), by_code()
    activities = {one.slug: one for one in Activity.objects.all()}
    rows: list[tuple[str, dict[str, Any]]] = [
        (
            row["key"],
            {
                "activity": activities[row["activity"]],
                "state": states[row["iso_alpha3"]] if row["iso_alpha3"] else None,
                "as_host": row["as_host"] == "yes",
                "source": known[row["source"]],
                **{name: value for name, value in row.items() if name.startswith("subject_")},
            },
        )
        for row in rows_of(FOLDER / "presentations.csv")
        if row["activity"] in activities
    ]
    return load(Presentation.objects.all(), rows, found_by=("activity", "state", "subject_en"))


def load_mandate() -> dict[str, Change]:
    """All of it or nothing, as the programme's own work."""
    with scope(PROGRAMME, page="load_reference"):
        return {name: step() for name, step in STEPS.items()}


STEPS = {
    "instruments": load_instruments,
    "points of instruments": load_instrument_points,
    "presentations": load_presentations,
}
