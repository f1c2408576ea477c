"""The mails about compartments. They say that somebody was let in or taken out, under which label, and nothing else."""

from typing import Any

from django.urls import reverse

from notices.kinds import mail_kind
from partnerships.actions.operations import LET_IN
from partnerships.models import CompartmentChange, Operation


def register() -> None:
    mail_kind(LET_IN, find=changed, template="emails/compartment_changed", link=page_of, is_private=True)


def changed(person: Any, object_id: int) -> Any:
    """Whoever was let in and may not read it, as under TLP:RED without being named, gets no mail."""
    found: Any = CompartmentChange.objects.visible_to(person).filter(pk=object_id).first()
    if found is None:
        return None
    found.readable = Operation.objects.visible_to(person).filter(pk=found.operation_id).first()
    return found if found.readable or not found.is_in else None


def page_of(change: Any) -> str:
    return change.readable.get_absolute_url() if change.readable else reverse("operation-list")
