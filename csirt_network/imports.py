"""The teams that public sources name (reference/*.csv). None is a member of the network because a source knows it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from common.scope import PROGRAMME, scope
from csirt_network.models import Affiliation, Team
from documents.imports import sources
from documents.loading import Change, load, rows_of
from member_states.imports import by_code

FOLDER = Path(__file__).parent / "reference"


def load_network() -> dict[str, Change]:
    """All of it or nothing, as the programme's own work."""
    with scope(PROGRAMME, page="load_reference"):
        return {name: step() for name, step in STEPS.items()}


def load_teams() -> Change:
    states, source = by_code(), sources()["national-csirts"]
    rows = [
        (row["slug"], _team(row) | {"state": states[row["iso_alpha3"]], "source": source})
        for row in rows_of(FOLDER / "teams.csv")
    ]
    return load(Team.objects.all(), rows, found_by=("slug",))


def load_affiliations() -> Change:
    """Only what a source says; what is merely known waits for the team's own word."""
    teams = {team.slug: team for team in Team.objects.select_related("state")}
    source = sources()["national-csirts"]
    rows: list[tuple[str, dict[str, Any]]] = [
        (
            f"{row['team']} {row['body']}",
            {
                "team": team,
                "state": team.state,
                "body": row["body"],
                "level": row["level"],
                "since": int(row["since"]) if row["since"] else None,
                "source": source,
            },
        )
        for row in rows_of(FOLDER / "affiliations.csv")
        if (team := teams.get(row["team"]))
    ]
    return load(Affiliation.objects.all(), rows, found_by=("team", "body"))


def _team(row: dict[str, str]) -> dict[str, Any]:
    """Languages are the official ones of the state, until the team says otherwise."""
    notes = (row["note"], f"Read in: {row['source_note']}" if row["source_note"] else "")
    return {
        "slug": row["slug"],
        "name": row["name"],
        "short_name": row["short_name"],
        "kind": row["kind"],
        "host": row["host"],
        "website": row["website"],
        "year_established": int(row["year_established"]) if row["year_established"] else None,
        "languages": row["languages"].split(),
        "sectors": row["sectors"].split(),
        "note": ". ".join(filter(None, notes)),
    }


STEPS: dict[str, Callable[[], Change]] = {"teams": load_teams, "memberships elsewhere": load_affiliations}
