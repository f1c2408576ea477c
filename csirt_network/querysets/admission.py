"""An application is seen by its sides: the state, the head of the team, the national CSIRT once asked, and staff."""

from typing import TYPE_CHECKING, Any, TypeVar

from django.apps import apps
from django.db import models
from django.db.models import Model, Prefetch, Q

from common.scope import reach_of
from csirt_network.admission.steps import OVER

if TYPE_CHECKING:
    from csirt_network.models.admission import Application, ApplicationDocument, Approval, ClosedDay

M = TypeVar("M", bound=Model)


class ApplicationQuerySet(models.QuerySet["Application"]):
    def visible_to(self, user: Any) -> "ApplicationQuerySet":
        reach = reach_of(user)
        if reach.staff:
            return self
        if reach.person is None:
            return self.none()
        members: Any = apps.get_model("csirt_network", "TeamMember").objects.current()
        represented = members.filter(person=reach.person, kind="representative", team__in=reach.teams).values("team")
        mine = Q(state__in=reach.states) | Q(head_email=user.email.lower())
        return self.filter(mine | Q(consent_of__in=represented))

    def open(self) -> "ApplicationQuerySet":
        return self.exclude(stands__in=OVER)

    def whole(self) -> "ApplicationQuerySet":
        """With all that says how far it is: a fixed number of queries."""
        approvals = apps.get_model("csirt_network", "Approval").objects.select_related("by")
        return self.select_related("state", "team", "consent_of", "opened_by").prefetch_related(
            Prefetch("approvals", approvals)
        )


class OfApplication(models.QuerySet[M]):
    def visible_to(self, user: Any) -> "OfApplication[M]":
        applications: Any = apps.get_model("csirt_network", "Application").objects.visible_to(user)
        return self.filter(application__in=applications)


class ApprovalQuerySet(OfApplication["Approval"]):
    pass


class ApplicationDocumentQuerySet(OfApplication["ApplicationDocument"]):
    pass


class ClosedDayQuerySet(models.QuerySet["ClosedDay"]):
    """When a state works is public."""

    def visible_to(self, user: Any) -> "ClosedDayQuerySet":
        return self
