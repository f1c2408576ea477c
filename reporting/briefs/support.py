"""What the programme does with one state, as far as a reader may know it: plan, activities and what is asked for."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Exists, OuterRef, Q, Sum
from django.utils import timezone

from action_plan.models import Activity, AskedSupport, CountryPlan, ParticipantCount
from action_plan.plan_page import PlanPage, plans_for
from action_plan.progress import Progress, Target, progress_of, target_of
from action_plan.querysets.activities import GENDERS
from action_plan.text import PlanText, named_in, of_versions, written
from capability.maturity import Stages
from member_states.models import MemberState

RECENT, COMING = 4, 6
AHEAD = timedelta(days=366)


@dataclass(frozen=True)
class KnownPlan:
    """`names`: what needs are called, in every language. `targets` by point, `progress` by line."""

    plan: CountryPlan
    text: PlanText
    names: dict[str, dict[int, Any]]
    progress: dict[int, Progress]
    targets: dict[int, Target]


@dataclass(frozen=True)
class People:
    """Of the state, in activities that are done: how many activities, and women, men, other, not stated."""

    activities: int
    figures: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.figures)


@dataclass(frozen=True)
class Support:
    """`asked`: beside what the state's profile asks for."""

    plan: KnownPlan | None
    recent: list[Activity]
    coming: list[Activity]
    people: People
    asked: list[AskedSupport]
    audiences: frozenset[str]


def support_of(user: Any, state: MemberState, stages: Stages) -> Support:
    """In the scope of `user`."""
    plan = _plan(user, state, stages)
    activities: Any = Activity.objects.visible_to(user).exclude(status=Activity.Status.CANCELLED)
    activities = activities.of_state(state, user).with_figures().select_related("host_state", "source")
    coming, recent = _coming(activities), _recent(activities)
    people, audiences = _people(user, state)
    asked = list(AskedSupport.objects.visible_to(user).beside_profile().filter(state=state).in_order())
    closed = {"programme"} if plan or asked else set()
    shown = {activity.audience for activity in (*recent, *coming)}
    return Support(
        plan=plan,
        recent=recent,
        coming=coming,
        people=people,
        asked=asked,
        audiences=frozenset(closed | {_audience(one) for one in shown | audiences}),
    )


def _plan(user: Any, state: MemberState, stages: Stages) -> KnownPlan | None:
    plan = plans_for(user).filter(state=state).current_first().first()
    if plan is None:
        return None
    version = PlanPage(user, plan).version
    text = of_versions([version])[version.pk] if version else written(plan)
    progress = progress_of(user, [line.id for line in text.lines])
    targets = {line.point: target for line in text.lines if (target := target_of(line, stages))}
    return KnownPlan(plan, text, named_in(text), progress, targets)


def _coming(activities: Any) -> list[Activity]:
    """What is under way or comes within a year, the soonest first."""
    today = timezone.localdate()
    return list(activities.between(today, today + AHEAD).standing().order_by("starts_on", "pk")[:COMING])


def _recent(activities: Any) -> list[Activity]:
    """What is over, the newest first."""
    today = timezone.localdate()
    over = Q(status=Activity.Status.DONE) | Q(ends_on__lt=today) | Q(ends_on=None, starts_on__lt=today)
    return list(activities.filter(over, starts_on__isnull=False).newest_first()[:RECENT])


def _people(user: Any, state: MemberState) -> tuple[People, set[str]]:
    done = Activity.objects.visible_to(user).filter(pk=OuterRef("activity"), status=Activity.Status.DONE)
    counts = ParticipantCount.objects.visible_to(user).naming_states_for(user).filter(Exists(done), state=state)
    sums = {gender: Sum(gender, default=0) for gender in GENDERS}
    found = counts.aggregate(
        **sums,
        number=Count("activity", distinct=True),
        audiences=ArrayAgg("activity__audience", distinct=True, default=[]),
    )
    return People(found["number"], tuple(found[gender] for gender in GENDERS)), set(found["audiences"])


def _audience(code: str) -> str:
    """Of an activity, in the words by which a state shares."""
    return code if code in ("states", "public") else "programme"
