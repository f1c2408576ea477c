"""What a note says: paragraphs from the record in the language of the note, and the formula around them."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils import translation
from django.utils.formats import date_format

from action_plan.dates import days_of
from capability.models import Update
from common.days import day_of, today
from correspondence.models import Note, PointOfContact
from correspondence.purposes import Purpose
from correspondence.wording import WORDINGS
from csirt_network.admission.steps import Stand

MOST_NAMES = 12
LANGUAGE_OF = {"Spanish": "es", "French": "fr", "Portuguese": "pt-br", "English": "en"}


def language_for(state: Any) -> str:
    """The first official language that is one of the organisation's; else English."""
    spoken = (one.strip() for one in state.official_languages.split(";"))
    return next((LANGUAGE_OF[one] for one in spoken if one in LANGUAGE_OF), "en")


def compose(note: Note, contacts: Iterable[PointOfContact] = (), update: Update | None = None) -> str:
    """The paragraphs that somebody may amend before it is issued.

    `contacts` are those of the state that stand, `update` is its own in the round: it may have been given more time.
    """
    words = WORDINGS[note.language]
    with translation.override(note.language):
        known = _of_state(note) | _of_record(note, update)
        if note.purpose == Purpose.CONTACT_POINTS:
            known["known"] = _known(note, list(contacts), known)
        return words.bodies[_variant(note)].format_map(known)


def formula(note: Note) -> dict[str, Any]:
    """What stands around the text of every note, and what is printed of its number."""
    words = WORDINGS[note.language]
    with translation.override(note.language):
        known = _of_state(note) | {"date": date_format(note.issued_on or today())}
        reply = words.reply.format(reply_by=date_format(note.reply_due_on)) if note.reply_due_on else ""
        return {
            "place": words.place.format_map(known),
            "addressee": words.addressee.format_map(known).split("\n"),
            "opening": words.opening.format_map(known),
            "paragraphs": [one.strip() for one in note.text.replace("\r", "").split("\n\n") if one.strip()],
            "reply": reply,
            "closing": words.closing.format_map(known),
            "number": note.spelled or words.draft,
            "mark": note.mark,
        }


def _of_state(note: Note) -> dict[str, str]:
    name = str(note.state)
    return {"state": name, "of_state": WORDINGS[note.language].of_the_state(note.state.alpha3, name)}


def _variant(note: Note) -> str:
    """Of a decision and of a membership there are two."""
    if note.application and note.application.stands == Stand.DECLINED:
        return "declined"
    if note.team and not note.team.memberships.current().exists():
        return "membership-ended"
    return note.purpose


def _of_record(note: Note, update: Update | None) -> dict[str, Any]:
    if note.round:
        due = (update and update.due_on) or note.round.due_on
        days = {name: date_format(getattr(note.round, name)) for name in ("period_from", "period_to")}
        return {"round": note.round.title, "due": date_format(due), **days}
    if note.course:
        activity = note.course.activity
        until = date_format(note.course.nominations_close_on)
        return {"course": activity.title, "dates": days_of(activity), "seats": note.course.seats, "until": until}
    if note.version:
        plan, offered = note.version.plan, date_format(day_of(note.version.offered_at))
        return {"version": note.version.number, "offered": offered, "period": _months(plan.starts_on, plan.ends_on)}
    if note.contact:
        post = ", ".join(filter(None, (note.contact.post, note.contact.institution)))
        return {"name": note.contact.name, "post": post, "since": date_format(note.contact.starts_on)}
    team = note.application.team_name if note.application else note.team.name if note.team else ""
    return {"team": team, "today": date_format(today())}


def _months(first: date, last: date) -> str:
    return f"{date_format(first, 'YEAR_MONTH_FORMAT')} – {date_format(last, 'YEAR_MONTH_FORMAT')}"


def _known(note: Note, contacts: list[PointOfContact], known: dict[str, Any]) -> str:
    bodies = WORDINGS[note.language].bodies
    if not contacts:
        return bodies["nobody-known"].format_map(known)
    names = "; ".join(f"{one.name} ({one.institution})" for one in contacts[:MOST_NAMES])
    return bodies["known"].format_map(known | {"names": names})
