"""What waits about questions to colleagues in ministries (notices/duties.py)."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy, pgettext_lazy

from capability.models import Update
from common.scope import reach_of
from ministry_desk.models import Enquiry, GuestAnswer
from notices.duties import MOST, Duty, duty_kind


def register() -> None:
    duty_kind(
        "colleague answered",
        heading=gettext_lazy("Answers of colleagues in ministries"),
        verb=pgettext_lazy("to do", "Take over or leave"),
        find=answered,
        mails=("colleague answered",),
    )


def answered(person: Any) -> Iterable[Duty]:
    """What is neither taken over nor left, while the update can be filled in. Closed to staff, as drafts are."""
    reach = reach_of(person)
    if reach.staff or not reach.spoken_for:
        return []
    sent = GuestAnswer.objects.visible_to(person).filter(enquiry=OuterRef("pk"), sent_at__isnull=False, settled_at=None)
    fillable = Update.objects.visible_to(person).to_fill().values("pk")
    mine = Enquiry.objects.visible_to(person).filter(Exists(sent), state__in=reach.spoken_for, update__in=fillable)
    found = mine.select_related("update__state", "update__round").order_by("until", "pk")[: MOST + 1]
    return [_answer(enquiry) for enquiry in found]


def _answer(enquiry: Enquiry) -> Duty:
    update = enquiry.update
    return Duty(str(enquiry), enquiry.get_absolute_url(), update.state, update.due_on, note=str(update.round))
