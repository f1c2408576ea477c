"""What the paths of assessments and reviews name, for whoever may see it; else the page does not exist."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from csirt_network.models import Assessment, PeerReview, Team
from csirt_network.sim3 import Quadrant

QUADRANTS = {quadrant.name.lower(): quadrant for quadrant in Quadrant}


def slug_of(quadrant: Quadrant) -> str:
    return quadrant.name.lower()


def find_team(user: Any, slug: str) -> Team:
    return get_object_or_404(Team.objects.visible_to(user).select_related("state"), slug=slug)


def find_assessment(user: Any, slug: str, version: int) -> Assessment:
    rows = Assessment.objects.visible_to(user).select_related("team__state", "sent_by", "started_by")
    return get_object_or_404(rows.prefetch_related("levels", "proofs"), team__slug=slug, version=version)


def find_review(user: Any, pk: int) -> PeerReview:
    """Without the assessment, which the wall may hide from whoever may see that there is a review."""
    rows = PeerReview.objects.visible_to(user).select_related("team", "reviewer", "answer")
    return get_object_or_404(rows, pk=pk)


def posted(request: HttpRequest) -> Any:
    """For a form that is bound also when nothing was sent with it."""
    return request.POST if request.method == "POST" else None
