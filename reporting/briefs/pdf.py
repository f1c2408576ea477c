"""A brief as PDF: two pages."""

from dataclasses import asdict
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format, number_format
from django.utils.text import Truncator
from django.utils.translation import gettext, ngettext

from common.paper.typeset import language_of, typeset
from reporting.briefs.brief import Brief
from reporting.briefs.words import words

TEMPLATE = Path(__file__).with_name("brief.typ")
MOST_MOVES, LONGEST_NEED, LONGEST_DETAIL = 3, 105, 110  # so that the first page holds the fullest brief


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
        "requests": [{**asdict(line), "need": _shortened(line.need)} for line in brief.requests],
        "shortened": _shortening(brief),
        "cited": _cited(brief),
        "is_full": len(brief.requests) > 4 or len(brief.moved_up) + len(brief.moved_down) > 3,
    }


def _few(moves: tuple[str, ...]) -> list[str]:
    more = len(moves) - MOST_MOVES
    if more <= 1:
        return list(moves)
    return [*moves[:MOST_MOVES], ngettext("and %(n)s more", "and %(n)s more", more) % {"n": more}]


def _in_one_line(text: str) -> str:
    return " ".join(text.split())


def _shortened(need: str) -> str:
    return Truncator(_in_one_line(need)).chars(LONGEST_NEED)


def _shortening(brief: Brief) -> str:
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
