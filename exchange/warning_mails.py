"""The mails of claims and early warnings. Of a warning they say how many there are, under which label, and where."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.scope import reach_of
from common.tlp import strictest
from csirt_network.models import Team
from exchange.actions.claims import ASKED, DECIDED
from exchange.models import AssetClaim, EarlyWarning
from exchange.telling import KIND
from notices.kinds import Matter, mail_kind, staff

CLAIMS = Matter("claims", _("A team claims networks or domains"), staff)


@dataclass(frozen=True)
class Warned:
    """What was found together. `items`: how many alerts and objects; `team`: whose assets, where not the reader's."""

    label: str
    items: int
    codes: list[str]
    team: Team | None

    def get_absolute_url(self) -> str:
        return reverse("warning-list")


@dataclass(frozen=True)
class Waiting:
    """Claims of one team that wait for a decision."""

    team: Team
    count: int

    def get_absolute_url(self) -> str:
        return f"{reverse('claim-decide')}?team={self.team.slug}"


@dataclass(frozen=True)
class Decided:
    """Claims of one team that were decided at one moment; or one that the programme ended."""

    team: Team
    claims: list[AssetClaim]

    @property
    def status(self) -> str:
        return self.claims[0].status

    @property
    def reason(self) -> str:
        first = self.claims[0]
        return first.why_ended if first.status == AssetClaim.Status.ENDED else first.reason

    def get_absolute_url(self) -> str:
        return self.claims[0].get_absolute_url() if len(self.claims) == 1 else reverse("claim-list")


def warned_for(person: Any, pk: int) -> Warned | None:
    """As far as the person may read it now; None when all of it is handled or out of their reach."""
    found = EarlyWarning.objects.visible_to(person).in_mail(pk).unhandled()
    rows = list(found.select_related("alert", "object", "team__state"))
    if not rows:
        return None
    others = [row.team for row in rows if row.team_id not in reach_of(person).teams]
    codes = sorted({row.alert.code for row in rows if row.alert})
    label = strictest(row.tlp for row in rows).label
    return Warned(label, len({row.item for row in rows}), codes, others[0] if others else None)


def waiting_for(person: Any, pk: int) -> Waiting | None:
    """For whoever may decide, while any of those asked for together waits."""
    first = AssetClaim.objects.visible_to(person).select_related("team").filter(pk=pk).first()
    if first is None or not person.has_perm("exchange.decide_claims"):
        return None
    count = AssetClaim.objects.visible_to(person).asked().filter(team=first.team_id, asked_at=first.asked_at).count()
    return Waiting(first.team, count) if count else None


def decided_for(person: Any, pk: int) -> Decided | None:
    claims = AssetClaim.objects.visible_to(person).select_related("team").filter(team__in=reach_of(person).teams)
    first = claims.filter(pk=pk).exclude(status=AssetClaim.Status.ASKED).first()
    if first is None:
        return None
    together = claims.filter(team=first.team_id, status=first.status, decided_at=first.decided_at)
    return Decided(first.team, list(together if first.status != AssetClaim.Status.ENDED else [first]))


def register() -> None:
    """That something touches the own networks always comes."""
    mail_kind(KIND, find=warned_for, template="emails/early_warning", is_private=True)
    mail_kind(ASKED, find=waiting_for, template="emails/claims_asked", matter=CLAIMS)
    mail_kind(DECIDED, find=decided_for, template="emails/claims_decided")
