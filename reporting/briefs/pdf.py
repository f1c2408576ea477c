"""A brief as PDF: in short, then plan and activities, then every factor."""

from dataclasses import asdict
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format, number_format
from django.utils.text import Truncator
from django.utils.translation import gettext, ngettext, pgettext

from common.paper.typeset import language_of, typeset
from reporting.briefs.brief import ActivityLine, Brief, PlanPart
from reporting.briefs.in_words import figures_of, progress_in_words, reached_in_words, target_in_words
from reporting.briefs.words import words

TEMPLATE = Path(__file__).with_name("brief.typ")
# So that the first page holds the fullest brief, and the second its plan and activities.
MOST_MOVES, MOST_REQUESTS, LONGEST_NEED, LONGEST_DETAIL = 3, 4, 105, 110
MOST_NEEDS, LONGEST_NAME, LONGEST_PLANNED, LONGEST_TITLE = 2, 64, 130, 90


def pdf(brief: Brief) -> bytes:
    with translation.override(brief.language):
        return typeset(TEMPLATE, _told(brief), brief.made_on, _plain)


def _told(brief: Brief) -> dict[str, Any]:
    """What the template is told: every text ready, every number spelled in the language of the brief."""
    day = date_format(brief.made_on)
    return {
        **asdict(brief),
        "words": words(),
        **language_of(brief.language),
        "title": gettext("Country brief: %(state)s, %(date)s") % {"state": brief.state, "date": day},
        "dated": gettext("Country brief, %(date)s") % {"date": day},
        "flag": _flag(brief.code),
        "page": gettext("Page %(n)s of %(of)s"),  # the numbers are known when the pages are made
        "objectives": [
            {**asdict(line), "detail": Truncator(line.detail).chars(LONGEST_DETAIL)} for line in brief.objectives
        ],
        "moved_up": _few(brief.moved_up),
        "moved_down": _few(brief.moved_down),
        "requests": [{**asdict(line), "need": _shortened(line.need)} for line in brief.requests[:MOST_REQUESTS]],
        "plan": _plan(brief.plan) if brief.plan else None,
        "coming": [_activity(line) for line in brief.coming],
        "recent": [_activity(line) for line in brief.recent],
        "shortened": _shortening(brief),
        "cited": _cited(brief),
        "is_full": len(brief.requests) > 2 or len(brief.threats) > 6 or len(brief.moved_up) + len(brief.moved_down) > 3,
    }


def _few(moves: tuple[str, ...]) -> list[str]:
    more = len(moves) - MOST_MOVES
    if more <= 1:
        return list(moves)
    return [*moves[:MOST_MOVES], ngettext("and %(n)s more", "and %(n)s more", more) % {"n": more}]


def _plan(plan: PlanPart) -> dict[str, Any]:
    period = {"status": plan.status, "first": _month(plan.starts_on), "last": _month(plan.ends_on)}
    return {
        "period": pgettext("months", "%(first)s to %(last)s. %(status)s.") % period,
        "points": [
            {
                **asdict(line),
                "what": _shortened(line.what, LONGEST_PLANNED),
                "needs": _few_needs(line.needs),
                "target": target_in_words(line),
                "reached": reached_in_words(line),
                "progress": progress_in_words(line),
            }
            for line in plan.points
        ],
    }


def _month(day: date) -> str:
    return date_format(day, "YEAR_MONTH_FORMAT")


def _few_needs(needs: tuple[str, ...]) -> list[str]:
    more = len(needs) - MOST_NEEDS
    shown = [_shortened(need, LONGEST_NAME) for need in (needs if more <= 0 else needs[:MOST_NEEDS])]
    return [*shown, ngettext("and %(n)s more", "and %(n)s more", more) % {"n": more}] if more > 0 else shown


def _activity(line: ActivityLine) -> dict[str, Any]:
    return {
        **asdict(line),
        "title": _shortened(line.title, LONGEST_TITLE),
        "where": " · ".join(filter(None, (line.kind, line.place))),
        "counted": ["–" if n is None else number_format(n) for n in figures_of(line)],
    }


def _in_one_line(text: str) -> str:
    return " ".join(text.split())


def _shortened(text: str, most: int = LONGEST_NEED) -> str:
    return Truncator(_in_one_line(text)).chars(most)


def _shortening(brief: Brief) -> str:
    more = len(brief.requests) - MOST_REQUESTS
    if more > 0:
        words = ngettext(
            "%(n)s more request is in the Excel file, which holds all in full.",
            "%(n)s more requests are in the Excel file, which holds all in full.",
            more,
        )
        return words % {"n": more}
    if all(_shortened(line.need) == _in_one_line(line.need) for line in brief.requests):
        return ""
    return gettext("Long requests are shortened here; the Excel file holds them whole.")


def _cited(brief: Brief) -> str:
    """What each source feeds, and the source; the colon as the language writes it."""
    lines = (
        gettext("%(feeds)s: %(source)s")
        % {"feeds": line.feeds, "source": ", ".join(filter(None, (line.title, line.publisher, line.dated)))}
        for line in brief.sources
    )
    return gettext("Sources: %(list)s.") % {"list": "; ".join(lines)}


def _flag(code: str) -> str | None:
    file = Path("static/img/flags") / f"{code}.webp"
    return f"/{file}" if (settings.BASE_DIR / file).is_file() else None


def _plain(value: Any) -> Any:
    return {"text": number_format(value, 1), "part": float(value) / 5} if isinstance(value, Decimal) else str(value)
