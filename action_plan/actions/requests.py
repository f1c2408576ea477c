"""The life of requests for support: asked, answered by the programme, and told to the state."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from action_plan.lives import DECLINE, MEET, PLAN, TAKE_BACK, TAKE_OVER, Asked, Way
from action_plan.models import Activity, AskedSupport, AskedSupportMove, PlanLine
from capability.models import SupportRequest
from member_states.models import Liaison, MemberState
from notices.outbox import post
from review.actions import Refused

OF_UPDATE = {"planned": Asked.PLANNED, "declined": Asked.DECLINED}
SAID = {Asked.PLANNED: "planned", Asked.MET: "planned", Asked.DECLINED: "declined"}


@transaction.atomic
def ask(*, state: MemberState, key: UUID, by: Any, **given: Any) -> AskedSupport:
    """The same key twice is one request."""
    request, is_new = AskedSupport.objects.get_or_create(key=key, defaults={"state": state, "asked_by": by, **given})
    if is_new:
        officers = User.objects.with_staff_role("officer", "manager")
        post(kind="support asked", object_id=request.pk, people=officers)
    return request


def take_over(*, request: AskedSupport, by: Any) -> None:
    _move(request, TAKE_OVER, by=by, officer_id=by.pk)


def plan(*, request: AskedSupport, line: PlanLine | None, activity: Activity | None, by: Any, reason: str = "") -> None:
    """Raises Refused without a line of the state's plan or an activity that answers it."""
    if line is None and activity is None:
        raise Refused(_("Choose the line of the plan or the activity that answers the request."))
    links = {"line_id": line.pk if line else None, "activity_id": activity.pk if activity else None}
    _move(request, PLAN, by=by, reason=reason, officer_id=request.officer_id or by.pk, **links)


def decline(*, request: AskedSupport, reason: str, by: Any) -> None:
    _move(request, DECLINE, by=by, reason=reason, officer_id=request.officer_id or by.pk)


def meet(*, request: AskedSupport, reason: str, by: Any) -> None:
    _move(request, MEET, by=by, reason=reason)


def take_back(*, request: AskedSupport, by: Any) -> None:
    if request.update_id:
        raise Refused(_("This was asked for in an update. The next one says whether it is still needed."))
    _move(request, TAKE_BACK, by=by)


@transaction.atomic
def _move(request: AskedSupport, way: Way, *, by: Any, reason: str = "", **together: Any) -> AskedSupportMove:
    """Raises Refused. Two at once: one moves, the other is refused. The state hears of all but being taken over."""
    rows = AskedSupport.objects.filter(pk=request.pk)
    before, said = rows.select_for_update().values_list("status", "said")[0]
    if before not in way.start:
        raise Refused(str(way.refusal))
    if way.needs_reason and not reason.strip():
        raise Refused(_("Write why: the state reads it."))
    rows.update(status=way.end, **together)
    step = AskedSupportMove.objects.create(
        subject=request,
        state_id=request.state_id,
        status_before=before,
        status_after=way.end,
        by=by,
        reason=reason.strip(),
    )
    if way.end in SAID:
        SupportRequest.objects.filter(pk=said).update(answer=SAID[way.end])
        post(kind="support answered", object_id=step.pk, people=_liaisons(request))
    request.refresh_from_db()
    return step


def _liaisons(request: AskedSupport) -> list[User]:
    held = Liaison.objects.current().filter(state=request.state_id, person__is_active=True).select_related("person")
    return [liaison.person for liaison in held]


@transaction.atomic
def follow_profile(state: MemberState) -> None:
    """What the state's profile asks for stands in the list, once; what it asks for no more has lapsed.

    A need in the same words for the same point is the same request, whichever update says it.
    """
    wanted = {(one.point, one.need): one for one in SupportRequest.objects.current().filter(state=state)}
    known = AskedSupport.objects.filter(state=state, update__isnull=False).select_for_update().order_by("pk")
    have = {(one.point, one.need): one for one in known}
    known.exclude(said__in=[one.pk for one in wanted.values()]).update(said=None)
    for words, said in wanted.items():
        if words not in have:
            _take_in(said)
        elif have[words].said_id != said.pk:
            AskedSupport.objects.filter(pk=have[words].pk).update(said=said)


def _take_in(said: SupportRequest) -> None:
    AskedSupport.objects.create(
        state_id=said.state_id,
        point=said.point,
        need=said.need,
        status=OF_UPDATE.get(said.answer, Asked.SENT),
        update_id=said.update_id,
        said=said,
    )
