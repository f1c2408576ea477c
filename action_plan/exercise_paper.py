"""The after-action report as PDF, in the language and the reach of its reader."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.formats import date_format, number_format, time_format
from django.utils.timezone import localdate, localtime
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from action_plan.exercise_report import Report, TeamPart
from action_plan.exercise_timeline import Event
from common.paper.typeset import language_of, typeset
from common.tlp import Tlp

TEMPLATE = Path(__file__).with_name("exercise.typ")


def as_pdf(report: Report) -> bytes:
    made_on = localdate(report.exercise.released_at or report.exercise.started_at)
    return typeset(TEMPLATE, _told(report, made_on), made_on)


def _told(report: Report, made_on: Any) -> dict[str, Any]:
    exercise, words = report.exercise, report.words
    return {
        **language_of(get_language() or "en"),
        "label": str(Tlp(exercise.tlp).label),
        "page": _("Page %(n)s of %(of)s"),
        "dated": date_format(made_on),
        "title": exercise.name,
        "is_sample": settings.TRIAL,
        "summary": _paragraphs(words.summary if words else ""),
        "parts": [
            (title, _paragraphs(text))
            for title, text in (
                (_("What went well"), words.went_well if words else ""),
                (_("What to improve"), words.to_improve if words else ""),
                (_("Scenario"), exercise.scenario),
                (_("Objectives"), exercise.objectives),
            )
            if text
        ],
        "team_head": [
            _("Team"), _("Injects"), pgettext("exercise", "Answered"), pgettext("exercise", "In time"),
            _("Median minutes to the first answer"), _("Mean score (0 to 4)"),
        ],
        "teams": [_team(part) for part in report.teams],
        "advice": [
            [f"{one.number}. {one.text}", f"{one.state}, {one.institution}", date_format(one.due_on)]
            for one in report.recommendations
        ],
        "washes": [_wash(one) for one in report.washes],
        "events": [_event(event) for event in report.events],
        "words": {
            "brand": _("OAS Cyber"),
            "programme": _("Cyber Security Program of the Organization of American States (CICTE)"),
            "sample": _("Sample figures"),
            "kind": _("After-action report"),
            "teams": _("Team by team") if report.is_of_all_teams else _("Your team"),
            "recommendations": _("Recommendations"),
            "advice": [_("Recommendation"), _("For whom"), _("Due on")],
            "washes": _("Hot wash"),
            "timeline": _("Timeline"),
            "event": [_("Minute"), _("Time"), _("What happened")],
        },
    }  # fmt: skip


def _paragraphs(text: str) -> list[str]:
    return [part.strip() for part in text.replace("\r\n", "\n").split("\n\n") if part.strip()]


def _team(part: TeamPart) -> list[str]:
    took = "–" if part.took is None else number_format(part.took, 1 if part.took % 1 else 0)
    score = "–" if part.score is None else number_format(part.score, 1)
    return [str(part.player.team), str(len(part.cells)), str(part.answered), str(part.in_time), took, score]


def _wash(one: Any) -> dict[str, Any]:
    said = ((_("What went well"), one.went_well), (_("What to improve"), one.to_improve))
    who = str(one.team) if one.team else one.by.name
    return {"who": who, "said": [(title, _paragraphs(text)) for title, text in said if text]}


def _event(event: Event) -> list[str]:
    at = time_format(localtime(event.at)) if event.at else ""
    return [str(event.minute), at, event.text, event.words]
