"""Who stands behind an alert: its origin, which readers may not be told, and whoever holds it now."""

from typing import Any

from common.scope import reach_of
from csirt_network.models import Alert, Audience, Team


def origin_of(alert: Alert, user: Any) -> Audience | None:
    """The audience, whose `origin` is the team it comes from; None for who may not know."""
    if not hasattr(alert, "known_origin"):
        found = Audience.objects.visible_to(user).select_related("origin").filter(pk=alert.audience_id).first()
        alert.known_origin = found  # type: ignore[attr-defined]
    return alert.known_origin  # type: ignore[attr-defined]


def is_of_programme(alert: Alert, user: Any) -> bool:
    """Written by the programme's own staff."""
    found = origin_of(alert, user)
    return found is not None and found.origin_id is None


def origin_team(alert: Alert, user: Any) -> Team | None:
    """The team it comes from, where `user` is one of it."""
    found = origin_of(alert, user)
    return found.origin if found and found.origin_id in reach_of(user).teams else None


def hides_source(alert: Alert, user: Any) -> bool:
    """Published by the programme for a team that readers are not told."""
    found = origin_of(alert, user)
    return found is not None and found.origin_id is not None and alert.from_team_id is None
