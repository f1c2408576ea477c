"""Who reads of an activity: its audience says so; the states that take part as soon as it is not the staff's alone."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, Func, IntegerField, Model, OuterRef, Q, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from common.scope import Reach, reach_of

if TYPE_CHECKING:
    from action_plan.models import Activity, ActivityFile, ActivityState, Output, ParticipantCount

M = TypeVar("M", bound=Model)
GENDERS = ("women", "men", "other", "not_stated")
LONGEST_DAYS = 3 * 366  # of an activity; the calendar looks back no further


def shared_with(reach: Reach) -> Q:
    return Q(audience__in=["public", "states"] if reach.states else ["public"])


class ActivityQuerySet(models.QuerySet["Activity"]):
    def visible_to(self, user: Any) -> "ActivityQuerySet":
        reach = reach_of(user)
        if reach.staff:
            return self
        states: Any = self.model._meta.get_field("taking_part").related_model
        own = Exists(states.objects.filter(activity=OuterRef("pk"), state__in=reach.states))
        return self.filter(shared_with(reach) | (~Q(audience="staff") & Q(own)))

    def of_state(self, state: Any, user: Any) -> "ActivityQuerySet":
        """In which the state takes part, as far as `user` may know it."""
        states: Any = apps.get_model("action_plan", "ActivityState").objects.visible_to(user)
        return self.filter(Exists(states.filter(activity=OuterRef("pk"), state=state)))

    def between(self, first: date, last: date) -> "ActivityQuerySet":
        """That touch these days. No longer than LONGEST_DAYS each, so that the index on the first day bounds both."""
        begun = self.filter(starts_on__lte=last, starts_on__gte=first - timedelta(days=LONGEST_DAYS))
        return begun.filter(Q(ends_on__gte=first) | Q(ends_on=None, starts_on__gte=first))

    def standing(self) -> "ActivityQuerySet":
        """Neither over nor given up."""
        return self.exclude(status__in=("done", "cancelled"))

    def with_figures(self) -> "ActivityQuerySet":
        """Each with `figures`: women, men, other, not stated, in one pass over its own rows; None: nobody counted."""
        counts: Any = apps.get_model("action_plan", "ParticipantCount").objects
        return self.annotate(figures=Subquery(counts.filter(activity=OuterRef("pk")).in_one()))

    def newest_first(self) -> "ActivityQuerySet":
        """What has no date yet comes first."""
        return self.order_by(F("starts_on").desc(nulls_first=True), "-pk")

    def after(self, activity: "Activity") -> "ActivityQuerySet":
        """The rest of `newest_first` after this one, said so that the index is walked from there on."""
        if activity.starts_on is None:
            return self.filter(Q(starts_on__isnull=False) | Q(pk__lt=activity.pk))
        return self.filter(
            Q(starts_on__lt=activity.starts_on) | Q(pk__lt=activity.pk), starts_on__lte=activity.starts_on
        )


class ActivityStateQuerySet(models.QuerySet["ActivityState"]):
    def visible_to(self, user: Any) -> "ActivityStateQuerySet":
        reach = reach_of(user)
        if reach.staff:
            return self
        return self.filter(shared_with(reach) | (~Q(audience="staff") & Q(state__in=reach.states)))


class OfActivity(models.QuerySet[M]):
    """What hangs on an activity is read by whoever reads of the activity."""

    def visible_to(self, user: Any) -> Self:
        if reach_of(user).staff:
            return self
        activities: Any = apps.get_model("action_plan", "Activity").objects.visible_to(user)
        return self.filter(Exists(activities.filter(pk=OuterRef("activity"))))


class OfActivityAndState(OfActivity[M]):
    def naming_states_for(self, user: Any) -> Self:
        """Without what names another state of an activity that only those who take part read of."""
        reach = reach_of(user)
        if reach.staff:
            return self
        shared = Q(activity__audience__in=["public", "states"] if reach.states else ["public"])
        return self.filter(shared | Q(state=None) | Q(state__in=reach.states))


class ParticipantCountQuerySet(OfActivityAndState["ParticipantCount"]):
    """The sums stand here and nowhere else: page, list, downloads and API all ask for these."""

    def summed(self, *by: str) -> Any:
        """A dict for each of what is named in `by`, with its four figures and their `total`."""
        sums = {gender: Coalesce(Sum(gender), 0) for gender in GENDERS}
        return self.order_by().values(*by).annotate(**sums, total=sum((F(gender) for gender in GENDERS), Value(0)))

    def in_one(self) -> Any:
        """The four figures of all rows of an activity as one array, for a subquery: nothing where there is no row."""
        sums = [Coalesce(Sum(gender), 0) for gender in GENDERS]
        together = Func(*sums, template="ARRAY[%(expressions)s]", output_field=ArrayField(IntegerField()))
        return self.order_by().values("activity").annotate(figures=together).values("figures")


class OutputQuerySet(OfActivity["Output"]):
    pass


class ActivityFileQuerySet(OfActivity["ActivityFile"]):
    pass
