"""{% link_notes moves user %}: the steps of a plan that were agreed to on paper learn where their note is read."""

from collections.abc import Iterable
from typing import Any

from django import template

from action_plan.models import PlanMove
from correspondence.models import Note

register = template.Library()


@register.simple_tag
def link_notes(moves: Iterable[PlanMove], user: Any) -> str:
    """Sets `note_url` where this person may read the note; one query, and none without paper."""
    on_paper = [move for move in moves if move.paper]
    if on_paper:
        notes = Note.objects.visible_to(user).filter(version__in=[move.version_id for move in on_paper])
        found = {note.spelled: note.get_absolute_url() for note in notes}
        for move in on_paper:
            move.note_url = found.get(move.paper, "")  # type: ignore[attr-defined]
    return ""
