"""A published alert as STIX 2.1, as one reader sees it: what its page shows them, and nothing else.

Ids and contents are made from rows alone, so that they are the same wherever they are read: on the page, by the API and
in a collection. `modified` follows the versions of the alert. To be called in the scope of the reader.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from csirt_network.indicators import defang, stix_pattern
from csirt_network.models import Alert, Indicator
from exchange.stix.ids import life_of, moment
from exchange.stix.markings import MARKINGS
from exchange.stix.reports import cve_reference, labels_of, other_languages, report_facts, tag_of
from exchange.stix.saying import notes, sightings
from exchange.stix.sheet import Part, Sheet


def parts_of(alert: Alert, reader: Any) -> tuple[list[Part], dict[str, dict[str, Any]]]:
    """What the alert is made of, and by their ids the identities and markings that the parts refer to."""
    sheet = Sheet.of(alert, reader)
    values = [*_indicators(sheet), *_vulnerabilities(sheet)]
    report = _report(sheet, [value["id"] for value in values])
    parts = [Part(value, alert.tlp, alert.from_team) for value in (report, *values, *_languages(sheet, report))]
    parts += [*notes(sheet, report["id"]), *sightings(sheet, report["id"])]
    return parts, MARKINGS | sheet.identities


def objects_of(alert: Alert, reader: Any) -> list[dict[str, Any]]:
    """Everything in one, with what it refers to first."""
    parts, frame = parts_of(alert, reader)
    values = [part.value for part in parts]
    return [*(frame[one] for one in framed(values, frame)), *values]


def framed(values: Iterable[dict[str, Any]], frame: dict[str, Any]) -> list[str]:
    """Which of the frame these refer to: markings first, then whom they come from."""
    used = {one for value in values for one in _references(value)}
    return sorted((one for one in used if one in frame), key=lambda one: (not one.startswith("marking"), one))


def _references(value: dict[str, Any]) -> Iterator[str]:
    yield value.get("created_by_ref", "")
    yield from value.get("object_marking_refs", ())
    yield from value.get("where_sighted_refs", ())
    yield from value.get("object_refs", ())


def _report(sheet: Sheet, about: list[str]) -> dict[str, Any]:
    """About whom it comes from as well: a report is about something (STIX 2.1, section 4.16)."""
    alert = sheet.alert
    facts = report_facts(alert, [sheet.by(alert.from_team), *about])
    facts["published"] = moment(sheet.published)
    modified = max(sheet.changed, alert.closed_at) if alert.closed_at else sheet.changed
    return sheet.of_alert("report", "alert", alert.pk, modified=modified, **facts)


def _languages(sheet: Sheet, report: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if contents := other_languages(sheet.alert):
        about = {"object_ref": report["id"], "object_modified": report["modified"], "contents": contents}
        yield sheet.of_alert("language-content", "alert", sheet.alert.pk, **about) | {"modified": report["modified"]}


def _indicators(sheet: Sheet) -> Iterator[dict[str, Any]]:
    alert = sheet.alert
    for one in Indicator.objects.visible_to(sheet.reader).standing().filter(alert=alert):
        note = {"description": one.note} if one.note else {}
        yield sheet.of_alert(
            "indicator",
            *life_of(one),
            lang=tag_of(alert),
            name=defang(one.value, one.kind),
            **note,
            indicator_types=["malicious-activity"],
            pattern=stix_pattern(one.kind, one.value),
            pattern_type="stix",
            pattern_version="2.1",
            valid_from=moment(sheet.published),
            labels=labels_of(alert),
        )


def _vulnerabilities(sheet: Sheet) -> Iterator[dict[str, Any]]:
    for cve in dict.fromkeys(sheet.alert.cves):
        references = [cve_reference(cve)]
        yield sheet.of_alert("vulnerability", "alert", sheet.alert.pk, cve, name=cve, external_references=references)
