"""The report on an agreement as Excel: the same tables as typed cells, one on each sheet."""

from django.utils import translation
from django.utils.translation import gettext

from reporting.agreements.pdf import title_of, words
from reporting.agreements.report import AgreementReport
from reporting.paper.sheets import Rows, Sheet, book
from reporting.paper.tables import on_sheet


def xlsx(report: AgreementReport) -> bytes:
    with translation.override(report.language):
        return book(title=title_of(report), label=report.label, made_on=report.made_on, sheets=_sheets(report))


def _sheets(report: AgreementReport) -> list[Sheet]:
    summary = Sheet(gettext("Summary"), (34, 100), (gettext("What"), gettext("Value")), _summary(report))
    tables = [on_sheet(table) for table in report.tables]
    sources: Rows = [(line,) for line in report.sources] or [(report.source,)]
    return [summary, *tables, Sheet(words()["sources"], (120,), (words()["sources"],), sources)]


def _summary(report: AgreementReport) -> Rows:
    w = words()
    rows: Rows = [(gettext("Agreement"), report.agreement), (w["parties"], report.parties)]
    rows += [(gettext("Made on"), report.made_on), (report.label, report.audience)]
    rows += [(gettext("Situation"), report.situation), (gettext("In short"), report.lead)]
    rows += [(w["sample"], w["sample"])] if report.is_sample else []
    return [*rows, *((gettext("Note"), note) for note in (*report.notes, report.source))]
