"""Partners, their people and what was agreed with them. Needs the programme's scope, but for contacts."""

from datetime import date
from typing import Any

from django.utils.text import slugify

from accounts.models import User
from partnerships.models import Agreement, Partner, PartnerContact, Party
from tests.factories.accounts import make_person

LONG_AGO = date(2020, 1, 1)


def make_partner(name: str, **facts: Any) -> Partner:
    """A published partner of the OAS, unless said otherwise."""
    facts = {"slug": slugify(name), "kind": "private", "is_published": True, **facts}
    return Partner.objects.create(name_en=name, **facts)


def make_contact(name: str, partner: Partner, *, starts_on: date = LONG_AGO, **facts: Any) -> User:
    person = make_person(name, **facts)
    PartnerContact.objects.create(partner=partner, person=person, starts_on=starts_on)
    return person


def make_agreement(name: str, *partners: Partner, with_oas: bool = True, **facts: Any) -> Agreement:
    """Concluded between the OAS and `partners`, read by its parties, unless said otherwise."""
    facts = {"slug": slugify(name), "kind": "agreement", "phase": "concluded", "audience": "parties", **facts}
    agreement = Agreement.objects.create(name_en=name, **facts)
    sides = [None, *partners] if with_oas else list(partners)
    for position, partner in enumerate(sides):
        Party.objects.create(agreement=agreement, partner=partner, position=position)
    agreement.refresh_from_db(fields=["party_ids"])
    return agreement
