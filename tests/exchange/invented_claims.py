"""What teams claim, and what touches it, in the invented worlds of tests/csirt_network/test_differential.py."""

import itertools
from typing import Any

from csirt_network.models import Alert, Team
from exchange.models import AssetClaim, EarlyWarning, StixObject, WarningLook

MODELS: set[Any] = {AssetClaim, EarlyWarning, WarningLook}
NUMBERS = itertools.count()


def populate(teams: list[Team], alert: Alert, held: StixObject, author: Any) -> None:
    """As the programme: each team claims something that the alert touches, and the object, with another as back-up."""
    for number, team in enumerate(teams):
        value = f"x{next(NUMBERS)}.example"
        claim = AssetClaim.objects.create(team=team, kind="domain", value=value, asked_by=author)
        found = {"claim": claim, "team": team, "backup": teams[number - 1], "kind": "domain", "value": "x"}
        EarlyWarning.objects.create(alert=alert, item=f"alert-{alert.pk}", **found)
        EarlyWarning.objects.create(object=held, item=held.stix_id, **found)
        WarningLook.objects.bulk_create([WarningLook(claim=claim)])
