"""Issuing certificates, revoking one, and replacing it when a name was wrong."""

import secrets
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import DurationField, ExpressionWrapper, F, Sum
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from action_plan.actions.courses import hold
from action_plan.course_letters import STATUSES, close_letters, write_again
from action_plan.models import Attendance, Certificate, Course, CourseSession, Nomination
from common.days import today
from review.actions import Refused

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: nothing that is read as something else
LENGTH = 20
CORRECTED = ("name", "language")  # what stands on a certificate


def entitled(course: Course, by: Any) -> list[Nomination]:
    """Those who were at enough sessions and have no valid certificate."""
    sessions = CourseSession.objects.visible_to(by).filter(course=course).count()
    if not sessions:
        return []
    people: Any = Nomination.objects.visible_to(by).filter(course=course).kept().selected().with_attendance()
    enough = people.filter(sessions_held__gte=-(-sessions * course.needed // 100))
    valid = Certificate.objects.visible_to(by).filter(course=course).valid()
    revoked = Certificate.objects.visible_to(by).filter(course=course, replaced_by=None).exclude(revoked_at=None)
    return list(enough.exclude(pk__in=valid.values("nomination")).exclude(pk__in=revoked.values("nomination")))


@transaction.atomic
def issue(*, course: Course, by: Any) -> int:
    """For all who are entitled, when the last session is over. Whose certificate was revoked gets no other by this."""
    held = hold(course, by)
    if CourseSession.objects.visible_to(by).filter(course=held, ends_at__gt=timezone.now()).exists():
        raise Refused(_("The course is not over yet: certificates are issued after its last session."))
    people = entitled(held, by)
    if not people:
        raise Refused(_("Nobody else has been at enough sessions."))
    hours = _hours(held, by)
    for person in people:
        _issue(held, person, hours.get(person.pk, Decimal(0)), by)
    return len(people)


@transaction.atomic
def revoke(*, certificate: Certificate, because: str, by: Any) -> None:
    """Once more changes nothing."""
    standing = Certificate.objects.visible_to(by).filter(pk=certificate.pk).valid()
    standing.update(revoked_at=timezone.now(), revoked_by=by, revoked_because=because)


@transaction.atomic
def correct(*, nomination: Nomination, fields: list[str], by: Any) -> bool:
    """Writes the corrected fields; a valid certificate that says otherwise is replaced. Says whether one was.

    Links that went to an address that was wrong open no more: what they said is written again, to the right one.
    """
    held = Nomination.objects.visible_to(by).select_for_update(of=("self",)).filter(pk=nomination.pk).first()
    if held is None:
        raise Refused(
            _("%(name)s was changed by somebody meanwhile. Look at the table again.") % {"name": nomination.name}
        )
    try:
        with transaction.atomic():
            nomination.save(update_fields=fields)
    except IntegrityError as error:
        raise Refused(_("Somebody with this e-mail address is nominated for this course already.")) from error
    if held.email == nomination.email:
        return _replace(nomination, by)
    letters = _letters_to_repeat(held, by)
    close_letters(held)
    was_replaced = _replace(nomination, by)
    for about in sorted(letters - ({"certificate"} if was_replaced else set())):
        write_again(nomination, about, ends_on=nomination.course.activity.ends_on)
    return was_replaced


def _letters_to_repeat(nomination: Nomination, by: Any) -> set[str]:
    """What is so still; an evaluation is asked for again when nobody has answered."""
    letters = {nomination.status} & set(STATUSES)
    if Certificate.objects.visible_to(by).filter(nomination=nomination).valid().exists():
        letters.add("certificate")
    if nomination.letters.filter(about="evaluation", is_used=False, closed_at=None).exists():
        letters.add("evaluation")
    return letters


def _replace(nomination: Nomination, by: Any) -> bool:
    before = Certificate.objects.visible_to(by).filter(nomination=nomination).valid().first()
    if before is None or all(getattr(before, name) == getattr(nomination, name) for name in CORRECTED):
        return False
    held = hold(nomination.course, by)
    revoke(certificate=before, because=_("Replaced, because what stood on it was corrected."), by=by)
    _issue(held, nomination, before.hours, by, replaces=before)
    return True


def _issue(course: Course, person: Nomination, hours: Decimal, by: Any, replaces: Certificate | None = None) -> None:
    activity = course.activity
    with translation.override(person.language):
        title = activity.title
    Certificate.objects.create(
        nomination=person,
        course=course,
        state_id=person.state_id,
        number="".join(secrets.choice(ALPHABET) for _letter in range(LENGTH)),
        name=person.name,
        title=title,
        language=person.language,
        starts_on=activity.starts_on or today(),
        ends_on=activity.ends_on or activity.starts_on or today(),
        hours=hours,
        issued_by=by,
        issued_on=today(),
        replaces=replaces,
    )
    write_again(person, "certificate", ends_on=activity.ends_on)


def _hours(course: Course, by: Any) -> dict[int, Decimal]:
    lasted = ExpressionWrapper(F("session__ends_at") - F("session__starts_at"), output_field=DurationField())
    there = Attendance.objects.visible_to(by).filter(course=course, was_there=True).order_by()
    rows = there.values_list("nomination").annotate(lasted=Sum(lasted))
    return {person: Decimal(total.total_seconds() / 3600).quantize(Decimal("0.1")) for person, total in rows}
