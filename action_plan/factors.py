"""The factors that states rate themselves by, to choose from."""

from typing import Any

from capability.models import Factor


def rated_factors(user: Any) -> Any:
    rated = Factor.objects.visible_to(user).filter(dimension__edition__is_rated_by_states=True)
    return rated.order_by("dimension__position", "position")


def name_of(factor: Factor) -> str:
    return f"{factor.code} {factor}"
