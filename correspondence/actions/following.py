"""What a reply on paper brings about, done by somebody of the programme as the state would do it here."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from action_plan.actions.plans import agree_on_paper
from action_plan.actions.selection import nominate as nominate_for
from action_plan.models import Nomination
from correspondence.models import Note
from review.actions import Refused


@transaction.atomic
def sign_plan(*, note: Note, by: Any) -> None:
    """By the note whose reply says that the state agrees. Raises Refused as `agree_on_paper` does."""
    held = Note.objects.select_for_update(of=("self",)).select_related("version__plan").get(pk=note.pk)
    if not held.agrees_to_plan or held.version is None or held.replied_on is None:
        raise Refused(_("The reply to this note does not say that the state agrees to a plan."))
    agree_on_paper(plan=held.version.plan, version=held.version, paper=held.spelled, on=held.replied_on, by=by)


@transaction.atomic
def nominate(*, note: Note, nomination: Nomination, by: Any) -> None:
    """Somebody whom the state named in its reply. Raises Refused as for a liaison."""
    held = Note.objects.select_for_update(of=("self",)).select_related("course__activity", "state").get(pk=note.pk)
    if not held.gives_nominees or held.course is None:
        raise Refused(_("The reply to this note does not say that names were given."))
    nominate_for(nomination=nomination, course=held.course, state=held.state, by=by, paper=held.spelled)
