"""What is added to an operation: log, evidence and its custody, alerts, by those who take part; actions, figures and
people by whoever leads it."""

from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from documents.names import clean_name
from documents.refusal import Refused as FileRefused
from documents.serving import as_download
from partnerships.actions import operation_parts as parts
from partnerships.actions import operations as actions
from partnerships.forms.operation_parts import ActionForm, AlertForm, CustodyForm, ExhibitForm, FigureForm, LogForm
from partnerships.forms.operations import NameForm, WhyForm
from partnerships.models import Exhibit, Operation, OperationAction, OperationAlert, OperationFigure, OperationPerson
from partnerships.views.operations import find_to_add, find_to_edit, form_of, form_page, note_reading, posted
from review.actions import Refused

SMALL = "partnerships/operation_small_form.html"


def _back(request: HttpRequest, operation: Operation, done: str, section: str) -> HttpResponse:
    messages.success(request, done)
    return redirect(f"{operation.get_absolute_url()}#{section}")


@form_page
def operation_log(request: HttpRequest, slug: str) -> HttpResponse:
    operation = find_to_add(request, slug)
    form = LogForm(posted(request), operation=operation, user=request.user)
    if form.is_valid():
        try:
            parts.add_entry(operation=operation, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _back(request, operation, _("It stands in the log. Nobody can change it any more."), "log")
    hint = _("An entry is never changed. What was wrong is said in a further one.")
    return form_of(request, SMALL, form, operation, title=_("Add to the log"), button=_("Add"), hint=hint)


@form_page
def operation_exhibit_new(request: HttpRequest, slug: str) -> HttpResponse:
    operation = find_to_add(request, slug)
    sent = request.FILES if request.method == "POST" else None
    form = ExhibitForm(posted(request), sent, operation=operation, user=request.user)
    if form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("from_whom", "held_by", "key")}
        upload = form.cleaned_data["file"]
        try:
            parts.add_exhibit(
                operation=operation, exhibit=form.save(commit=False), upload=upload, by=request.user, **given
            )
        except FileRefused as refusal:
            form.add_error("file", refusal)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _back(request, operation, _("The evidence is kept with its SHA-256."), "evidence")
    hint = _("A sample of malware or the image of a disk is not kept here: give its SHA-256 and say who holds it.")
    return form_of(request, SMALL, form, operation, title=_("Add evidence"), button=_("Add"), hint=hint, has_file=True)


@require_safe
def operation_exhibit(request: HttpRequest, token: UUID) -> FileResponse:
    """The file under its label, which stands in its name too. Who took it stands in the trail."""
    kept = Exhibit.objects.visible_to(request.user).exclude(content="")
    exhibit = get_object_or_404(kept, token=token)
    operation = get_object_or_404(Operation.objects.visible_to(request.user), pk=exhibit.operation_id)
    label = exhibit.label_in(operation)
    note_reading(request, operation, label)
    return as_download(exhibit, clean_name(f"TLP-{label} {exhibit.name}"))


@form_page
def operation_custody(request: HttpRequest, slug: str, token: UUID) -> HttpResponse:
    operation = find_to_add(request, slug)
    exhibits = Exhibit.objects.visible_to(request.user).filter(operation=operation)
    exhibit = get_object_or_404(exhibits, token=token)
    form = CustodyForm(posted(request))
    if form.is_valid():
        try:
            parts.hand_over(exhibit=exhibit, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _back(request, operation, _("It stands in the custody log."), "evidence")
    title = _("Custody: %(what)s") % {"what": exhibit.title}
    return form_of(request, SMALL, form, operation, title=title, button=_("Add"), label=exhibit.label_in(operation))


@form_page
def operation_alert_add(request: HttpRequest, slug: str) -> HttpResponse:
    operation = find_to_add(request, slug)
    form = AlertForm(posted(request), user=request.user)
    if form.is_valid():
        try:
            parts.link_alert(operation=operation, alert=form.cleaned_data["alert"], by=request.user)
        except Refused as refusal:
            form.add_error("alert", str(refusal))
        else:
            return _back(
                request, operation, _("The alert is linked. Whoever may not read it does not see it."), "alerts"
            )
    hint = _("The alert keeps its own label and its own readers, and so do its indicators.")
    return form_of(request, SMALL, form, operation, title=_("Link an alert"), button=_("Link"), hint=hint)


@require_POST
def operation_alert_remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    operation = find_to_edit(request, slug)
    links = OperationAlert.objects.visible_to(request.user).filter(operation=operation)
    parts.unlink_alert(link=get_object_or_404(links, pk=pk), by=request.user)
    return _back(request, operation, _("The alert is not linked any more."), "alerts")


@form_page
def operation_action_new(request: HttpRequest, slug: str) -> HttpResponse:
    return _action(request, find_to_edit(request, slug), OperationAction())


@form_page
def operation_action_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    operation = find_to_edit(request, slug)
    known = OperationAction.objects.visible_to(request.user).filter(operation=operation)
    return _action(request, operation, get_object_or_404(known, pk=pk))


def _action(request: HttpRequest, operation: Operation, known: OperationAction) -> HttpResponse:
    form = ActionForm(posted(request), instance=known)
    if form.is_valid():
        parts.keep_action(operation=operation, action=form.save(commit=False), by=request.user)
        return _back(request, operation, _("It is saved."), "actions")
    return form_of(request, SMALL, form, operation, title=_("Legal action"), button=_("Save"))


@form_page
def operation_figure_new(request: HttpRequest, slug: str) -> HttpResponse:
    operation = find_to_edit(request, slug)
    form = FigureForm(posted(request))
    if form.is_valid():
        parts.keep_figure(operation=operation, figure=form.save(commit=False), by=request.user)
        return _back(request, operation, _("The figure is kept."), "outcome")
    return form_of(request, SMALL, form, operation, title=_("Add a figure"), button=_("Add"))


@require_POST
def operation_figure_remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    operation = find_to_edit(request, slug)
    figures = OperationFigure.objects.visible_to(request.user).filter(operation=operation)
    parts.remove_figure(figure=get_object_or_404(figures, pk=pk), by=request.user)
    return _back(request, operation, _("The figure is taken away."), "outcome")


@form_page
def operation_name(request: HttpRequest, slug: str) -> HttpResponse:
    operation = find_to_edit(request, slug)
    form = NameForm(posted(request), operation=operation, user=request.user)
    if form.is_valid():
        try:
            actions.name_person(operation=operation, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _back(request, operation, _("The person is named, and told so by mail."), "people")
    hint = _("Whoever is named reads everything of this operation, under TLP:RED too.")
    return form_of(
        request, SMALL, form, operation, title=_("Name a person"), button=pgettext("operation", "Name"), hint=hint
    )


@form_page
def operation_unname(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    operation = find_to_edit(request, slug)
    rows = OperationPerson.objects.visible_to(request.user).filter(operation=operation).select_related("person")
    row = get_object_or_404(rows, pk=pk)
    form = WhyForm(posted(request))
    form.fields["reason"].required = True
    if form.is_valid():
        try:
            actions.remove_person(operation=operation, row=row, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _back(request, operation, _("The person is not named any more, and told so by mail."), "people")
    title = _("Take out %(name)s") % {"name": row.person.name}
    return form_of(request, SMALL, form, operation, title=title, button=_("Take out"), is_danger=True)
