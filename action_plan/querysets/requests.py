"""What a state asks for is between it and the programme."""

from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db.models import Case, IntegerField, OuterRef, Q, Subquery, Value, When

from action_plan.lives import OPEN, Asked
from action_plan.querysets.plans import OfStateQuerySet

if TYPE_CHECKING:
    from action_plan.models import AskedSupport, AskedSupportMove

LAPSED = Q(update__isnull=False, said__isnull=True)  # the profile asks for it no more


class AskedSupportQuerySet(OfStateQuerySet["AskedSupport"]):
    def standing(self) -> Self:
        return self.exclude(LAPSED)

    def lapsed(self) -> Self:
        return self.filter(LAPSED)

    def waiting(self) -> Self:
        """For the programme's answer."""
        return self.standing().filter(status__in=OPEN)

    def beside_profile(self) -> Self:
        """What liaisons asked for at any time, as long as nothing has settled it."""
        return self.filter(update=None, status__in=[*OPEN, Asked.PLANNED])

    def with_activity(self, user: Any) -> Self:
        """`activity_slug`, of an activity that the reader may read of."""
        activities: Any = apps.get_model("action_plan", "Activity").objects.visible_to(user)
        return self.annotate(
            activity_slug=Subquery(activities.filter(pk=OuterRef("activity")).order_by().values("slug")[:1])
        )

    def in_order(self) -> Self:
        """What waits first; the newest first."""
        waits = Case(When(~LAPSED & Q(status__in=OPEN), then=Value(0)), default=Value(1), output_field=IntegerField())
        return self.annotate(waits=waits).order_by("waits", "-asked_at", "-pk")


class AskedSupportMoveQuerySet(OfStateQuerySet["AskedSupportMove"]):
    pass
