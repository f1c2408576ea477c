"""Partners, and what was agreed with them."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from partnerships.agreement_list import agreements_for, with_parties
from partnerships.models import Agreement, Contribution, Partner
from partnerships.standing import STATUSES
from public_site.datasets.kind import (
    DAY,
    NUMBER,
    PAGE,
    SOURCE,
    TEXT,
    YES_NO,
    Column,
    Dataset,
    Row,
    address,
    day,
    four,
    listed,
    texts,
)


def partners(user: Any) -> Iterator[Row]:
    for one in Partner.objects.visible_to(user).select_related("source").order_by("slug"):
        yield [
            one.slug,
            *texts(one, "name"),
            *texts(one, "about"),
            one.kind,
            one.country,
            one.since,
            one.until,
            one.is_of_the_oas,
            one.website,
            one.source.key if one.source else None,
            address(one),
        ]


def agreements(user: Any) -> Iterator[Row]:
    found: Any = with_parties(agreements_for(user).select_related("source"), user)
    for one in found:
        yield [
            one.slug,
            *texts(one, "name"),
            one.kind,
            one.status,
            listed(side.name for side in one.sides),
            day(one.concluded_on),
            one.precision if one.concluded_on else None,
            one.place,
            day(one.starts_on),
            day(one.ends_on),
            one.end,
            listed(one.objectives),
            listed(one.points),
            one.reference,
            one.source.key if one.source else None,
            address(one),
        ]


def contributions(user: Any) -> Iterator[Row]:
    found = Contribution.objects.visible_to(user).select_related("agreement", "giver__partner", "source")
    for one in found.order_by("slug"):
        yield [
            one.slug,
            one.agreement.slug,
            one.giver.name,
            one.kind,
            *texts(one, "what"),
            one.precision,
            one.amount,
            one.currency,
            one.as_stated,
            one.announced_on,
            one.announced_by,
            one.source.key if one.source else None,
            address(one),
        ]


PARTNERS = Dataset(
    slug="partners",
    title=_("Partners"),
    about=_("Organisations that work with the programme, and those that are party to agreements it follows."),
    columns=(
        Column("id", _("Name of the partner in addresses of the portal.")),
        *four("name", _("Name.")),
        *four("about", _("What it does with the programme.")),
        Column("kind", _("What kind of organisation it is."), TEXT, tuple(Partner.Kind.values)),
        Column("country", _("Country, by ISO 3166-1 alpha-2.")),
        Column("since", _("Since when, as exact as the source.")),
        Column("until", _("Until when, as exact as the source.")),
        Column("of_the_oas", _("Whether it is a partner of the OAS itself."), YES_NO),
        Column("website", _("Its website.")),
        SOURCE,
        PAGE,
    ),
    rows=partners,
    page="partner-list",
)
AGREEMENTS = Dataset(
    slug="agreements",
    title=_("Agreements"),
    about=_("What the OAS and its partners agreed on, with the source of each."),
    columns=(
        Column("id", _("Name of the agreement in addresses of the portal.")),
        *four("name", _("Name.")),
        Column("kind", _("What kind of agreement it is."), TEXT, tuple(Agreement.Kind.values)),
        Column("status", _("Where it stands on the date of the data."), TEXT, tuple(STATUSES)),
        Column("parties", _("Parties, by name in English, separated by semicolons.")),
        Column("concluded_on", _("Day on which it was signed or announced."), DAY),
        Column("precision", _("How exact that day is."), TEXT, tuple(Agreement.Precision.values)),
        Column("place", _("Place.")),
        Column("starts_on", _("In force from."), DAY),
        Column("ends_on", _("In force until."), DAY),
        Column("end", _("What is known of its end."), TEXT, tuple(Agreement.End.values)),
        Column("objectives", _("Objectives it serves, from 1 to 5, separated by semicolons.")),
        Column("points", _("Points of the plan it serves, from 1 to 7, separated by semicolons.")),
        Column("reference", _("Reference of its source.")),
        SOURCE,
        PAGE,
    ),
    rows=agreements,
    page="agreement-list",
)
CONTRIBUTIONS = Dataset(
    slug="contributions",
    title=_("Contributions"),
    about=_("Money and help that agreements name, as their sources state them."),
    columns=(
        Column("id", _("Name of the contribution in addresses of the portal.")),
        Column("agreement", _("The agreement, by its id.")),
        Column("given_by", _("Who gives it, by name in English.")),
        Column("kind", _("Money or something else."), TEXT, tuple(Contribution.Kind.values)),
        *four("what", _("What it is for, or what is given.")),
        Column("precision", _("How the amount is stated."), TEXT, tuple(Contribution.Precision.values)),
        Column("amount", _("Amount."), NUMBER),
        Column("currency", _("Currency by ISO 4217. Empty: the source does not say.")),
        Column("as_stated", _("The amount in the words of the source.")),
        Column("announced_on", _("When it was announced: a year, a month or a day.")),
        Column("announced_by", _("Who announced it.")),
        SOURCE,
        PAGE,
    ),
    rows=contributions,
    page="contribution-list",
)
