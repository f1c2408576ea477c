"""Comments on alerts, and corrections that readers propose."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import User
from csirt_network.actions.publishing import change, keep_version, readers_today, tell
from csirt_network.actions.writing import lock
from csirt_network.models import Alert, Comment, Correction, Team, TeamMember
from csirt_network.signals import alert_changed
from notices.outbox import post
from review.actions import Refused

CORRECTED = gettext_noop("A reader proposed better words for one part of it.")
COMMENTED = "alert commented"
CORRECTION_PROPOSED, CORRECTION_DECIDED = "alert correction", "alert correction decided"


@transaction.atomic
def comment(*, alert: Alert, team: Team | None, text: str, key: UUID, by: Any) -> None:
    """Once per key. Whoever took part is told: who wrote the alert, and who commented on it before."""
    written = Comment.objects.filter(key=key)
    if written.exists():
        return
    Comment.objects.bulk_create(
        [Comment(alert=alert, team=team, text=text.strip(), key=key, by=by)], ignore_conflicts=True
    )
    alert_changed.send(sender=Alert, alert=alert)
    took_part = {alert.author_id, *alert.comments.values_list("by", flat=True)} - {by.pk}
    people = User.objects.filter(pk__in=took_part, is_active=True)
    post(kind=COMMENTED, object_id=written.get().pk, people=list(people))


@transaction.atomic
def withdraw_comment(*, comment: Comment, by: Any) -> None:
    """Whoever wrote it; twice is once. What it said is kept in the audit trail and shown to nobody."""
    if comment.by_id != by.pk:
        raise Refused(_("Only whoever wrote a comment may withdraw it."))
    Comment.objects.filter(pk=comment.pk, withdrawn_at=None).update(withdrawn_at=timezone.now())
    alert_changed.send(sender=Alert, alert=comment.alert)


@transaction.atomic
def propose(*, alert: Alert, team: Team, field: str, after: str, reason: str, key: UUID, by: Any) -> None:
    """Once per key. Raises Refused when nothing would change."""
    before = getattr(alert, field)
    if before.strip() == after.strip():
        raise Refused(_("These are the words of the alert. Change what is wrong in them."))
    if alert.closed_at:
        raise Refused(_("This alert is closed: it is not changed any more."))
    proposed = Correction.objects.filter(key=key)
    if proposed.exists():
        return
    facts = {"version": alert.version, "team": team, "by": by, "key": key}
    Correction.objects.bulk_create(
        [Correction(alert=alert, field=field, before=before, after=after.strip(), reason=reason.strip(), **facts)],
        ignore_conflicts=True,
    )
    post(kind=CORRECTION_PROPOSED, object_id=proposed.get().pk, people=deciders_of(alert))


def deciders_of(alert: Alert) -> list[Any]:
    if alert.from_team_id is None:
        return list(User.objects.with_staff_role("officer", "manager"))
    members = User.objects.filter(teams__in=_representatives(alert)).distinct()
    return list(members)


def _representatives(alert: Alert) -> Any:
    return TeamMember.objects.current().filter(team=alert.from_team_id, kind="representative")


@transaction.atomic
def refuse_correction(*, correction: Correction, answer: str, by: Any) -> None:
    _decide(correction, is_accepted=False, answer=answer.strip(), by=by)


@transaction.atomic
def accept_correction(*, correction: Correction, answer: str, by: Any) -> None:
    """A new version with these words, for the same readers; they are told what has changed."""
    alert = lock(correction.alert)
    if not alert.is_out or alert.closed_at:
        raise Refused(_("This alert is closed: it is not changed any more."))
    _decide(correction, is_accepted=True, answer=answer.strip(), by=by)
    words = {correction.field: correction.after}
    change(alert, **words, version=alert.version + 1, edited=alert.edited + 1, edited_by=by)
    # Of a version its readers keep what it says; the name of who proposed it is not theirs to learn.
    keep_version(alert, by=by, what_changed=_(CORRECTED))
    tell(alert, readers_today(alert), kind="alert updated", by=by, threshold=f"v{alert.version}")


def _decide(correction: Correction, *, is_accepted: bool, answer: str, by: Any) -> None:
    decided = Correction.objects.filter(pk=correction.pk, decided_at=None).update(
        is_accepted=is_accepted, answer=answer, decided_by=by, decided_at=timezone.now()
    )
    if not decided:
        raise Refused(_("Somebody has decided this correction already."))
    post(kind=CORRECTION_DECIDED, object_id=correction.pk, people=[correction.by])
