"""How often a person, or somebody from a network, may do what costs the portal much."""

from allauth.core.internal import ratelimit
from django.http import HttpRequest

from common.limits import within


def may_again(request: HttpRequest, most: int, seconds: int, *, of: str) -> bool:
    """Counts per person; per network where nobody is signed in."""
    if request.user.is_authenticated:
        return within(most, seconds, of=of, by=f"person {request.user.pk}")
    return within(most, seconds, of=of, by=network_of(request))


def network_of(request: HttpRequest) -> str:
    """What a limit by address counts: an address of IPv4; of IPv6 the /64, all of which one subscriber has."""
    return ratelimit.get_ip(request)
