"""Commitments and contributions as tables: for the downloads of their lists."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from common.downloads import each, where, whereabouts
from partnerships.contribution_page import ContributionPage
from partnerships.forms.promise_fields import name_of


def commitment_lines(commitments: QuerySet[Any]) -> Iterator[list[Any]]:
    yield [
        _("Agreement"), _("Commitment"), _("Undertaken by"), _("Due"), _("Status"), _("Objectives"), _("Points"),
        _("Activities"), _("Source"), *where(),
    ]  # fmt: skip
    for one in each(commitments):
        yield [
            one.agreement.name, one.what, name_of(one.party), one.due, one.status_word,
            ", ".join(map(str, one.objectives)), ", ".join(map(str, one.points)), one.activities_seen,
            str(one.source or ""), *whereabouts(one),
        ]  # fmt: skip


def contribution_lines(contributions: QuerySet[Any]) -> Iterator[list[Any]]:
    """Amounts are numbers; an empty currency was not stated. What the reader may not know of is empty."""
    yield [
        _("Agreement"), _("Given by"), _("Kind"), _("Programme"), _("How the amount is stated"), _("Amount"),
        _("Currency"), _("In the words of the source"), _("Received"), _("Set aside"), _("Of which spent"),
        _("Announced on"), _("Announced by"), _("Source"), *where(),
    ]  # fmt: skip
    for one in each(contributions):
        yield [
            one.agreement.name, name_of(one.giver), one.get_kind_display(), one.programme,
            one.get_precision_display(), one.amount, one.currency, one.as_stated, one.received, one.set_aside,
            one.spent, one.announced_on, one.announced_by, str(one.source or ""), *whereabouts(one),
        ]  # fmt: skip


def part_lines(page: ContributionPage) -> Iterator[list[Any]]:
    """What came in of one contribution, then where it goes."""
    yield [
        _("What it is"), _("Amount"), _("Currency"), _("Due on"), _("Received on"), _("Activity"), _("State"),
        _("Point"), _("Of which spent"), _("Note"),
    ]  # fmt: skip
    currency = page.contribution.currency
    for one in page.instalments:
        yield [_("Instalment"), one.amount, currency, one.due_on, one.received_on, "", "", "", "", one.note]
    for one in page.allocations:
        unnamed = _("An activity of the programme") if one.activity_id else ""
        yield [
            _("Allocation"), one.amount, currency, "", "", one.named.title if one.named else unnamed,
            str(one.state or ""), one.on_point, one.spent, one.note,
        ]  # fmt: skip


def delivery_lines(deliveries: QuerySet[Any]) -> Iterator[list[Any]]:
    yield [
        _("Agreement"), _("Commitment"), _("Undertaken by"), _("What was delivered"), _("Delivered on"),
        _("Link that shows it"), _("The commitment is kept with this"), _("Reported by"), _("Sent on"), *where(),
    ]  # fmt: skip
    for one in each(deliveries):
        commitment = one.commitment
        yield [
            commitment.agreement.name, commitment.what, name_of(commitment.party), one.what, one.on, one.link,
            _("yes") if one.fulfils else _("no"), str(one.submitted_by), localtime(one.submitted_at).date(),
            *whereabouts(one),
        ]  # fmt: skip


def rate_lines(rates: QuerySet[Any]) -> Iterator[list[Any]]:
    """A rate has no page of its own: the address is that of the list."""
    yield [_("From"), _("To"), _("Rate"), _("Of"), _("Taken from"), _("Entered by"), *where()]
    page = settings.SITE_URL + reverse("rate-list")
    for one in each(rates):
        yield [one.base, one.quote, one.rate.normalize(), one.on, one.taken_from, one.entered_by.name, one.pk, page]
