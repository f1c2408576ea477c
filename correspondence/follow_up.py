"""Where the answer to a note leads: the page on which somebody does what the state agreed to, never by itself."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from capability.models import Update
from correspondence.models import Note
from correspondence.purposes import Outcome, Purpose
from member_states.rules import is_liaison_of


@dataclass(frozen=True)
class Step:
    url: str
    words: str | Promise


def next_steps(note: Note, user: Any) -> list[Step]:
    """Those pages that this person may open; at most two queries."""
    found = STEPS.get(Purpose(note.purpose))
    return found(note, user) if found else []


def _round(note: Note, user: Any) -> list[Step]:
    update = Update.objects.visible_to(user).filter(state=note.state_id, round=note.round_id).first()
    if update is None or note.round is None:
        return []
    where = [note.state.slug, note.round.slug]
    steps = [Step(reverse("update-detail", args=where), _("Open the update of the state"))]
    if user.has_perm("capability.extend_update", update):
        steps.append(Step(reverse("update-extend", args=where), _("Give the state more time")))
    return steps


def _nominations(note: Note, user: Any) -> list[Step]:
    if note.course is None:
        return []
    steps = [Step(note.course.get_absolute_url(), _("Open the course, where people are nominated"))]
    if note.gives_nominees and note.course.is_open and user.has_perm("correspondence.handle_note", note):
        steps.append(Step(reverse("note-nominate", args=[note.pk]), _("Enter the people who were named")))
    return steps


def _plan(note: Note, user: Any) -> list[Step]:
    if note.version is None:
        return []
    plan = note.version.plan
    if not note.agrees_to_plan:
        return [Step(plan.get_absolute_url(), _("Open the plan, which the lead liaison signs"))]
    steps = [Step(plan.get_absolute_url(), _("Open the plan"))]
    if plan.is_offered and user.has_perm("correspondence.handle_note", note):
        steps.append(Step(reverse("note-sign-plan", args=[note.pk]), _("Record that the plan is agreed by this note")))
    return steps


def _join(note: Note, user: Any) -> list[Step]:
    if not user.has_perm("csirt_network.open_application_of", note.state):
        return []
    return [Step(f"{reverse('application-open')}?state={note.state_id}", _("Open an application to the network"))]


def _admission(note: Note, user: Any) -> list[Step]:
    if note.application is None:
        return []
    return [Step(note.application.get_absolute_url(), _("Open the application"))]


def _membership(note: Note, user: Any) -> list[Step]:
    if note.team is None:
        return []
    return [Step(note.team.get_absolute_url(), _("Open the page of the team"))]


def _contact_points(note: Note, user: Any) -> list[Step]:
    page = reverse("contact-points", args=[note.state.slug])
    steps = [Step(page, _("Open the points of contact of the state"))]
    if _may_keep(note, user) and note.outcome in (Outcome.AGREED, Outcome.NAMES):
        new = reverse("point-new", args=[note.state.slug])
        steps.append(Step(f"{new}?note={note.pk}", _("Enter a point of contact that was named")))
    return steps


def _removal(note: Note, user: Any) -> list[Step]:
    steps = _contact_points(note, user)
    if _may_keep(note, user) and note.contact and note.contact.ended_by_id is None and note.outcome == Outcome.AGREED:
        end = reverse("point-end", args=[note.contact_id])
        steps.append(Step(f"{end}?note={note.pk}", _("Record the end of this point of contact")))
    return steps


def _may_keep(note: Note, user: Any) -> bool:
    return user.has_perm("correspondence.write_notes") and not is_liaison_of(user, note.state)


STEPS = {
    Purpose.ROUND: _round,
    Purpose.NOMINATIONS: _nominations,
    Purpose.PLAN: _plan,
    Purpose.JOIN: _join,
    Purpose.ADMISSION: _admission,
    Purpose.MEMBERSHIP: _membership,
    Purpose.CONTACT_POINTS: _contact_points,
    Purpose.REMOVAL: _removal,
}
