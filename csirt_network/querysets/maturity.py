"""Who reads what a team says of its maturity: the team; once it is sent its state's liaisons and the programme; and a
team that was asked to review it, from taking that on until it is closed."""

from typing import TYPE_CHECKING, Any, TypeVar

from django.apps import apps
from django.db import models
from django.db.models import Model, Q

from common.scope import reach_of

if TYPE_CHECKING:
    from csirt_network.models import Assessment, PeerReview, ProfileLevel, Sim3Profile

M = TypeVar("M", bound=Model)


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    def visible_to(self, user: Any) -> "AssessmentQuerySet":
        reach = reach_of(user)
        own, sent = Q(team__in=reach.teams), Q(sent_at__isnull=False)
        if reach.staff:
            return self.filter(sent | own)
        return self.filter(own | Q(state__in=reach.states) & sent | Q(pk__in=_under_review(reach.teams)) & sent)

    def sent(self) -> "AssessmentQuerySet":
        return self.filter(sent_at__isnull=False)

    def drafts(self) -> "AssessmentQuerySet":
        return self.filter(sent_at=None)


class OfAssessmentQuerySet(models.QuerySet[M]):
    def visible_to(self, user: Any) -> "OfAssessmentQuerySet[M]":
        return self.filter(assessment__in=_model("Assessment").objects.visible_to(user).values("pk"))


class PeerReviewQuerySet(models.QuerySet["PeerReview"]):
    def visible_to(self, user: Any) -> "PeerReviewQuerySet":
        reach = reach_of(user)
        if reach.staff:
            return self
        ours = Q(team__in=reach.teams) | Q(reviewer__in=reach.teams)
        return self.filter(ours | Q(state__in=reach.states))

    def open(self) -> "PeerReviewQuerySet":
        return self.filter(closed_at=None)

    def asked_of(self, user: Any) -> "PeerReviewQuerySet":
        """Those that `user`'s teams were asked for."""
        return self.filter(reviewer__in=reach_of(user).teams)


class OfReviewQuerySet(models.QuerySet[M]):
    def visible_to(self, user: Any) -> "OfReviewQuerySet[M]":
        return self.filter(review__in=_model("PeerReview").objects.visible_to(user).values("pk"))


class Sim3ProfileQuerySet(models.QuerySet["Sim3Profile"]):
    def visible_to(self, user: Any) -> "Sim3ProfileQuerySet":
        return self if _is_of_network(user) else self.none()

    def offered(self) -> "Sim3ProfileQuerySet":
        return self.filter(is_offered=True)


class ProfileLevelQuerySet(models.QuerySet["ProfileLevel"]):
    def visible_to(self, user: Any) -> "ProfileLevelQuerySet":
        return self if _is_of_network(user) else self.none()


def _is_of_network(user: Any) -> bool:
    reach = reach_of(user)
    return reach.staff or reach.community or bool(reach.states)


def _under_review(teams: tuple[int, ...]) -> Any:
    reviews = _model("PeerReview")._base_manager.filter(reviewer__in=teams, closed_at=None, answer__is_accepted=True)
    return reviews.values("assessment")


def _model(name: str) -> Any:
    return apps.get_model("csirt_network", name)
