"""The open data described for programs: Data Package 1.0 of Frictionless Data, and DCAT 3 of the W3C as JSON-LD.

Both are in English, whoever asks; titles and descriptions of the catalogue are in all four languages.
"""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from common.days import today
from documents.models import Source
from public_site.addresses import outside
from public_site.datasets import DATASETS
from public_site.datasets.kind import Column, Dataset, Row, Words

CSV_TYPE, JSON_TYPE = "text/csv", "application/json"
DIALECT = {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "header": True}


def package(user: Any) -> dict[str, Any]:
    return {
        "profile": "tabular-data-package",
        "name": "oas-cyber",
        "title": "OAS Cyber: open data",
        "homepage": address("open-data"),
        "created": f"{today():%Y-%m-%d}T00:00:00Z",
        "licenses": [_own_licence()],
        "contributors": [{"title": str(settings.PROGRAMME_NAME), "role": "publisher", "path": settings.SITE_URL}],
        "resources": [_of_package(dataset, user) for dataset in DATASETS.values()],
    }


def _of_package(dataset: Dataset, user: Any) -> dict[str, Any]:
    return {**resource(dataset, _sources(dataset, user)), "path": address("dataset-csv", dataset.slug)}


def resource(dataset: Dataset, sources: list[Source]) -> dict[str, Any]:
    """Without the data: a path or the rows themselves are added to it."""
    return {
        "profile": "tabular-data-resource",
        "name": dataset.slug,
        "title": str(dataset.title),
        "description": " ".join(map(str, (dataset.about, *dataset.cautions))),
        "format": "csv",
        "mediatype": CSV_TYPE,
        "encoding": "utf-8",
        "dialect": DIALECT,
        "licenses": [_licence_of(source) for source in sources] if dataset.of_others else [_own_licence()],
        "sources": [_source(source) for source in sources] or [{"title": str(settings.PROGRAMME_NAME)}],
        "schema": schema(dataset),
    }


def whole(dataset: Dataset, rows: list[Row]) -> dict[str, Any]:
    """A resource with its rows in it: complete in one file."""
    described = resource(dataset, list(dataset.sources(rows)))
    for of_csv in ("dialect", "encoding"):
        described.pop(of_csv)
    names = [column.name for column in dataset.columns]
    given = {"format": "json", "mediatype": JSON_TYPE, "dated": f"{today():%Y-%m-%d}"}
    return {**described, **given, "data": [dict(zip(names, row, strict=True)) for row in rows]}


def schema(dataset: Dataset) -> dict[str, Any]:
    found: dict[str, Any] = {"fields": [_field(column) for column in dataset.columns], "missingValues": [""]}
    return {**found, "primaryKey": list(dataset.key)} if dataset.key else found


def _field(column: Column) -> dict[str, Any]:
    held = {"name": column.name, "type": column.type, "description": str(column.about)}
    return {**held, "constraints": {"enum": list(column.one_of)}} if column.one_of else held


def _sources(dataset: Dataset, user: Any) -> list[Source]:
    """Of what others publish. Elsewhere each row names its own, and there may be very many."""
    return list(dataset.sources(list(dataset.rows(user)))) if dataset.of_others else []


def _own_licence() -> dict[str, str]:
    return {"name": settings.OPEN_DATA_LICENCE, "path": settings.OPEN_DATA_LICENCE_URL}


def _licence_of(source: Source) -> dict[str, str]:
    return {"title": source.licence or "Not stated", "path": f"{address('source-list')}#{source.key}"}


def _source(source: Source) -> dict[str, str]:
    said = {"title": ", ".join(filter(None, (source.title, source.publisher, source.dated)))}
    return {**said, "path": source.link} if source.link else said


def address(route: str, *of: str) -> str:
    """As it stays: without a language."""
    with outside():
        return settings.SITE_URL + reverse(route, args=of)


# DCAT -------------------------------------------------------------------------------------------------------------

CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
}


def catalog() -> dict[str, Any]:
    publisher = {"@type": "foaf:Organization", "foaf:name": _in_languages(settings.PROGRAMME_NAME)}
    return {
        "@context": CONTEXT,
        "@id": address("open-data"),
        "@type": "dcat:Catalog",
        "dct:title": [{"@language": "en", "@value": "OAS Cyber: open data"}],
        "dct:publisher": publisher,
        "dct:modified": f"{today():%Y-%m-%d}",
        "dct:license": {"@id": settings.OPEN_DATA_LICENCE_URL},
        "dcat:dataset": [_dataset(one, publisher) for one in DATASETS.values()],
    }


def _dataset(dataset: Dataset, publisher: dict[str, Any]) -> dict[str, Any]:
    return {
        "@id": address("dataset", dataset.slug),
        "@type": "dcat:Dataset",
        "dct:identifier": dataset.slug,
        "dct:title": _in_languages(dataset.title),
        "dct:description": _in_languages(dataset.about),
        "dct:modified": f"{today():%Y-%m-%d}",
        "dct:publisher": publisher,
        "dcat:distribution": [
            _distribution(dataset, "dataset-csv", CSV_TYPE),
            _distribution(dataset, "dataset-json", JSON_TYPE),
        ],
    }


def _distribution(dataset: Dataset, route: str, media_type: str) -> dict[str, Any]:
    licence = f"{address('source-list')}" if dataset.of_others else settings.OPEN_DATA_LICENCE_URL
    return {
        "@type": "dcat:Distribution",
        "dcat:downloadURL": {"@id": address(route, dataset.slug)},
        "dcat:mediaType": {"@id": f"https://www.iana.org/assignments/media-types/{media_type}"},
        "dct:license": {"@id": licence},
        "dct:conformsTo": {"@id": address("open-data-package")},
    }


def _in_languages(words: Words) -> list[dict[str, str]]:
    found = []
    for code, _name in settings.LANGUAGES:
        with override(code):
            found.append({"@language": code, "@value": str(words)})
    return found
