"""A calendar as PDF: month by month."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from common.paper.typeset import language_of, typeset
from reporting.calendars.report import ActivityCalendar, Entry
from reporting.calendars.words import words

TEMPLATE = Path(__file__).with_name("calendar.typ")
MOST_STATES = 8  # by name; the Excel file names all


def pdf(report: ActivityCalendar) -> bytes:
    with translation.override(report.language):
        return typeset(TEMPLATE, _told(report), report.made_on)


def title_of(report: ActivityCalendar) -> str:
    return gettext("Activities calendar: %(area)s, %(period)s") % {"area": report.area, "period": report.period}


def _told(report: ActivityCalendar) -> dict[str, Any]:
    """What the template is told: every text ready."""
    dated = gettext("Activities calendar, %(date)s") % {"date": date_format(report.made_on)}
    return {
        **asdict(report),
        **language_of(report.language),
        "words": words(),
        "title": title_of(report),
        "dated": dated,
        "page": gettext("Page %(n)s of %(of)s"),
        "months": [{"name": part.name, "entries": [_entry(one) for one in part.entries]} for part in report.months],
        "cited": [", ".join(filter(None, (one.title, one.publisher, one.dated))) for one in report.sources],
    }


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        **asdict(entry),
        "sort": " · ".join(filter(None, (entry.kind, entry.point))),
        "place": ", ".join(filter(None, (entry.place, gettext("Online") if entry.is_online else ""))),
        "states": ", ".join(_few(entry.states)),
    }


def _few(names: tuple[str, ...]) -> list[str]:
    more = len(names) - MOST_STATES
    if more <= 1:
        return list(names)
    return [*names[:MOST_STATES], ngettext("and %(n)s more", "and %(n)s more", more) % {"n": more}]
