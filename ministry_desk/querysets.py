"""Enquiries belong to the state that asks, as its drafts do; a guest sees the one that was sent to them."""

from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.apps import apps
from django.db import models
from django.db.models import Model, Q

from common.scope import reach_of
from notices.querysets import JobQuerySet

if TYPE_CHECKING:
    from ministry_desk.models import Enquiry, Letter

M = TypeVar("M", bound=Model)


class StateOrGuest(models.QuerySet[M]):
    guest_column = "enquiry_id"

    def visible_to(self, user: Any) -> Self:
        reach = reach_of(user)
        if reach.staff:
            return self.none()
        asked = Q(**{self.guest_column: reach.guest}) if reach.guest else Q(pk__in=())
        return self.filter(Q(state_id__in=reach.states) | asked)


class EnquiryQuerySet(StateOrGuest["Enquiry"]):
    guest_column = "pk"

    def whole(self) -> "EnquiryQuerySet":
        """With all that says how far it is: a fixed number of queries."""
        return self.select_related("asked_by", "update__round").prefetch_related(
            "letters", "answers__asked", "answers__settled_by", "answers__proofs__file"
        )


class LetterQuerySet(JobQuerySet["Letter"]):
    def visible_to(self, user: Any) -> "LetterQuerySet":
        """Administrators see that letters were sent, and nothing of what they asked."""
        if user.is_staff:
            return self
        enquiries = apps.get_model("ministry_desk", "Enquiry").objects.visible_to(user)
        return self.filter(enquiry__in=enquiries)

    def of_token(self, digest: str) -> "LetterQuerySet":
        return self.filter(digests__contains=[digest])

    def in_force(self) -> "LetterQuerySet":
        return self.filter(closed_at=None)
