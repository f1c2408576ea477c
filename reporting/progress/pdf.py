"""A progress report as PDF: the figures first, then state by state."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from common.paper.typeset import language_of, typeset
from reporting.progress import sentences
from reporting.progress.report import Progress, RegionLine, StateLine
from reporting.progress.words import words

TEMPLATE = Path(__file__).with_name("progress.typ")
MOST_WAITING, MOST_CHANGES = 6, 8  # on the first page; the table names all


def pdf(report: Progress) -> bytes:
    with translation.override(report.language):
        return typeset(TEMPLATE, _told(report), report.made_on)


def _told(report: Progress) -> dict[str, Any]:
    """What the template is told: every text ready, every number spelled in the language of the report."""
    about = {"round": report.round, "date": date_format(report.made_on)}
    return {
        **asdict(report),
        **language_of(report.language),
        "words": words(),
        "title": gettext("Progress of a round: %(round)s, %(date)s") % about,
        "dated": gettext("Progress of a round, %(date)s") % about,
        "page": gettext("Page %(n)s of %(of)s"),
        "regions": [_region(line) for line in report.regions],
        "total": _region(report.total),
        "for_programme": _few([sentences.waits(line) for line in report.waits.for_programme], MOST_WAITING),
        "for_states": _few([sentences.waits(line) for line in report.waits.for_states], MOST_WAITING),
        "changes": _few(list(report.changes), MOST_CHANGES),
        "groups": [
            {"sub_region": group.sub_region, "states": [_state(line) for line in group.states]}
            for group in report.groups
        ],
    }


def _region(line: RegionLine) -> dict[str, Any]:
    return {**asdict(line), "part": line.share, "share": sentences.percent(line.share)}


def _state(line: StateLine) -> dict[str, Any]:
    return {
        **asdict(line),
        "due": date_format(line.due_on, "SHORT_DATE_FORMAT") + ("*" if line.is_extended else ""),
        "reminded": date_format(line.reminded_on, "SHORT_DATE_FORMAT") if line.reminded_on else "–",
        "days": "–" if line.days is None else str(line.days),
        "answered": f"{line.done}/{line.of}",
    }


def _few(lines: list[str], most: int) -> list[str]:
    more = len(lines) - most
    if more <= 1:
        return lines
    return [*lines[:most], ngettext("and %(n)s more", "and %(n)s more", more) % {"n": more}]
