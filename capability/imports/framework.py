"""The maturity model: the 2016 edition that was published, and the 2021 edition that the states rate themselves."""

from pathlib import Path
from typing import Any

from capability.models import Dimension, Edition, Factor, Indicator, StageSentence, ThreatClass
from documents.imports import sources
from documents.loading import Change, load, rows_of

FOLDER = Path(__file__).parent.parent / "reference"
LANGUAGES = ("en", "es", "fr", "pt_br")

# (year, the states rate it themselves, source, names)
EDITIONS = (
    (
        2016,
        False,
        "idb-oas-2016",
        ("2016 edition", "Edición de 2016", "Édition de 2016", "Edição de 2016"),
    ),
    (
        2021,
        True,
        "gcscc-cmm-2021",
        ("2021 edition", "Edición de 2021", "Édition de 2021", "Edição de 2021"),
    ),
)


def load_editions() -> Change:
    known = sources()
    rows = [
        (str(year), {"year": year, "is_rated_by_states": rated, "source": known[source]} | in_four("name", names))
        for year, rated, source, names in EDITIONS
    ]
    return load(Edition.objects.all(), rows, found_by=("year",))


def load_dimensions() -> Change:
    editions = {edition.year: edition for edition in Edition.objects.all()}
    rows = [
        (
            f"{row['edition']} {row['code']}",
            {
                "edition": editions[int(row["edition"])],
                "code": row["code"],
                "slug": row["slug"],
                "position": int(row["code"].removeprefix("D")),
            }
            | words(row, "name", "short"),
        )
        for row in rows_of(FOLDER / "dimensions.csv")
    ]
    return load(Dimension.objects.all(), rows, found_by=("edition", "code"))


def load_factors() -> Change:
    rows = _factors_2016() + _factors_2021()
    return load(Factor.objects.all(), rows, found_by=("dimension", "code"))


def load_indicators() -> Change:
    rows = _indicators_2016() + _indicators_2021()
    return load(Indicator.objects.all(), rows, found_by=("factor", "number"))


def load_sentences() -> Change:
    indicators = indicators_of(2021)
    rows = [
        (
            f"{row['factor_code']} {row['stage']}",
            {"indicator": indicators[row["factor_code"]], "stage": int(row["stage"])}
            | in_four("text", tuple(row[language] for language in LANGUAGES)),
        )
        for sheet in ("stage_sentences_2021_d1_d3.csv", "stage_sentences_2021_d4_d5.csv")
        for row in rows_of(FOLDER / sheet)
    ]
    return load(StageSentence.objects.all(), rows, found_by=("indicator", "stage"))


def load_threat_classes() -> Change:
    rows = [
        (row["code"], {"code": row["code"], "position": position} | words(row, "name", "help"))
        for position, row in enumerate(rows_of(FOLDER / "threat_classes.csv"), start=1)
    ]
    return load(ThreatClass.objects.all(), rows, found_by=("code",))


def indicators_of(year: int) -> dict[str, Indicator]:
    return {i.code: i for i in Indicator.objects.filter(factor__dimension__edition__year=year)}


def in_four(column: str, texts: tuple[str, ...]) -> dict[str, str]:
    return {f"{column}_{language}": text for language, text in zip(LANGUAGES, texts, strict=True)}


def words(row: dict[str, str], *columns: str) -> dict[str, str]:
    return {f"{column}_{language}": row[f"{column}_{language}"] for column in columns for language in LANGUAGES}


def _dimensions(year: int) -> dict[str, Dimension]:
    return {d.code: d for d in Dimension.objects.filter(edition__year=year)}


def _factors(year: int) -> dict[str, Factor]:
    return {f.code: f for f in Factor.objects.filter(dimension__edition__year=year)}


def _factors_2016() -> list[tuple[str, dict[str, Any]]]:
    """Named in the sheet of the indicators, once per indicator."""
    dimensions = _dimensions(2016)
    first = {row["factor_code"]: row for row in reversed(list(rows_of(FOLDER / "indicators_2016.csv")))}
    return [
        (
            f"2016 {code}",
            {"dimension": dimensions[row["dimension_code"]], "code": code, "position": int(code.split("-")[1])}
            | {f"name_{language}": row[f"factor_name_{language}"] for language in LANGUAGES}
            | {f"short_{language}": row[f"factor_name_{language}"][:60] for language in LANGUAGES},
        )
        for code, row in sorted(first.items())
    ]


def _factors_2021() -> list[tuple[str, dict[str, Any]]]:
    dimensions = _dimensions(2021)
    return [
        (
            f"2021 {row['factor_code']}",
            {
                "dimension": dimensions[row["factor_code"].split(".")[0]],
                "code": row["factor_code"],
                "position": int(row["factor_code"].split(".")[1]),
            }
            | words(row, "name", "short", "question", "aspects"),
        )
        for row in _sheets_2021()
    ]


def _sheets_2021() -> list[dict[str, str]]:
    return [row for sheet in ("factors_2021_d1_d3.csv", "factors_2021_d4_d5.csv") for row in rows_of(FOLDER / sheet)]


def _indicators_2016() -> list[tuple[str, dict[str, Any]]]:
    """Each leads to the factor of 2021 that asks for the same, as the programme reads it."""
    factors, later = _factors(2016), _factors(2021)
    return [
        (
            f"16-{row['indicator_no']}",
            {
                "factor": factors[row["factor_code"]],
                "number": int(row["indicator_no"]),
                "code": f"16-{row['indicator_no']}",
                "crosswalk": later.get(row["crosswalk_2021"]),
            }
            | words(row, "name"),
        )
        for row in rows_of(FOLDER / "indicators_2016.csv")
    ]


def _indicators_2021() -> list[tuple[str, dict[str, Any]]]:
    """One per factor, with its name."""
    factors = _factors(2021)
    return [
        (
            f"21-{row['factor_code']}",
            {
                "factor": factors[row["factor_code"]],
                "number": number,
                "code": row["factor_code"],
                "crosswalk": None,
            }
            | words(row, "name"),
        )
        for number, row in enumerate(_sheets_2021(), start=1)
    ]
