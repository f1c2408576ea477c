"""Claims of teams: asked for, decided by the programme's officers, ended by either."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from csirt_network.freshness import representatives_of
from csirt_network.models import Team
from exchange.actions.warning import look_for
from exchange.assets import Asset, covers
from exchange.models import AssetClaim
from notices.outbox import post
from review.actions import Refused

ASKED, DECIDED = "claims asked", "claims decided"
STAFF = ("officer", "manager")


@dataclass(frozen=True)
class Asked:
    """`remarks`: sentences on what is claimed already, whole or in part."""

    claims: list[AssetClaim] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


@transaction.atomic
def ask(*, team: Team, assets: Iterable[Asset], note: str, by: Any) -> Asked:
    """What the team claims already is not asked for twice. The programme is told once of all together."""
    Team.objects.select_for_update(no_key=True).get(pk=team.pk)  # two at once are taken one by one
    standing = list(AssetClaim.objects.visible_to(by).standing().filter(team=team))
    held = {Asset(one.kind, one.value): one for one in standing}  # type: ignore[arg-type]
    new = [asset for asset in dict.fromkeys(assets) if asset not in held]
    if len(standing) + len(new) > AssetClaim.MOST:
        raise Refused(
            _("A team may claim %(most)d at most; yours claims %(count)d. End some first.")
            % {"most": AssetClaim.MOST, "count": len(standing)}
        )
    facts = {"team": team, "note": note, "asked_by": by, "asked_at": timezone.now()}
    claims = AssetClaim.objects.bulk_create(AssetClaim(kind=one.kind, value=one.value, **facts) for one in new)
    if claims:
        post(kind=ASKED, object_id=claims[0].pk, people=User.objects.with_staff_role(*STAFF).exclude(pk=by.pk))
    return Asked(claims, list(_remarks(assets, new, list(held))))


def _remarks(assets: Iterable[Asset], new: list[Asset], held: list[Asset]) -> Iterable[str]:
    for one in dict.fromkeys(assets):
        if one not in new:
            yield _("%(asset)s is claimed already.") % {"asset": one.value}
    for at, one in enumerate(new):
        for other in (*held, *new[:at], *new[at + 1 :]):
            if covers(other, one):
                yield _("%(asset)s lies in %(other)s, which your team claims too.") % {
                    "asset": one.value, "other": other.value,
                }  # fmt: skip
            elif covers(one, other) and other in held:
                yield _("%(asset)s holds %(other)s, which your team claims already.") % {
                    "asset": one.value, "other": other.value,
                }  # fmt: skip


@transaction.atomic
def decide(*, claims: Iterable[tuple[int, int]], verdict: str, reason: str, by: Any) -> int:
    """`claims` are pairs of a claim and its `edited` as it was seen. All of them or none; how many changed."""
    seen = dict(claims)
    held = list(
        AssetClaim.objects.visible_to(by)
        .select_for_update(no_key=True, of=("self",))
        .filter(pk__in=seen)
        .order_by("pk")
    )
    waiting = [claim for claim in held if (claim.status, claim.decided_by_id) != (verdict, by.pk)]
    for claim in waiting:
        _refuse_late(claim, seen[claim.pk], by)
    now = timezone.now()
    for claim in waiting:
        facts = {"status": verdict, "reason": reason, "decided_by": by, "decided_at": now, "edited": claim.edited + 1}
        AssetClaim.objects.filter(pk=claim.pk).update(**facts)
    firsts = {claim.team_id: claim for claim in reversed(waiting)}
    for team, first in firsts.items():
        post(kind=DECIDED, object_id=first.pk, people=representatives_of(team))
    if verdict == AssetClaim.Status.APPROVED:
        for claim in waiting:
            look_for(claim)
    return len(waiting)


def _refuse_late(claim: AssetClaim, edited: int, by: Any) -> None:
    if claim.asked_by_id == by.pk:
        raise Refused(_("Somebody else must decide on %(asset)s: you asked for it.") % {"asset": claim})
    if claim.status != AssetClaim.Status.ASKED or claim.edited != edited:
        raise Refused(_("%(asset)s was decided or ended meanwhile. Look at the list again.") % {"asset": claim})


@transaction.atomic
def end(*, claim: AssetClaim, why: str, edited: int, by: Any) -> None:
    """By the team or the programme; nothing is looked for any more. What was found stays."""
    held = AssetClaim.objects.visible_to(by).select_for_update(no_key=True, of=("self",)).get(pk=claim.pk)
    if held.status == AssetClaim.Status.ENDED and held.ended_by_id == by.pk:
        return
    if held.status not in (AssetClaim.Status.ASKED, AssetClaim.Status.APPROVED) or held.edited != edited:
        raise Refused(_("This claim was decided or ended meanwhile. Look at it again."))
    facts = {"ended_by": by, "ended_at": timezone.now(), "why_ended": why, "edited": held.edited + 1}
    AssetClaim.objects.filter(pk=held.pk).update(status=AssetClaim.Status.ENDED, **facts)
    if by.pk not in {person.pk for person in representatives_of(held.team_id)}:
        post(kind=DECIDED, object_id=held.pk, people=representatives_of(held.team_id), threshold="ended")
