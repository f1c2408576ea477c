"""What a path names, for whoever may see it; else the page does not exist."""

from typing import Any

from django.shortcuts import get_object_or_404

from capability.models import Submission, Update


def find_update(user: Any, state: str, round: str) -> Update:
    """With everything that was sent in it: an update that another state merely shares is not found."""
    updates = Update.objects.visible_to(user).in_full(user).select_related("state", "round", "edition")
    return get_object_or_404(updates, state__slug=state, round__slug=round)


def last_submission(user: Any, update: Update) -> Submission | None:
    sent = Submission.objects.visible_to(user).filter(update_sent=update).select_related("submitted_by")
    submission = sent.order_by("-number").first()
    if submission:
        submission.update_sent = update
    return submission
