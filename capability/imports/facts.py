"""National CSIRTs, strategies, laws and the indices of others: reported, each as of its own date."""

from typing import Any

from capability.imports.framework import FOLDER
from capability.models import CsirtStatus, ExternalIndex, Law, StrategyStatus
from documents.imports import sources
from documents.loading import Change, load, rows_of
from member_states.imports import by_code
from member_states.models import MemberState

Rows = list[tuple[str, dict[str, Any]]]


def load_csirts() -> Change:
    states, source = by_code(), sources()["national-csirts"]
    rows = [
        (
            f"{row['iso_alpha3']} {row['short_name']}".strip(),
            {
                "state": states[row["iso_alpha3"]],
                "status": row["status_code"],
                "name": row["name"],
                "short_name": row["short_name"],
                "host": row["host_organisation"],
                "website": row["website"],
                "established": _year(row["year_established"]),
                "constituency": row["constituency_kind"],
                "is_national": row["primary"] == "y",
                "source": source,
                "source_note": _note(row),
                "as_of": row["as_of"],
            },
        )
        for row in rows_of(FOLDER / "national_csirts.csv")
    ]
    return load(CsirtStatus.objects.filter(update=None), rows, found_by=("state", "is_national", "short_name"))


def load_strategies() -> Change:
    states, source = by_code(), sources()["national-strategies"]
    rows = [
        (
            row["iso_alpha3"],
            {
                "state": states[row["iso_alpha3"]],
                "step": row["step"],
                "in_force": row["in_force"] == "y",
                "title": row["title"],
                "adopted": row["adopted"],
                "later_versions": row["later_versions"],
                "link": row["url"],
                "source": source,
                "source_note": _note(row),
                "as_of": row["as_of"],
            },
        )
        for row in rows_of(FOLDER / "national_strategies.csv")
    ]
    return load(StrategyStatus.objects.filter(update=None), rows, found_by=("state",))


def load_laws() -> Change:
    states, source = by_code(), sources()["national-laws"]
    rows = [
        (f"{row['iso_alpha3']} {kind}", _law(row, kind, column, states) | {"source": source})
        for row in rows_of(FOLDER / "legal.csv")
        for kind, column in LAW_COLUMNS.items()
        if row[f"{column}{LAW_NAME[kind]}"]
    ]
    return load(Law.objects.all(), rows, found_by=("state", "kind"))


def load_indices() -> Change:
    return load(ExternalIndex.objects.all(), _gci() + _ncsi(), found_by=("state", "kind", "edition"))


LAW_COLUMNS = {
    Law.Kind.BUDAPEST: "budapest",
    Law.Kind.CYBERCRIME: "cybercrime",
    Law.Kind.DATA_PROTECTION: "data_protection",
}
LAW_NAME = {Law.Kind.BUDAPEST: "_status", Law.Kind.CYBERCRIME: "_law", Law.Kind.DATA_PROTECTION: "_law"}


def _law(row: dict[str, str], kind: Law.Kind, column: str, states: dict[str, MemberState]) -> dict[str, Any]:
    """Several laws stand in one row with their years; the last year is the state's present one."""
    names, years = row[f"{column}{LAW_NAME[kind]}"].split("; "), row[f"{column}_year"].split("; ")
    dated = [f"{name} ({year})" for name, year in zip(names, years, strict=False)] if len(names) > 1 else names
    return {
        "state": states[row["iso_alpha3"]],
        "kind": kind,
        "name": "; ".join(dated),
        "year": _year(years[-1]),
        "confidence": row[f"{column}_confidence"],
        "source_note": ". ".join(part for part in (row["note"], row["source"]) if part),
    }


def _gci() -> Rows:
    states, known = by_code(), sources()
    return [
        (
            f"{row['iso_alpha3']} gci {row['edition']}",
            {
                "state": states[row["iso_alpha3"]],
                "kind": ExternalIndex.Kind.GCI,
                "edition": row["edition"],
                "score": row["score"],
                "scale": row["scale"],
                "rank": _year(row["world_rank"]),
                "tier": f"T{row['tier']} {row['tier_name']}" if row["tier"] else "",
                "source": known[f"itu-gci-{row['edition']}"],
                "source_note": ". ".join(part for part in (row["note"], row["source"]) if part),
            },
        )
        for row in rows_of(FOLDER / "gci.csv")
    ]


def _ncsi() -> Rows:
    states, source = by_code(), sources()["ncsi-legacy"]
    return [
        (
            f"{row['iso_alpha3']} ncsi",
            {
                "state": states[row["iso_alpha3"]],
                "kind": ExternalIndex.Kind.NCSI,
                "edition": "2022-2023",
                "score": row["ncsi_score"],
                "scale": row["scale"],
                "source": source,
                "source_note": f"{row['edition']}. {row['source']}",
            },
        )
        for row in rows_of(FOLDER / "ncsi.csv")
    ]


def _year(text: str) -> int | None:
    return int(text) if text else None


def _note(row: dict[str, str]) -> str:
    """What the row says beside its columns, which of them nobody published, and where the rest was read."""
    known = f"From general knowledge: {row['knowledge_fields']}" if row["knowledge_fields"] else ""
    return ". ".join(part for part in (row["note"], known, row["source"]) if part)
