"""Rows of the partnerships in the invented worlds of tests/house/test_wall_differential.py: one partner for each state,
and an agreement with it that is read as that state's activity is.

`MODELS` are the tables whose rows are made here; others of the app get a plain row.
"""

import itertools
from typing import Any

from action_plan.models import Instrument
from partnerships.models import (
    Agreement,
    AgreementInstrument,
    AgreementLink,
    Appearance,
    NamedPerson,
    Partner,
    PartnerContact,
    Party,
)
from tests.partnerships import invented_agreements as of_agreements
from tests.partnerships import invented_operations as of_operations
from tests.partnerships import invented_promises as of_promises

MODELS = {
    Agreement, AgreementInstrument, AgreementLink, Appearance, Partner, Party,
    *of_agreements.MODELS, *of_promises.MODELS, *of_operations.MODELS,
}  # fmt: skip
NUMBERS = itertools.count()


def make_partners() -> list[Partner]:
    return [
        Partner.objects.create(slug=f"partner-{n}", kind="private sector", name_en=f"Partner {n}") for n in range(3)
    ]


def make_contacts(person: Any, partners: list[Partner], memberships: Any) -> None:
    PartnerContact.objects.bulk_create(
        PartnerContact(partner=partners[number], person=person, **dates) for number, dates in memberships
    )


def populate(partners: list[Partner], pairs: list[Any]) -> None:
    """`pairs` are states with what their rows are like; as the programme."""
    agreements = [
        Agreement.objects.create(slug=f"invented-{next(NUMBERS)}", kind="agreement", name_en="x", audience=audience)
        for audience in (_audience(life) for _, life in pairs)
    ]
    instrument = Instrument.objects.create(slug=f"i-{next(NUMBERS)}", kind="strategy", name_en="x", adopted="2004")
    somebody = NamedPerson.objects.create(name=f"Nadia Named {next(NUMBERS)}")
    for number, agreement in enumerate(agreements):
        side = Party.objects.create(agreement=agreement, partner=partners[number])
        Party.objects.create(agreement=agreement, partner=partners[number - 1])
        AgreementInstrument.objects.create(agreement=agreement, instrument=instrument)
        AgreementLink.objects.create(agreement=agreement, other=agreements[number - 1])
        named = {"person": somebody, "part": "signed", "organisation": "x", "title_en": "x"}
        Appearance.objects.create(agreement=agreement, party=side, **named)
        of_agreements.populate(agreement, pairs[number][0])
        of_promises.populate(side, pairs[number])
    Partner.objects.filter(
        pk__in=[p.pk for p, (_, life) in zip(partners, pairs, strict=True) if _is_open(life)]
    ).update(is_published=True)
    of_operations.populate(partners, pairs)


def _audience(life: Any) -> str:
    return {"participants": "parties"}.get(life.activity_audience, life.activity_audience)


def _is_open(life: Any) -> bool:
    return life.activity_audience == "public"
