"""A bulletin as PDF: in short, the alerts, then classes and who is new."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext

from common.paper.typeset import language_of, typeset
from reporting.bulletin.report import Bulletin
from reporting.bulletin.words import words

TEMPLATE = Path(__file__).with_name("bulletin.typ")


def pdf(report: Bulletin) -> bytes:
    with translation.override(report.language):
        return typeset(TEMPLATE, _told(report), report.made_on)


def title_of(report: Bulletin) -> str:
    return gettext("Network bulletin, %(month)s") % {"month": report.month}


def _told(report: Bulletin) -> dict[str, Any]:
    return {
        **asdict(report),
        **language_of(report.language),
        "words": words(),
        "title": title_of(report),
        "dated": title_of(report),
        "page": gettext("Page %(n)s of %(of)s"),
        "alerts": [{**asdict(one), "published": date_format(one.published_on)} for one in report.alerts],
        "items": [{**asdict(one), "published": date_format(one.published_on)} for one in report.items],
        "joined": [{**asdict(one), "on": date_format(one.on)} for one in report.joined],
    }
