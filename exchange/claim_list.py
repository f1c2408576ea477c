"""Claims and warnings as tables: the same rows for their pages and downloads."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from common.downloads import each, where, whereabouts
from common.moments import as_utc
from exchange.assets import Asset, overlap
from exchange.models import AssetClaim


def overlapping(claims: Iterable[AssetClaim], user: Any) -> dict[int, list[AssetClaim]]:
    """By claim: what other teams hold, approved, that has something in common with it. For staff; one query."""
    claims = list(claims)
    others = AssetClaim.objects.visible_to(user).approved().filter(kind__in={claim.kind for claim in claims})
    held = [(one, _asset(one)) for one in others.select_related("team")]
    return {
        claim.pk: [one for one, asset in held if one.team_id != claim.team_id and overlap(asset, _asset(claim))]
        for claim in claims
    }


def _asset(claim: AssetClaim) -> Asset:
    return Asset(claim.kind, claim.value)  # type: ignore[arg-type]


def claim_lines(claims: QuerySet[AssetClaim]) -> Iterator[list[Any]]:
    yield [
        _("Network, domain or system"), _("Kind"), _("Team"), _("State"), _("Status"), _("Claimed on"), _("Claimed by"),
        _("What shows that it is the team’s"), _("Decided at"), _("Decided by"), _("Reason"), _("Ended at"),
        _("Why it ended"), *where(),
    ]  # fmt: skip
    for one in each(claims):
        yield [
            one.value, one.get_kind_display(), str(one.team), str(one.team.state), one.get_status_display(),
            as_utc(one.asked_at), one.asked_by.name, one.note, as_utc(one.decided_at), _name(one.decided_by),
            one.reason, as_utc(one.ended_at), one.why_ended, *whereabouts(one),
        ]  # fmt: skip


def warning_lines(warnings: QuerySet[Any], own: Iterable[int]) -> Iterator[list[Any]]:
    """The claim that is touched is told its own team alone; the others are told whose it is."""
    yield [
        _("Found at"), _("Value"), _("Kind"), _("What it touches"), _("Team"), _("Item"), "TLP", _("Status"),
        _("Seen by"), _("Seen at"), _("Handled by"), _("Handled at"), _("Note"),
        *where(),
    ]  # fmt: skip
    for one in each(warnings):
        is_own = one.team_id in own
        yield [
            as_utc(one.found_at), one.value, one.get_kind_display(), one.claim.value if is_own else "",
            str(one.team), one.item_name, one.tlp, one.get_status_display(), _name(one.seen_by if is_own else None),
            as_utc(one.seen_at), _name(one.handled_by if is_own else None), as_utc(one.handled_at),
            one.note if is_own else "", *whereabouts(one),
        ]  # fmt: skip


def _name(person: Any) -> str:
    return person.name if person else ""
