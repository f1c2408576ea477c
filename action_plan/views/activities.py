"""The page of an activity, and what its people do there: enter, change, move, give to others, say what came of it."""

from contextlib import suppress
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import DateField
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from rules.permissions import has_perm

from action_plan.actions import activities as actions
from action_plan.audiences import AudienceForm, consequence
from action_plan.clashes import Clash, clashes
from action_plan.dates import is_over
from action_plan.figures import GENDER_NAMES, Figures
from action_plan.forms.activities import ActivityForm, OutcomeForm, ReasonForm
from action_plan.life import WAYS, ways_from
from action_plan.models import (
    Activity,
    ActivityCost,
    ActivityFile,
    ActivityMove,
    ActivityState,
    Audience,
    CheckItem,
    Output,
)
from action_plan.records import records_of
from common.scope import reach_of
from documents.views import layout_of
from member_states.models import MemberState
from review.actions import Refused

SHARED = (Audience.STATES, Audience.PUBLIC)


@login_not_required
@require_safe
def activity_detail(request: HttpRequest, slug: str) -> HttpResponse:
    activity, user, reach = find(request, slug), request.user, reach_of(request.user)
    may_edit = may(user, "action_plan.edit_activity", activity)
    taking_part = ActivityState.objects.visible_to(user).filter(activity=activity).select_related("state")
    states = sorted((row.state for row in taking_part), key=str)
    context = {
        "activity": activity,
        "states": states,
        "figures": Figures(activity, user),
        "genders": GENDER_NAMES.values(),
        "shows_states": reach.staff or activity.audience in SHARED,
        "knows_officer": reach.staff or bool(reach.states),
        "outputs": Output.objects.visible_to(user).filter(activity=activity),
        "files": ActivityFile.objects.visible_to(user).filter(activity=activity),
        "records": records_of(activity, user),
        "asks_outcome": may_edit and asks_outcome(activity),
        "may_edit": may_edit,
        "layout": layout_of(request),
    }
    of_staff = _of_staff(request, activity, states) if reach.staff else {}
    return render(request, "action_plan/activity.html", context | of_staff)


def _of_staff(request: HttpRequest, activity: Activity, states: list[Any]) -> dict[str, Any]:
    user = request.user
    return {
        "checks": CheckItem.objects.visible_to(user).filter(activity=activity),
        "cost": ActivityCost.objects.visible_to(user).filter(activity=activity).first(),
        "moves": ActivityMove.objects.visible_to(user).filter(activity=activity).select_related("by"),
        "ways": ways_from(activity.status),
        "clashes": _clashes(user, activity, states) if activity.status not in ("done", "cancelled") else [],
    }


def asks_outcome(activity: Activity) -> bool:
    """It is over, and nobody has said what came of it; of what a source tells nobody is asked."""
    if activity.source_id:
        return False
    is_past = activity.status == "done" or is_over(activity, timezone.localdate())
    return is_past and activity.status not in ("cancelled", "idea") and not activity.outcome


