"""What every template knows: whether this is a trial, who reads, and the way around."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from accounts.models import StaffRole
from common.scope import reach_of
from member_states.models import MemberState
from notices import addresses, badge
from oas_cyber.guide.contextual import help_url
from oas_cyber.guide.tour import tour_of
from oas_cyber.navigation import navigation_of
from public_site.context import for_templates


def site(request: HttpRequest) -> dict[str, Any]:
    """What is refused before anybody is known, such as a foreign host name, gets a page too."""
    known = {"trial": settings.TRIAL, "languages": settings.LANGUAGES}
    if not hasattr(request, "user"):
        return known
    return known | {
        "navigation": navigation_of(request),
        "help_url": help_url(request),
        "tour": tour_of(request),
        **for_templates(request),
        "my_state": _own_state(request.user),
        "my_role": _first_role(request.user),
        # Asked by the pages that show them: templates call what can be called.
        "my_turn": lambda: badge.count_for(request.user),
        "mail_stopped": lambda: addresses.standing_of(request.user),
    }


def _own_state(user: Any) -> Any:
    """The state a liaison speaks for; asked only where a page shows it."""
    if reach_of(user).staff or not reach_of(user).states:
        return None
    return SimpleLazyObject(lambda: MemberState.objects.own(user).in_order().first())


def _first_role(user: Any) -> str:
    roles = getattr(user, "staff_roles", ())
    return next((str(role.label) for role in StaffRole.Role if role.value in roles), "")
