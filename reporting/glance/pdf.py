"""Region at a glance as PDF: a cover, then a section after the other."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext

from common.paper.typeset import language_of, typeset
from reporting.glance.map import FILLS, drawn
from reporting.glance.report import Map, RegionReport, Section
from reporting.glance.words import words
from reporting.paper.tables import on_paper

TEMPLATE = Path(__file__).with_name("glance.typ")


def pdf(report: RegionReport) -> bytes:
    with translation.override(report.language):
        return typeset(TEMPLATE, told(report), report.made_on)


def title_of(report: RegionReport) -> str:
    return gettext("Region at a glance: %(quarter)s") % {"quarter": report.quarter}


def told(report: RegionReport) -> dict[str, Any]:
    """What the template is told: every text ready."""
    return {
        **language_of(report.language),
        **{name: getattr(report, name) for name in ("quarter", "label", "audience", "held", "situation", "lead")},
        **{name: getattr(report, name) for name in ("notes", "sources", "source", "is_sample")},
        "words": words(),
        "title": title_of(report),
        "dated": report.quarter,
        "made_on": date_format(report.made_on),
        "page": gettext("Page %(n)s of %(of)s"),
        "sections": [_section(one) for one in report.sections],
    }


def _section(section: Section) -> dict[str, Any]:
    return {
        "title": section.title,
        "about": section.about,
        "lines": section.lines,
        "tiles": [asdict(tile) for tile in section.tiles],
        "map": _map(section.map) if section.map else None,
        "bars": [asdict(bar) for bar in section.bars],
        "matrix": {
            "columns": section.matrix.columns,
            "dimensions": [asdict(line) for line in section.matrix.dimensions],
        }
        if section.matrix
        else None,
        "tables": [on_paper(table) for table in section.tables],
        "starts_page": section.starts_page,
    }


def _map(one: Map) -> dict[str, Any]:
    return {
        "svg": drawn(one.fills, one.names),
        "alt": one.alt,
        "note": one.note,
        "legend": [{**asdict(line), "fill": FILLS[line.fill]} for line in one.legend],
    }
