"""How often a person, or somebody from an address, may do what costs the portal much."""

from allauth.account.adapter import get_adapter
from django.http import HttpRequest

from common.limits import within


def may_again(request: HttpRequest, most: int, seconds: int, *, of: str) -> bool:
    """Counts per person; per address where nobody is signed in."""
    if request.user.is_authenticated:
        return within(most, seconds, of=of, by=f"person {request.user.pk}")
    return within(most, seconds, of=of, by=get_adapter().get_client_ip(request))
