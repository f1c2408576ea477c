"""Who took part, the check-list, outputs, files and cost of an activity."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from action_plan.actions import activity_parts as actions
from action_plan.actions.activities import EditedMeanwhile
from action_plan.figures import GENDER_NAMES
from action_plan.forms.activity_parts import CheckForm, CostForm, CountFormSet, FileForm, OutputForm, states_for
from action_plan.models import Activity, ActivityCost, ActivityFile, CheckItem, Output, ParticipantCount
from action_plan.views.activities import edited_meanwhile, find_to_edit, small_form
from documents.refusal import Refused as FileRefused
from documents.serving import as_download
from review.actions import Refused

MORE_LINES = 5


@require_http_methods(["GET", "POST"])
def activity_participants(request: HttpRequest, slug: str) -> HttpResponse:
    """One line for each state and sector. "More lines" keeps what was typed and adds empty ones."""
    activity = find_to_edit(request, slug)
    asks_for_more = "more" in request.POST
    lines = _lines(request, activity, more=asks_for_more)
    error = ""
    if request.method == "POST" and not asks_for_more and lines.is_valid():
        edited = request.POST.get("edited", "")
        activity.edited = int(edited) if edited.isdecimal() and len(edited) < 10 else -1
        figures = {form.key: form.figures for form in lines.forms if any(form.figures.values())}
        try:
            actions.set_participants(activity=activity, figures=figures, by=request.user)
        except EditedMeanwhile:
            error = edited_meanwhile()
        else:
            messages.success(request, _("The participants are saved."))
            return redirect(activity)
    return _participants(request, activity, lines, error)


def _participants(request: HttpRequest, activity: Activity, lines: Any, error: str) -> HttpResponse:
    is_refused = bool(error) or (lines.is_bound and "more" not in request.POST)
    errors = [{"id": "", "text": error}] if error else []
    errors += [{"id": "", "text": text} for text in (lines.non_form_errors() if is_refused else [])]
    for number, form in enumerate(lines.forms if is_refused else [], 1):
        errors += [
            {"id": form[name].auto_id, "text": _("Line %(number)d: %(error)s") % {"number": number, "error": text}}
            for name, texts in form.errors.items()
            for text in texts
        ]
    edited = request.POST.get("edited", activity.edited)
    context = {"form": lines, "activity": activity, "lines": lines, "errors": errors, "edited": edited}
    context["genders"] = GENDER_NAMES.values()
    return small_form(request, "action_plan/activity_participants.html", context, errors)


def _lines(request: HttpRequest, activity: Activity, *, more: bool) -> Any:
    known: dict[str, Any] = {"form_kwargs": {"states": states_for(request.user)}}
    if request.method != "POST":
        counts = ParticipantCount.objects.visible_to(request.user).filter(activity=activity).order_by("state", "sector")
        return CountFormSet(initial=[_line(count) for count in counts], **known)
    data = request.POST.copy()
    total = data.get("form-TOTAL_FORMS", "")
    if more and total.isdecimal() and len(total) < 4:
        data["form-TOTAL_FORMS"] = str(int(total) + MORE_LINES)
    return CountFormSet(data, **known)


def _line(count: ParticipantCount) -> dict[str, Any]:
    figures = {gender: getattr(count, gender) for gender in GENDER_NAMES}
    return {"state": str(count.state_id or ""), "sector": count.sector, **figures}


@require_POST
def activity_checks(request: HttpRequest, slug: str) -> HttpResponse:
    """A line that a colleague took away meanwhile is no fault: what else was sent is done."""
    activity = find_to_edit(request, slug)
    items = list(CheckItem.objects.visible_to(request.user).filter(activity=activity))
    there = {str(item.pk) for item in items}
    sent = {name: [one for one in request.POST.getlist(name) if one in there] for name in ("done", "drop")}
    form = CheckForm({"new": request.POST.get("new", ""), **sent}, items=items)
    try:
        if form.is_valid():
            given = form.cleaned_data
            actions.settle_checks(
                activity=activity, done=given["done"], new=given["new"], dropped=given["drop"], by=request.user
            )
            return redirect(f"{activity.get_absolute_url()}#checks")
    except Refused as refusal:
        form.add_error("new", str(refusal))
    return small_form(request, "action_plan/activity_checks.html", {"form": form, "activity": activity})


@require_http_methods(["GET", "POST"])
def activity_output(request: HttpRequest, slug: str) -> HttpResponse:
    activity = find_to_edit(request, slug)
    form = OutputForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.add_output(activity=activity, output=form.save(commit=False), by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("It is kept. Whoever reads of the activity reads of it."))
            return redirect(activity)
    return small_form(request, "action_plan/activity_output.html", {"form": form, "activity": activity})


@require_http_methods(["GET", "POST"])
def activity_file_add(request: HttpRequest, slug: str) -> HttpResponse:
    activity = find_to_edit(request, slug)
    posted = request.method == "POST"
    form = FileForm(request.POST if posted else None, request.FILES if posted else None)
    if form.is_valid():
        given = form.cleaned_data
        try:
            actions.add_file(activity=activity, title=given["title"], upload=given["file"], by=request.user)
        except (Refused, FileRefused) as refusal:
            form.add_error("file", str(refusal) if isinstance(refusal, Refused) else refusal)
        else:
            messages.success(request, _("The file is kept. Whoever reads of the activity may download it."))
            return redirect(activity)
    return small_form(request, "action_plan/activity_file.html", {"form": form, "activity": activity})


@login_not_required
@require_safe
def activity_file(request: HttpRequest, token: UUID) -> FileResponse:
    file = get_object_or_404(ActivityFile.objects.visible_to(request.user).exclude(content=""), token=token)
    return as_download(file, file.name)


@require_POST
def activity_file_remove(request: HttpRequest, slug: str, token: UUID) -> HttpResponse:
    activity = find_to_edit(request, slug)
    files = ActivityFile.objects.visible_to(request.user).filter(activity=activity)
    actions.take_away(part=get_object_or_404(files, token=token), by=request.user)
    messages.success(request, _("The file is taken away."))
    return redirect(activity)


@require_POST
def activity_output_remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    activity = find_to_edit(request, slug)
    outputs = Output.objects.visible_to(request.user).filter(activity=activity)
    actions.take_away(part=get_object_or_404(outputs, pk=pk), by=request.user)
    messages.success(request, _("It is taken away."))
    return redirect(activity)


@require_http_methods(["GET", "POST"])
def activity_cost(request: HttpRequest, slug: str) -> HttpResponse:
    activity = find_to_edit(request, slug)
    known = ActivityCost.objects.visible_to(request.user).filter(activity=activity).first()
    form = CostForm(request.POST if request.method == "POST" else None, instance=known)
    if form.is_valid():
        actions.set_cost(activity=activity, cost=form.save(commit=False), by=request.user)
        messages.success(request, _("The cost is saved. Only the programme’s staff see it."))
        return redirect(activity)
    return small_form(request, "action_plan/activity_cost.html", {"form": form, "activity": activity})
