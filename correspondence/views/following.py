"""What a recorded reply brings about where the state answered on paper."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from action_plan.forms.training import PersonForm
from action_plan.models import Nomination
from correspondence.actions import following as actions
from correspondence.models import NoteScan
from correspondence.views.notes import form_page, permitted, posted, show
from correspondence.views.steps import done


@form_page
def note_sign_plan(request: HttpRequest, pk: int) -> HttpResponse:
    note = permitted(request, pk)
    if note.version is None:
        raise Http404
    form = forms.Form(posted(request))
    if form.is_valid() and done(form, actions.sign_plan, note=note, by=request.user):
        messages.success(request, _("The plan is agreed by this note. Its lead liaison has been told."))
        return redirect(note.version.plan)
    scans = NoteScan.objects.visible_to(request.user).filter(note=note)
    context = {"form": form, "note": note, "version": note.version, "scans": list(scans)}
    return show(request, "note_sign_plan", context)


@form_page
def note_nominate(request: HttpRequest, pk: int) -> HttpResponse:
    """One after the other, until all who were named are entered."""
    note = permitted(request, pk)
    if note.course is None:
        raise Http404
    form = PersonForm(posted(request))
    if form.is_valid():
        nomination = form.save(commit=False)
        if done(form, actions.nominate, note=note, nomination=nomination, by=request.user):
            messages.success(request, _("%(name)s is nominated.") % {"name": nomination.name})
            return redirect("note-nominate", note.pk)
    entered = Nomination.objects.visible_to(request.user).kept().standing()
    context = {
        "form": form,
        "note": note,
        "course": note.course,
        "entered": list(entered.filter(course=note.course, state=note.state_id, paper=note.spelled)),
        "scans": list(NoteScan.objects.visible_to(request.user).filter(note=note)),
    }
    return show(request, "note_nominate", context)
