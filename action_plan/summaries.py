"""The records of single points in short, for the page of their activity: as far as the reader may read of each."""

from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from action_plan.models import (
    Activity,
    Campaign,
    Course,
    CourseSession,
    Expertise,
    ExpertiseNeed,
    Findings,
    Kind,
    Material,
    Mission,
    MissionMember,
    Recommendation,
)
from action_plan.records import record


def counted(rows: QuerySet[Any], link: str, condition: Q | None = None) -> Any:
    """How many of `rows` hang on each row asked for, in the same query."""
    own = rows.filter(condition or Q(), **{link: OuterRef("pk")}).order_by().values(link)
    return Coalesce(Subquery(own.annotate(n=Count("pk")).values("n"), output_field=IntegerField()), 0)


@record("action_plan/of_course.html")
def course_of(activity: Activity, user: Any) -> Course | None:
    sessions = counted(CourseSession.objects.visible_to(user), "course")
    found = Course.objects.visible_to(user).filter(activity=activity).annotate(sessions_count=sessions).first()
    if found:
        found.activity = activity
    return found


@record("action_plan/of_mission.html")
def mission_of(activity: Activity, user: Any) -> Mission | None:
    advice = Recommendation.objects.visible_to(user)
    found = (
        Mission.objects.visible_to(user)
        .filter(activity=activity)
        .select_related("state")
        .annotate(
            people=counted(MissionMember.objects.visible_to(user), "mission"),
            findings_count=counted(Findings.objects.visible_to(user), "mission", ~Q(text="")),
            advice=counted(advice, "mission"),
            implemented=counted(advice, "mission", Q(status=Recommendation.Status.IMPLEMENTED)),
        )
        .first()
    )
    if found:
        found.activity = activity
    return found


@record("action_plan/of_campaign.html")
def campaign_of(activity: Activity, user: Any) -> Campaign | None:
    materials = counted(Material.objects.visible_to(user).out(), "campaign")
    found = Campaign.objects.visible_to(user).filter(activity=activity).annotate(materials_count=materials).first()
    if found:
        found.activity = activity
    elif activity.kind == Kind.CAMPAIGN and user.has_perm("action_plan.edit_campaign"):
        return Campaign(activity=activity)  # not there yet, and to be written by this reader
    return found


@record("action_plan/of_expertise.html")
def expertise_of(activity: Activity, user: Any) -> Expertise | None:
    needs = ExpertiseNeed.objects.visible_to(user).select_related("factor").order_by("factor")
    found = (
        Expertise.objects.visible_to(user)
        .filter(activity=activity)
        .select_related("state")
        .prefetch_related(Prefetch("needs", needs, to_attr="factors"))
        .first()
    )
    if found:
        found.activity = activity
    return found
