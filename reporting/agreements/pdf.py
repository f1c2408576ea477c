"""The report on an agreement as PDF: in short, then its tables."""

from dataclasses import asdict
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext

from common.paper.typeset import language_of, typeset
from partnerships.money import number
from reporting.agreements.report import AgreementReport, Cell, Table

TEMPLATE = Path(__file__).with_name("agreement.typ")


def pdf(report: AgreementReport) -> bytes:
    with translation.override(report.language):
        return typeset(TEMPLATE, _told(report), report.made_on)


def title_of(report: AgreementReport) -> str:
    return gettext("Agreement report: %(agreement)s") % {"agreement": report.agreement}


def _told(report: AgreementReport) -> dict[str, Any]:
    return {
        **asdict(report),
        **language_of(report.language),
        "words": words(),
        "title": title_of(report),
        "dated": gettext("Agreement report, %(date)s") % {"date": date_format(report.made_on)},
        "page": gettext("Page %(n)s of %(of)s"),
        "tables": [_table(one) for one in report.tables],
    }


def words() -> dict[str, str]:
    return {
        "brand": gettext("OAS Cyber"),
        "report": gettext("Agreement report"),
        "programme": gettext("Cyber Security Program, CICTE"),
        "sample": gettext("Sample figures"),
        "parties": gettext("Parties"),
        "sources": gettext("Sources"),
    }


def _table(table: Table) -> dict[str, Any]:
    return {
        "title": table.title,
        "empty": table.empty,
        "columns": [{"name": one.name, "number": one.is_number, "share": min(one.width, 40)} for one in table.columns],
        "rows": [[_text(cell) for cell in row] for row in table.rows],
    }


def _text(cell: Cell) -> str:
    if cell is None:
        return "–"
    if isinstance(cell, date):
        return str(date_format(cell))
    return number(Decimal(cell)) if isinstance(cell, int | Decimal) else cell
