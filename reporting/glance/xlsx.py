"""Region at a glance as Excel: the same tables as typed cells, one on each sheet."""

from django.utils import translation
from django.utils.translation import gettext

from reporting.glance.pdf import title_of
from reporting.glance.report import RegionReport
from reporting.glance.words import words
from reporting.paper.sheets import Rows, Sheet, book
from reporting.paper.tables import on_sheet


def xlsx(report: RegionReport) -> bytes:
    with translation.override(report.language):
        return book(title=title_of(report), label=report.label, made_on=report.made_on, sheets=_sheets(report))


def _sheets(report: RegionReport) -> list[Sheet]:
    w = words()
    sources: Rows = [(line,) for line in (*report.sources, report.source)]
    return [
        Sheet(gettext("Summary"), (34, 100), (gettext("What"), gettext("Value")), _summary(report)),
        *(on_sheet(table) for table in report.tables),
        Sheet(w["sources"], (120,), (w["sources"],), sources),
    ]


def _summary(report: RegionReport) -> Rows:
    w = words()
    rows: Rows = [(w["quarter"], report.quarter), (w["made_on"], report.made_on), (report.label, report.audience)]
    rows += [(gettext("Situation"), report.situation), (w["in_short"], report.lead)]
    rows += [(w["sample"], w["sample"])] if report.is_sample else []
    moved = report.sections[0]
    rows += [(moved.title, line) for line in (moved.about, *moved.lines)]
    return [*rows, *((gettext("Note"), note) for note in (report.held, *report.notes, report.source))]
