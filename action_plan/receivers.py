"""What follows in the action plan when a state's profile changes, and when a person's secrets end."""

from typing import Any

from django.dispatch import receiver

from accounts.models import User
from accounts.signals import all_revoked
from action_plan.actions.calendar_feeds import revoke_feeds_of
from action_plan.actions.requests import follow_profile
from capability.signals import profile_changed
from member_states.models import MemberState


@receiver(profile_changed)
def requests_of_profile(sender: Any, state: MemberState, **more: Any) -> None:
    follow_profile(state)


@receiver(all_revoked)
def calendars_of_person(sender: Any, person: User, **more: Any) -> None:
    revoke_feeds_of(person)
