"""What a recorded reply brings about where the state answered on paper."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

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
