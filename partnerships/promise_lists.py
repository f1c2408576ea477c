"""Commitments and contributions as tables: for the downloads of their lists."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from common.downloads import where, whereabouts
from partnerships.forms.promise_fields import name_of


def commitment_lines(commitments: Iterable[Any]) -> Iterator[list[Any]]:
    yield [
        _("Agreement"), _("Commitment"), _("Undertaken by"), _("Due"), _("Status"), _("Objectives"), _("Points"),
        _("Activities"), _("Source"), *where(),
    ]  # fmt: skip
    for one in commitments:
        yield [
            one.agreement.name, one.what, name_of(one.party), one.due, one.status_word,
            ", ".join(map(str, one.objectives)), ", ".join(map(str, one.points)), one.activities_seen,
            str(one.source or ""), *whereabouts(one),
        ]  # fmt: skip


def contribution_lines(contributions: Iterable[Any]) -> Iterator[list[Any]]:
    """Amounts are numbers; an empty currency was not stated. What the reader may not know of is empty."""
    yield [
        _("Agreement"), _("Given by"), _("Kind"), _("Programme"), _("How the amount is stated"), _("Amount"),
        _("Currency"), _("In the words of the source"), _("Received"), _("Set aside"), _("Of which spent"),
        _("Announced on"), _("Announced by"), _("Source"), *where(),
    ]  # fmt: skip
    for one in contributions:
        yield [
            one.agreement.name, name_of(one.giver), one.get_kind_display(), one.programme,
            one.get_precision_display(), one.amount, one.currency, one.as_stated, one.received, one.set_aside,
            one.spent, one.announced_on, one.announced_by, str(one.source or ""), *whereabouts(one),
        ]  # fmt: skip
