"""The 35 member states and how they take part (reference/*.csv)."""

from pathlib import Path
from typing import Any

from documents.imports import FOLDER as SOURCES
from documents.imports import sources
from documents.loading import Change, load, rows_of
from documents.models import Reading
from member_states.models import MemberState, Participation

FOLDER = Path(__file__).parent / "reference"


def load_states() -> Change:
    source = sources()["oas-member-states"]
    rows = [(row["iso_alpha3"], _state(row) | {"source": source}) for row in rows_of(FOLDER / "member_states.csv")]
    return load(MemberState.objects.all(), rows, found_by=("alpha3",))


def load_participations() -> Change:
    known, states = sources(), by_code()
    rows = [
        (
            f"{row['iso_alpha3']} {row['starts_on']}",
            {
                "state": states[row["iso_alpha3"]],
                "status": row["status"],
                "starts_on": row["starts_on"],
                "ends_on": row["ends_on"] or None,
                "note": row["note"],
                "source": known["oas-participation" if row["note"] else "oas-member-states"],
            },
        )
        for row in rows_of(FOLDER / "participations.csv")
    ]
    return load(Participation.objects.all(), rows, found_by=("state", "starts_on"))


def load_readings() -> Change:
    """What sources say of facts on which they differ; without a state, of the region."""
    known, states = sources(), by_code()
    words = ("fact", "says_en", "says_es", "says_fr", "says_pt_br", "place", "dated")
    rows = [
        (
            f"{row['fact']} {row['iso_alpha3']} {row['source']}",
            {name: row[name] for name in words}
            | {"state_id": states[code].pk if (code := row["iso_alpha3"]) else None, "source": known[row["source"]]},
        )
        for row in rows_of(SOURCES / "readings.csv")
    ]
    return load(Reading.objects.all(), rows, found_by=("fact", "state_id", "source"))


def by_code() -> dict[str, MemberState]:
    return {state.alpha3: state for state in MemberState.objects.all()}


def _state(row: dict[str, str]) -> dict[str, Any]:
    """Spanish names follow the usage of the OAS where it is known, else Unicode's."""
    return {
        "alpha2": row["iso_alpha2"],
        "alpha3": row["iso_alpha3"],
        "slug": row["slug"],
        "name_en": row["name_en"],
        "name_es": row["name_es_oas"] or row["name_es"],
        "name_fr": row["name_fr"],
        "name_pt_br": row["name_pt"],
        "sub_region": row["sub_region"],
        "official_languages": row["official_languages"],
        "year_joined": int(row["year_joined_oas"]),
        "is_founder": row["founding_member"] == "y",
        "in_caricom": row["caricom"] == "y",
    }
