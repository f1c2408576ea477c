"""Deliveries: reported by a partner or the programme, reviewed by somebody else. Only review/ moves them."""

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from csirt_network.actions.files import keep
from notices.outbox import post
from partnerships.actions.commitments import meanwhile
from partnerships.models import Commitment, Delivery, DeliveryFile, DeliveryMove
from partnerships.states import ACCEPT, RETURN, STILL_WRITTEN, SUBMIT
from review.actions import Refused, move
from review.states import Way

REPORTED, ACCEPTED, RETURNED = "delivery reported", "delivery accepted", "delivery returned"


@transaction.atomic
def report(
    *, commitment: Commitment, key: uuid.UUID, facts: Mapping[str, Any], uploads: Iterable[Any], send: bool, by: Any
) -> Delivery:
    """A new delivery, kept or sent at once. The same key again is the same delivery, as it was first sent.

    Or documents' Refused, for a file that cannot be kept.
    """
    mine = Delivery.objects.visible_to(by).filter(commitment=commitment)
    made, is_new = mine.get_or_create(
        key=key,
        defaults={**facts, "commitment": commitment, "partner_id": commitment.partner_id, "made_by": by},
    )
    if is_new:
        _add_files(made, uploads, by)
        if send:
            submit(delivery=made, by=by)
    return made


@transaction.atomic
def change(
    *,
    delivery: Delivery,
    facts: Mapping[str, Any],
    uploads: Iterable[Any],
    taken_away: Iterable[DeliveryFile],
    edited: int,
    by: Any,
) -> None:
    """While it is written; or Refused."""
    mine = Delivery.objects.visible_to(by).filter(pk=delivery.pk, status__in=STILL_WRITTEN)
    if not mine.filter(edited=edited).update(**facts, edited=F("edited") + 1):
        raise Refused(meanwhile() if mine.exists() else str(SUBMIT.refusal))
    DeliveryFile.objects.filter(delivery=delivery, pk__in=[file.pk for file in taken_away]).delete()
    _add_files(delivery, uploads, by)


@transaction.atomic
def submit(*, delivery: Delivery, by: Any) -> None:
    """To the programme. Sent twice it is sent once."""
    sent = {"submitted_by": by, "submitted_at": timezone.now(), "decided_by": None, "decided_at": None}
    try:
        _move(delivery, SUBMIT, by=by, together=sent)
    except Delivery.DoesNotExist:  # a partner that sent it holds it no more
        return
    post(kind=REPORTED, object_id=delivery.pk, people=_reviewers(delivery, but=by))


@transaction.atomic
def decide(*, delivery: Delivery, is_accepted: bool, reason: str, by: Any) -> None:
    """Or Refused, where somebody else decided first or a delivery goes back without a reason."""
    way = ACCEPT if is_accepted else RETURN
    _move(delivery, way, by=by, reason=reason.strip(), together={"decided_by": by, "decided_at": timezone.now()})
    person = User.objects.filter(pk=delivery.submitted_by_id or 0, is_active=True)
    post(kind=ACCEPTED if is_accepted else RETURNED, object_id=delivery.pk, people=person, threshold=_again(delivery))


def _move(delivery: Delivery, way: Way, **more: Any) -> None:
    move(delivery, way, moves=DeliveryMove, **more)


def _again(delivery: Delivery) -> str:
    """Each decision is told, not each kind of decision once."""
    return str(DeliveryMove.objects.filter(subject=delivery).count())


def _add_files(delivery: Delivery, uploads: Iterable[Any], by: Any) -> None:
    for upload in uploads:
        if DeliveryFile.objects.filter(delivery=delivery).count() >= DeliveryFile.MOST:
            most = {"count": DeliveryFile.MOST}
            raise Refused(_("There are %(count)d already, which is the most. Take one away first.") % most)
        keep(DeliveryFile(delivery=delivery, added_by=by), upload=upload)


def _reviewers(delivery: Delivery, but: Any) -> list[User]:
    """Whoever is responsible for the agreement; without one, or when they may not review it, all who review."""
    owner = delivery.commitment.agreement.owner
    if owner and owner.is_active and owner.pk != but.pk and owner.has_perm("partnerships.review_delivery", delivery):
        return [owner]
    able = User.objects.get_queryset().with_staff_role("manager", "officer")
    return list(able.exclude(pk__in=[but.pk, delivery.made_by_id]).order_by("pk"))
