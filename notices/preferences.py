"""What a person may choose about mail, and choosing it."""

from collections.abc import Iterable, Mapping
from typing import Any

from common.scope import reach_of, scope
from notices import kinds
from notices.models import MailPreference
from notices.paces import Pace


def matters_of(person: Any) -> list[kinds.Matter]:
    """A liaison is not asked about the mails of reviewers."""
    return [matter for matter in kinds.matters().values() if matter.readers(person)]


def choose(*, person: Any, paces: Mapping[str, str]) -> None:
    """In the scope of the person."""
    MailPreference.objects.bulk_create(
        [MailPreference(person=person, matter=matter, pace=pace) for matter, pace in paces.items()],
        update_conflicts=True,
        unique_fields=["person", "matter"],
        update_fields=["pace"],
    )


def stop(*, person: Any, matters: Iterable[kinds.Matter]) -> None:
    """Whoever holds the address acts as the person in this one thing; the trail does not keep the address."""
    with scope(reach_of(person), page="unsubscribe"):
        choose(person=person, paces={matter.name: Pace.NEVER for matter in matters})
