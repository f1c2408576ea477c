"""What the page of a partner tells: its agreements, the activities they name, its people in public texts, contacts."""

from functools import cached_property
from typing import Any

from django.db.models import Q

from action_plan.models import Activity
from documents.models import Reading
from documents.readings import by_fact
from partnerships.facts_read import subject_of
from partnerships.models import (
    Agreement,
    AgreementActivity,
    Allocation,
    Appearance,
    CommitmentActivity,
    Partner,
    PartnerContact,
)

SHOWN = 200


class PartnerPage:
    def __init__(self, user: Any, partner: Partner) -> None:
        self.user, self.partner = user, partner

    @cached_property
    def agreements(self) -> list[Agreement]:
        return agreements_of(self.user, [self.partner.pk])

    @cached_property
    def activities(self) -> list[Activity]:
        return activities_of(self.user, [self.partner.pk])

    @cached_property
    def people(self) -> list[Appearance]:
        found = Appearance.objects.visible_to(self.user).filter(party__partner=self.partner)
        return list(found.select_related("person", "agreement", "source").order_by("-agreement__concluded_on", "pk"))

    @cached_property
    def readings(self) -> list[list[Reading]]:
        said = Reading.objects.visible_to(self.user).filter(subject=subject_of(self.partner))
        return list(by_fact(said.select_related("source")).values())

    @cached_property
    def contacts(self) -> list[PartnerContact]:
        """Asked only for whoever may read their names (partnerships.view_contacts)."""
        found = PartnerContact.objects.visible_to(self.user).current().filter(partner=self.partner)
        return list(found.select_related("person").order_by("person__name"))


def agreements_of(user: Any, partners: list[int]) -> list[Any]:
    """Those one of them is party to, with `status`."""
    found = Agreement.objects.visible_to(user).with_status().filter(party_ids__overlap=partners)
    return list(found.order_by("-concluded_on", "-pk")[:SHOWN])


def activities_of(user: Any, partners: list[int]) -> list[Activity]:
    """At which an agreement of theirs was concluded, or that it, their contributions or commitments name."""
    agreements = Agreement.objects.visible_to(user).filter(party_ids__overlap=partners)
    paid = Allocation.objects.visible_to(user).filter(partner__in=partners)
    done = CommitmentActivity.objects.visible_to(user).filter(commitment__partner__in=partners)
    under = AgreementActivity.objects.visible_to(user).filter(agreement__in=agreements)
    supported = Q(pk__in=agreements.values("event"))
    for rows in (under, paid, done):
        supported |= Q(pk__in=rows.values("activity"))
    return list(Activity.objects.visible_to(user).filter(supported).order_by("-starts_on", "-pk")[:SHOWN])
