"""What follows in the action plan when a state's profile changes."""

from typing import Any

from django.dispatch import receiver

from action_plan.actions.requests import follow_profile
from capability.signals import profile_changed
from member_states.models import MemberState


@receiver(profile_changed)
def requests_of_profile(sender: Any, state: MemberState, **more: Any) -> None:
    follow_profile(state)
