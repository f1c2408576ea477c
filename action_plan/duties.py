"""What waits about plans, requests, recommendations and courses (notices/duties.py); exercises: exercise_duties.py."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from accounts.rules import is_officer
from action_plan.actions.missions import RELEASED
from action_plan.actions.recommendations import REPORTED, SENT_BACK
from action_plan.lives import Asked
from action_plan.models import (
    ActivityState,
    AskedSupport,
    CountryPlan,
    Course,
    Nomination,
    PlanMove,
    Recommendation,
    RecommendationReport,
)
from action_plan.nomination_reminders import KIND as NOMINATIONS_CLOSE
from action_plan.reminders import DUE
from action_plan.states import Proposal, Status, Verb
from common.days import day_of, today
from common.scope import reach_of
from member_states.models import Liaison
from notices.duties import MOST, Duty, duty_kind


def register() -> None:
    duty_kind(
        "plan to sign",
        heading=gettext_lazy("Plans that wait for your agreement"),
        verb=pgettext_lazy("to do", "Sign or send back"),
        find=to_sign,
        mails=("plan offered",),
    )
    duty_kind(
        "plan answered",
        heading=gettext_lazy("Plans that a state has answered"),
        verb=pgettext_lazy("to do", "Go on with it"),
        find=answered_plans,
        mails=("plan answered",),
    )
    duty_kind(
        "request for support",
        heading=gettext_lazy("Requests for support"),
        verb=pgettext_lazy("to do", "Take over or plan"),
        find=requests,
        page="request-list",
        mails=("support asked",),
    )
    duty_kind(
        "recommendation",
        heading=gettext_lazy("Recommendations to carry out"),
        verb=pgettext_lazy("to do", "Say how far it is"),
        find=recommendations,
        page="recommendation-list",
        mails=(DUE, SENT_BACK, RELEASED),
    )
    duty_kind(
        "recommendation reported",
        heading=gettext_lazy("What states report on recommendations"),
        verb=pgettext_lazy("to do", "Confirm or send back"),
        find=reports,
        page="recommendation-list",
        mails=(REPORTED,),
    )
    duty_kind(
        "course to nominate for",
        heading=gettext_lazy("Courses that take nominations"),
        verb=pgettext_lazy("to do", "Nominate"),
        find=to_nominate,
        page="course-list",
        mails=("course open", NOMINATIONS_CLOSE),
    )
    duty_kind(
        "selection",
        heading=gettext_lazy("Selections for courses"),
        verb=pgettext_lazy("to do", "Decide"),
        find=selections,
        page="course-list",
    )
    duty_kind(
        "evaluation",
        heading=gettext_lazy("Courses that were held and not evaluated"),
        verb=pgettext_lazy("to do", "Ask for the evaluation"),
        find=evaluations,
    )


def to_sign(person: Any) -> Iterable[Duty]:
    """The lead liaison of the state: `action_plan.answer_plan`."""
    if not reach_of(person).states:
        return []
    led = Liaison.objects.current().filter(person=person, kind=Liaison.Kind.LEAD).values("state")
    plans = CountryPlan.objects.visible_to(person).waiting_for_state().filter(state__in=led)
    offered = plans.annotate(number=Max("versions__number"), offered=Max("versions__offered_at")).select_related(
        "state"
    )
    return [_offered(plan) for plan in offered.order_by("pk")[: MOST + 1]]


def _offered(plan: Any) -> Duty:
    page = reverse("plan-sign", args=[plan.state.slug, plan.pk, plan.number])
    return Duty(_("Seven-point plan"), page, plan.state, since=day_of(plan.offered))


def answered_plans(person: Any) -> Iterable[Duty]:
    """For whoever is responsible: sent back, and not offered again; or agreed to, and not in effect."""
    if not is_officer(person):
        return []
    last = PlanMove.objects.filter(plan=OuterRef("pk")).order_by("-pk")
    mine = CountryPlan.objects.visible_to(person).filter(owner=person).exclude(state__in=reach_of(person).states)
    mine = mine.annotate(verb=Subquery(last.values("verb")[:1]), at=Subquery(last.values("at")[:1]))
    sent_back = Q(proposal=Proposal.DRAFT, verb=Verb.SEND_BACK)
    agreed = Q(status=Status.AGREED, proposal=Proposal.NONE)
    found = mine.filter(sent_back | agreed).select_related("state").order_by("at")
    return [_answered(plan) for plan in found[: MOST + 1]]


def _answered(plan: Any) -> Duty:
    is_agreed = plan.status == Status.AGREED
    note = _("The state agreed: put it into effect.") if is_agreed else _("The state sent it back with a comment.")
    return Duty(_("Seven-point plan"), plan.get_absolute_url(), plan.state, since=day_of(plan.at), note=note)


def requests(person: Any) -> Iterable[Duty]:
    """What nobody has taken over, and what the person has and not planned yet; nothing of their own state."""
    if not is_officer(person):
        return []
    mine = Q(status=Asked.SENT) | Q(status=Asked.TRIAGED, officer=person)
    waiting = AskedSupport.objects.visible_to(person).waiting().filter(mine).exclude(state__in=reach_of(person).states)
    return [_request(asked) for asked in waiting.select_related("state").order_by("asked_at", "pk")[: MOST + 1]]


def _request(asked: AskedSupport) -> Duty:
    note = asked.get_status_display()
    return Duty(
        asked.get_point_display(), asked.get_absolute_url(), asked.state, since=day_of(asked.asked_at), note=note
    )


def recommendations(person: Any) -> Iterable[Duty]:
    """Whoever writes for the state: `action_plan.report_on_recommendation`."""
    states = reach_of(person).spoken_for
    if not states:
        return []
    waiting: Any = Recommendation.objects.to_report()
    mine = waiting.visible_to(person).filter(state__in=states).select_related("state").order_by("due_on", "pk")
    return [Duty(one.text, one.get_absolute_url(), one.state, one.due_on) for one in mine[: MOST + 1]]


def reports(person: Any) -> Iterable[Duty]:
    """`action_plan.decide_report`."""
    if not is_officer(person):
        return []
    waiting = RecommendationReport.objects.visible_to(person).filter(decision="").exclude(by=person)
    mine = waiting.exclude(state__in=reach_of(person).states).select_related("state", "recommendation").order_by("at")
    return [_report(report) for report in mine[: MOST + 1]]


def _report(report: RecommendationReport) -> Duty:
    advice = report.recommendation
    return Duty(
        advice.text, advice.get_absolute_url(), report.state, since=day_of(report.at), note=report.get_status_display()
    )


def to_nominate(person: Any) -> Iterable[Duty]:
    """While a state that the person nominates for takes part and stands with nobody."""
    reach = reach_of(person)
    if reach.staff or not reach.spoken_for:
        return []
    said = (
        Nomination.objects.visible_to(person)
        .standing()
        .filter(course=OuterRef(OuterRef("pk")), state=OuterRef("state"))
    )
    silent = ActivityState.objects.visible_to(person).filter(
        ~Exists(said), activity=OuterRef("activity"), state__in=reach.spoken_for
    )
    courses = Course.objects.visible_to(person).is_open().filter(Exists(silent)).select_related("activity")
    found = courses.order_by("nominations_close_on", "pk")[: MOST + 1]
    return [_course(course, "course-nominate", due_on=course.nominations_close_on) for course in found]


def selections(person: Any) -> Iterable[Duty]:
    """Once nominations are closed; who is of the officer's own state is decided by others."""
    if not is_officer(person):
        return []
    undecided = (
        Nomination.objects.visible_to(person).kept().filter(course=OuterRef("pk"), status=Nomination.Status.NOMINATED)
    )
    mine = undecided.exclude(state__in=reach_of(person).states).order_by().values("course")
    counted = Subquery(mine.annotate(number=Count("pk")).values("number"))
    courses = Course.objects.visible_to(person).filter(nominations_close_on__lt=today()).annotate(undecided=counted)
    open_still = courses.filter(undecided__gt=0).exclude(activity__status="cancelled").select_related("activity")
    return [_selection(course) for course in open_still.order_by("nominations_close_on", "pk")[: MOST + 1]]


def _selection(course: Any) -> Duty:
    words = ngettext("%(n)d person nominated", "%(n)d people nominated", course.undecided) % {"n": course.undecided}
    return _course(course, "course-selection", since=course.nominations_close_on, note=words)


def evaluations(person: Any) -> Iterable[Duty]:
    """The last session is over, somebody was there, and nobody was asked how it was."""
    if not is_officer(person):
        return []
    there = Nomination.objects.visible_to(person).kept().selected().filter(course=OuterRef("pk"))
    there = there.filter(attendances__was_there=True)
    courses = Course.objects.visible_to(person).filter(Exists(there), evaluation_asked_at=None)
    over = courses.annotate(last=Max("sessions__ends_at")).filter(last__lt=timezone.now())
    return [_held(course) for course in over.select_related("activity").order_by("last", "pk")[: MOST + 1]]


def _held(course: Any) -> Duty:
    return _course(course, "course-evaluations", since=day_of(course.last))


def _course(course: Course, route: str, **facts: Any) -> Duty:
    return Duty(str(course), reverse(route, args=[course.activity.slug]), **facts)
