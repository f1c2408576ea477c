"""Which states let everybody read what they told the programme."""

from typing import Any

from django.contrib.auth.models import AnonymousUser

from capability.models import Answer


def published_answers() -> Any:
    """Of the edition that states rate themselves. The levels of 2016 belong to the publishers of that report."""
    rated = Answer.objects.visible_to(AnonymousUser()).current().exclude(update__round=None)
    return rated.filter(stage__isnull=False, indicator__factor__dimension__edition__is_rated_by_states=True)


def publishing() -> set[int]:
    """States of which a visitor may read at least one accepted answer; the same whoever asks."""
    return set(published_answers().order_by().values_list("state_id", flat=True).distinct())
