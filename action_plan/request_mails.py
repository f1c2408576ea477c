"""What the mails about requests for support are of, asked in the reach of whoever gets them."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from action_plan.lives import Asked
from action_plan.models import AskedSupport, AskedSupportMove
from notices.kinds import Matter, liaisons, mail_kind, staff

ASKED = Matter("support asked", _("A state asks for support"), staff)
ANSWERED = Matter("support answered", _("The programme answered a request for support"), liaisons)


def register() -> None:
    mail_kind("support asked", find=asked, template="emails/support_asked", matter=ASKED)
    mail_kind("support answered", find=answer, template="emails/support_answered", link=page_of, matter=ANSWERED)


def asked(person: Any, object_id: int) -> AskedSupport | None:
    """While nobody has taken it over, for whoever may."""
    rows = AskedSupport.objects.visible_to(person).filter(pk=object_id, status=Asked.SENT)
    found = rows.select_related("state", "asked_by").first()
    return found if found and person.has_perm("action_plan.answer_request", found) else None


def answer(person: Any, object_id: int) -> AskedSupportMove | None:
    """While it is what was said last."""
    steps = AskedSupportMove.objects.visible_to(person).select_related("subject__state", "by")
    found = steps.filter(pk=object_id).first()
    return found if found and found.status_after == found.subject.status else None


def page_of(step: AskedSupportMove) -> str:
    return step.subject.get_absolute_url()