@require_http_methods(["GET", "POST"])
def activity_new(request: HttpRequest) -> HttpResponse:
    check(request, "action_plan.add_activity")
    form = ActivityForm(request.POST or None, user=request.user, initial=_begun(request))
    if _is_sent(request) and form.is_valid():
        try:
            states = form.cleaned_data["states"]
            activity = actions.add_activity(activity=form.save(commit=False), states=states, by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The activity is kept as an idea: the programme’s staff read of it."))
            return redirect(activity)
    return _form(request, form, None)


@require_http_methods(["GET", "POST"])
def activity_edit(request: HttpRequest, slug: str) -> HttpResponse:
    activity = find_to_edit(request, slug)
    there = ActivityState.objects.visible_to(request.user).filter(activity=activity).values_list("state", flat=True)
    form = ActivityForm(request.POST or None, instance=activity, user=request.user, initial={"states": list(there)})
    if _is_sent(request) and form.is_valid():
        activity.edited = form.cleaned_data["edited"] or 0
        states = form.cleaned_data["states"]
        try:
            actions.change_activity(activity=activity, fields=form.Meta.fields, states=states, by=request.user)
        except actions.EditedMeanwhile:
            form.add_error(None, edited_meanwhile())
        else:
            messages.success(request, _("The activity is saved."))
            return redirect(activity)
    return _form(request, form, find(request, slug))


@require_http_methods(["GET", "POST"])
def activity_move(request: HttpRequest, slug: str, verb: str) -> HttpResponse:
    """Asks before it acts; a reason where the way needs one."""
    way = WAYS.get(verb)
    activity = find_to_edit(request, slug)
    if way is None:
        raise Http404
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.move(activity=activity, way=way, reason=form.cleaned_data["reason"], by=request.user)
        except Refused as refusal:
            form.add_error("reason" if way.needs_reason and not form.cleaned_data["reason"] else None, str(refusal))
        else:
            messages.success(request, str(way.done))
            return redirect(activity)
    context = {"form": form, "activity": activity, "way": way, "becomes_known": way.verb == "plan"}
    return small_form(request, "action_plan/activity_move.html", context)


@require_http_methods(["GET", "POST"])
def activity_audience(request: HttpRequest, slug: str) -> HttpResponse:
    """Says first who will read what; done is it with the second button."""
    activity = find_to_edit(request, slug)
    form = AudienceForm(request.POST if request.method == "POST" else None, activity=activity)
    preview = ""
    if form.is_valid():
        audience = form.cleaned_data["audience"]
        if request.POST.get("confirmed") != audience:
            preview = consequence(activity, audience)
        else:
            activity.edited = form.cleaned_data["edited"]
            try:
                actions.give_to(activity=activity, audience=audience, by=request.user)
            except actions.EditedMeanwhile:
                form.add_error(None, edited_meanwhile())
            else:
                messages.success(request, _("Saved. Who reads of it: %(who)s.") % {"who": Audience(audience).label})
                return redirect(activity)
    context = {"form": form, "activity": activity, "preview": preview}
    return small_form(request, "action_plan/activity_audience.html", context)


@require_http_methods(["GET", "POST"])
def activity_outcome(request: HttpRequest, slug: str) -> HttpResponse:
    activity = find_to_edit(request, slug)
    form = OutcomeForm(request.POST if request.method == "POST" else None, instance=activity)
    if form.is_valid():
        activity.edited = form.cleaned_data["edited"]
        try:
            actions.change_activity(activity=activity, fields=("outcome",), states=None, by=request.user)
        except actions.EditedMeanwhile:
            form.add_error(None, edited_meanwhile())
        else:
            messages.success(request, _("What came of it is saved."))
            return redirect(activity)
    return small_form(request, "action_plan/activity_outcome.html", {"form": form, "activity": find(request, slug)})


def find(request: HttpRequest, slug: str) -> Activity:
    activities = Activity.objects.visible_to(request.user).select_related("host_state", "officer", "source")
    return get_object_or_404(activities, slug=slug)


def find_to_edit(request: HttpRequest, slug: str) -> Activity:
    activity = find(request, slug)
    check(request, "action_plan.edit_activity", activity)
    return activity


def may(user: Any, permission: str, activity: Activity | None = None) -> bool:
    """Asked of the rules alone: a "no" would send Django's own backend to the database for permissions nobody has."""
    return user.is_authenticated and has_perm(permission, user, activity)


def check(request: HttpRequest, permission: str, activity: Activity | None = None) -> None:
    if not may(request.user, permission, activity):
        raise PermissionDenied


def edited_meanwhile() -> str:
    return _("A colleague saved this activity meanwhile. Open it again, and enter your change anew.")


def small_form(request: HttpRequest, template: str, context: dict[str, Any], errors: Any = None) -> HttpResponse:
    status = 422 if (context["form"].errors if errors is None else errors) else 200
    return render(request, template, context | {"layout": layout_of(request)}, status=status)


def _form(request: HttpRequest, form: ActivityForm, activity: Activity | None) -> HttpResponse:
    context = {"form": form, "activity": activity, "clashes": _clashes_of_form(request, form, activity)}
    return small_form(request, "action_plan/activity_form.html", context | {"is_checked": not _is_sent(request)})


def _is_sent(request: HttpRequest) -> bool:
    """And not only looked through for what else is on these days."""
    return request.method == "POST" and "look" not in request.POST


def _begun(request: HttpRequest) -> dict[str, Any]:
    """What the page one comes from knows already: /activities/new/?point=2&state=chile."""
    asked: dict[str, Any] = {name: request.GET[name] for name in ("point", "kind") if name in request.GET}
    with suppress(ValidationError):
        asked["starts_on"] = DateField().clean(request.GET.get("starts_on"))
    states = MemberState.objects.visible_to(request.user).values_list("slug", "pk")
    return asked | {"states": [pk for slug, pk in states if slug == request.GET.get("state")]}


def _clashes(user: Any, activity: Activity, states: list[Any]) -> list[Clash]:
    keys = [state.pk for state in states]
    first, last, officer = activity.starts_on, activity.ends_on, activity.officer_id
    return clashes(user, first=first, last=last, officer=officer, states=keys, but=activity.pk)


def _clashes_of_form(request: HttpRequest, form: ActivityForm, activity: Activity | None) -> list[Clash]:
    """Of what was typed, as far as it can be read; before that, of what is kept."""
    if form.is_bound:
        form.is_valid()
        given = form.cleaned_data
    else:
        given = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    officer, states = given.get("officer"), given.get("states") or []
    return clashes(
        request.user,
        first=given.get("starts_on"),
        last=given.get("ends_on"),
        officer=getattr(officer, "pk", officer),
        states=[getattr(state, "pk", state) for state in states],
        but=activity.pk if activity else None,
    )
