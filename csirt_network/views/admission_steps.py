"""The steps of an application: approving, consenting, checking, deciding, withdrawing, and the meeting."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from csirt_network.actions.admission import hold_meeting, plan_meeting, sign
from csirt_network.admission.page import FORMS, sign_form
from csirt_network.admission.rules import may_sign
from csirt_network.admission.steps import WAYS, Stand, Step, Verdict
from csirt_network.forms.admission import MeetingForm, WithdrawForm
from csirt_network.models import Application
from csirt_network.views.admission import find, render_application
from review.actions import Refused

BY_SLUG = {step.value.replace(" ", "-"): step for step in FORMS}


@require_POST
def application_sign(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    application, taken = find(request, pk), BY_SLUG.get(step)
    if taken is None:
        raise Http404
    if not may_sign(request.user, taken, application):
        raise PermissionDenied
    if application.stands not in WAYS[taken].start:
        return _too_late(request, application, str(WAYS[taken].refusal))
    form = sign_form(application, request.user, taken, request.POST)
    if not form.is_valid():
        return render_application(request, application, form=form, status=422)
    given = form.cleaned_data
    return _taken(request, application, taken, Verdict(given.pop("verdict")), **given)


@require_POST
def application_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    application = find(request, pk)
    if not may_sign(request.user, Step.WITHDRAWN, application):
        raise PermissionDenied
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        return render_application(request, application, form=form, status=422)
    return _taken(request, application, Step.WITHDRAWN, Verdict.YES, **form.cleaned_data)


@require_POST
def application_meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """do=plan sets the day; do=held makes the team a member."""
    application = find(request, pk)
    if not may_sign(request.user, Step.MEETING, application):
        raise PermissionDenied
    if application.stands != Stand.MEETING:
        return _too_late(request, application, str(WAYS[Step.MEETING].refusal))
    form = MeetingForm(request.POST)
    if not form.is_valid():
        return render_application(request, application, form=form, status=422)
    try:
        _met(request, application, form)
    except Refused as refusal:
        return _too_late(request, application, str(refusal))
    return redirect(application)


def _met(request: HttpRequest, application: Application, form: MeetingForm) -> None:
    on = form.cleaned_data["on"]
    if form.was_held:
        hold_meeting(application=application, on=on, by=request.user, statement=form.cleaned_data["statement"])
        about = {"team": application.team_name}
        messages.success(request, _("%(team)s is a member of the network from today on.") % about)
    else:
        plan_meeting(application=application, on=on, by=request.user)
        messages.success(request, _("The day of the meeting is set, and the applicant is told."))


def _taken(request: HttpRequest, application: Application, step: Step, verdict: Verdict, **given: Any) -> HttpResponse:
    try:
        sign(application=application, step=step, verdict=verdict, by=request.user, **given)
        messages.success(request, _("Your answer is signed with your name and today’s date."))
    except Refused as refusal:
        return _too_late(request, application, str(refusal))
    return redirect(application)


def _too_late(request: HttpRequest, application: Application, why: str) -> HttpResponse:
    messages.error(request, why)
    return render_application(request, find(request, application.pk), status=409)
