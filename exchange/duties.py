"""What of claims and early warnings waits for a person."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from common.scope import reach_of
from exchange.actions.claims import ASKED
from exchange.models import AssetClaim, EarlyWarning
from exchange.telling import KIND
from notices.duties import MOST, Duty, duty_kind


def register() -> None:
    duty_kind(
        "early warning",
        heading=gettext_lazy("Early warnings"),
        verb=gettext_lazy("Look into it"),
        find=warnings_to_handle,
        mails=(KIND,),
        page="warning-list",
    )
    duty_kind(
        "claims to decide",
        heading=gettext_lazy("Claims of networks and domains"),
        verb=pgettext_lazy("claim", "Decide"),
        find=claims_to_decide,
        mails=(ASKED,),
        page="claim-decide",
    )


def warnings_to_handle(person: Any) -> Iterator[Duty]:
    """Of the own teams, those that nobody has taken on; the newest are not more urgent than the oldest."""
    teams = reach_of(person).teams
    if not teams:
        return
    found = EarlyWarning.objects.visible_to(person).new().filter(team__in=teams).order_by("found_at", "pk")
    for one in found.select_related("team__state", "alert", "object")[: MOST + 1]:
        yield Duty(one.defanged, one.get_absolute_url(), state=one.team.state, since=one.found_at.date(), tlp=one.tlp)


def claims_to_decide(person: Any) -> Iterator[Duty]:
    if not person.has_perm("exchange.decide_claims"):
        return
    found = AssetClaim.objects.visible_to(person).asked().exclude(asked_by=person.pk)
    found = found.exclude(team__in=reach_of(person).teams).select_related("team__state").order_by("asked_at", "pk")
    for one in found[: MOST + 1]:
        what = _("%(asset)s, claimed by %(team)s") % {"asset": one.value, "team": one.team}
        link = f"{reverse('claim-decide')}?claim={one.pk}"
        yield Duty(what, link, state=one.team.state, since=one.asked_at.date())
