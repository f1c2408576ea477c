"""What the mails about applications are of, asked in the reach of whoever gets them. Texts: templates/emails."""

from collections.abc import Callable
from typing import Any

from csirt_network.admission.clock import clock_of
from csirt_network.admission.movers import movers_of, officers
from csirt_network.admission.steps import TO_DO, Stand
from csirt_network.models import Application
from notices.kinds import mail_kind


def register() -> None:
    """All of them are duties: who asked is told what became of it, and whose move it is, that it is."""
    mail_kind("admission move", find=own_move, template="emails/admission_move")
    mail_kind("admission received", find=received, template="emails/admission_received")
    mail_kind("admission decided", find=standing(Stand.MEETING, Stand.DECLINED), template="emails/admission_decided")
    mail_kind("admission meeting", find=standing(Stand.MEETING), template="emails/admission_meeting")
    mail_kind("admission member", find=standing(Stand.MEMBER), template="emails/admission_member")
    mail_kind("admission late", find=late, template="emails/admission_late")


def own_move(person: Any, object_id: int) -> Application | None:
    """While it is still this person's."""
    found = _find(person, object_id)
    if found is None or person.pk not in {mover.pk for mover in movers_of(found)}:
        return None
    found.to_do = TO_DO[Stand(found.stands)]  # type: ignore[attr-defined]
    return found


def received(person: Any, object_id: int) -> Application | None:
    found = _find(person, object_id)
    if found is None or found.sent_at is None or found.is_over:
        return None
    found.clock = clock_of(found)  # type: ignore[attr-defined]
    return found


def standing(*stands: Stand) -> Callable[[Any, int], Application | None]:
    def find(person: Any, object_id: int) -> Application | None:
        found = _find(person, object_id)
        return found if found and found.stands in stands else None

    return find


def late(person: Any, object_id: int) -> Application | None:
    found = received(person, object_id)
    concerned = found is not None and person.pk in {officer.pk for officer in officers()}
    return found if found and concerned and found.clock.is_overdue else None  # type: ignore[attr-defined]


def _find(person: Any, object_id: int) -> Application | None:
    return Application.objects.visible_to(person).whole().filter(pk=object_id).first()
