"""The report on an agreement as PDF: in short, then its tables."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext

from common.paper.typeset import language_of, typeset
from reporting.agreements.report import AgreementReport
from reporting.paper.tables import on_paper

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
        "tables": [on_paper(one) for one in report.tables],
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
