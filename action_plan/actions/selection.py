"""Nominations, and whom the programme selects: who has a seat, who waits, and who moves up."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from action_plan.course_letters import close_letters, write_again
from action_plan.models import ActivityState, Attendance, Certificate, Course, Nomination
from common.scope import PROGRAMME, reach_of, scope
from member_states.models import Liaison
from notices.outbox import post
from review.actions import Refused

Status = Nomination.Status
DECISIONS = (Status.SELECTED, Status.WAITING, Status.NOT_SELECTED)


@dataclass(frozen=True)
class Decision:
    """`was` is the status that the page showed: when somebody changed it meanwhile, nothing is decided."""

    nomination: int
    status: str
    because: str
    was: str

    def changes(self, row: Nomination) -> bool:
        """What the page showed and nobody touched is left as it is, whatever became of it meanwhile."""
        return self.status != self.was or (row.status == self.was and row.because != self.because)


@transaction.atomic
def nominate(*, nomination: Nomination, course: Course, state: Any, by: Any, paper: str = "") -> None:
    """For the own state alone, while nominations are taken, one person once.

    With `paper`, the number of a note verbale, for a state that named them in its reply.
    """
    nomination.course, nomination.state, nomination.nominated_by, nomination.paper = course, state, by, paper
    _check_open(course)
    invited = ActivityState.objects.visible_to(by).filter(activity=course.activity_id, state=state)
    if not invited.exists():
        raise Refused(_("%(state)s does not take part in this course.") % {"state": state})
    try:
        with transaction.atomic():
            nomination.save()
    except IntegrityError as error:
        raise Refused(_("Somebody with this e-mail address is nominated for this course already.")) from error


def _check_open(course: Course) -> None:
    if not course.is_open:
        raise Refused(_("Nominations for this course are not taken now."))


@transaction.atomic
def withdraw(*, nomination: Nomination, by: Any) -> None:
    """The seat goes to whoever waits longest. Once more changes nothing."""
    held = Nomination.objects.visible_to(by).select_for_update(of=("self",)).filter(pk=nomination.pk).first()
    if held is None:  # what is withdrawn is not theirs to write any more
        return
    if Certificate.objects.visible_to(by).filter(nomination=held).exists():
        raise Refused(_("A certificate was issued for this person already."))
    if Attendance.objects.visible_to(by).filter(nomination=held, was_there=True).exists():
        raise Refused(_("This person has taken part already."))
    gone = {"status": Status.WITHDRAWN, "seat": None, "waiting_since": None}
    mine = Nomination.objects.visible_to(by).filter(pk=held.pk, status__in=("nominated", "selected", "waiting"))
    if not mine.update(withdrawn_by=by, withdrawn_at=timezone.now(), **gone):
        return
    close_letters(held)
    if held.status == Status.SELECTED:
        fill_seats(course=held.course, by=by)


@transaction.atomic
def decide(*, course: Course, decisions: Iterable[Decision], by: Any) -> int:
    """All of them, or none. Says how many were different."""
    held = _hold(course)
    rows = {
        row.pk: row for row in Nomination.objects.visible_to(by).filter(course=held).select_for_update(of=("self",))
    }
    asked = [(rows[one.nomination], one) for one in decisions if one.nomination in rows]
    changed = [(row, one) for row, one in asked if one.changes(row)]
    for row, one in changed:
        _check(row, one, by)
    for row, one in sorted(changed, key=lambda pair: pair[1].status == Status.SELECTED):  # seats are freed first
        _write(held, row, one.status, one.because, by)
    if changed:
        fill_seats(course=held, by=by)
    return len(changed)


def _check(row: Nomination, one: Decision, by: Any) -> None:
    if not row.is_kept:
        raise Refused(_("The data of this person was erased: nothing is decided any more."))
    if row.state_id in reach_of(by).states:
        raise Refused(_("You speak for the state of %(name)s: somebody else decides.") % {"name": row.name})
    if row.status != one.was or row.status == Status.WITHDRAWN:
        raise Refused(_("%(name)s was changed by somebody meanwhile. Look at the table again.") % {"name": row.name})
    if one.status not in DECISIONS:
        raise Refused(_("Choose what becomes of %(name)s.") % {"name": row.name})
    if one.status == Status.NOT_SELECTED and not one.because:
        raise Refused(_("Say why %(name)s is not selected.") % {"name": row.name})
    if row.status == Status.SELECTED and one.status != Status.SELECTED and row.certificates.exists():
        raise Refused(_("%(name)s has a certificate of this course.") % {"name": row.name})


def fill_seats(*, course: Course, by: Any) -> None:
    """Free seats go to whoever waits, in their order, until the course is over; in the programme's name.

    A liaison who withdraws somebody frees a seat for another state: whose it is, that liaison does not learn.
    """
    with scope(PROGRAMME):
        held = _hold(course)
        if _is_over(held):
            return
        waiting = Nomination.objects.filter(course=held).in_line().select_for_update(of=("self",))
        for row in waiting[: len(_free(held))]:
            _write(held, row, Status.SELECTED, "", by)


def _is_over(course: Course) -> bool:
    last = course.sessions.order_by("-ends_at").first()
    return bool(last and last.ends_at < timezone.now()) or course.activity.status in ("done", "cancelled")


def _hold(course: Course) -> Course:
    """In the order in which everybody takes them: the course first, then its nominations."""
    return Course.objects.select_for_update(of=("self",)).select_related("activity").get(pk=course.pk)


def _free(course: Course) -> list[int]:
    given = Nomination.objects.filter(course=course, seat__isnull=False).values_list("seat", flat=True)
    return sorted(set(range(1, course.seats + 1)) - set(given))


def _write(course: Course, row: Nomination, status: str, because: str, by: Any) -> None:
    seat = _seat_for(course, row) if status == Status.SELECTED else None
    is_news = status != row.status
    now = timezone.now()
    since = (row.waiting_since or now) if status == Status.WAITING else None
    Nomination.objects.filter(pk=row.pk).update(
        status=status,
        because=because,
        seat=seat,
        waiting_since=since,
        turn=F("turn") + int(is_news),
        decided_by=by,
        decided_at=now,
    )
    if is_news:
        _tell(course, row, status)


def _seat_for(course: Course, row: Nomination) -> int:
    if row.seat:
        return row.seat
    if Nomination.objects.filter(course=course, email__iexact=row.email).selected().exclude(pk=row.pk).exists():
        raise Refused(_("Somebody with the e-mail address of %(name)s has a seat already.") % {"name": row.name})
    free = _free(course)
    if not free:
        about = {"seats": course.seats, "name": row.name}
        raise Refused(
            _("All %(seats)s seats are given. Put %(name)s on the waiting list, or give the course more seats.") % about
        )
    return free[0]


def _tell(course: Course, row: Nomination, status: str) -> None:
    turn = row.turn + 1
    people = _leads(row.state_id) if row.paper else [row.nominated_by]
    post(kind="nomination decided", object_id=row.pk, people=people, threshold=str(turn))
    write_again(row, status, ends_on=course.activity.ends_on)


def _leads(state: int) -> list[Any]:
    leads = Liaison.objects.current().filter(state=state, kind=Liaison.Kind.LEAD).select_related("person")
    return [lead.person for lead in leads]
