"""The register of points of contact: the list for staff, and a page for each state."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from common.days import today
from common.downloads import csv_response, table_response, xlsx_response
from common.scope import reach_of
from correspondence.actions import contacts as actions
from correspondence.filters import ContactFilter, contact_table
from correspondence.forms.contacts import REACHED, ConfirmForm, EndForm, NameForm, ReachForm
from correspondence.models import PointOfContact
from correspondence.standing import states_without
from correspondence.views.notes import PAGE, form_page, posted, show
from member_states.models import MemberState
from member_states.rules import is_liaison_of
from review.actions import Refused


def _filtered(request: HttpRequest) -> ContactFilter:
    if not request.user.has_perm("correspondence.view_contact_list"):
        raise PermissionDenied
    seen = PointOfContact.objects.visible_to(request.user).select_related("state")
    return ContactFilter(request.GET, seen.order_by("state__name_en", "-starts_on", "-pk"), request=request)


@require_safe
def contact_list(request: HttpRequest) -> HttpResponse:
    chosen = _filtered(request)
    context = {
        "filter": chosen,
        "is_narrowed": any(request.GET.get(name) for name in chosen.filters),
        "page": Paginator(chosen.qs, PAGE).get_page(request.GET.get("page")),
        "without": list(states_without(request.user)),
        "stale": PointOfContact.objects.visible_to(request.user).stale().count(),
        "may_write": request.user.has_perm("correspondence.write_notes"),
    }
    return show(request, "contact_list", context)


@require_safe
def contact_csv(request: HttpRequest) -> HttpResponseBase:
    return csv_response(contact_table(_filtered(request).qs), f"contact-points-{timezone.localdate()}.csv")


@require_safe
def contact_xlsx(request: HttpRequest) -> HttpResponseBase:
    return xlsx_response(contact_table(_filtered(request).qs), f"contact-points-{timezone.localdate()}.xlsx")


@require_safe
def contact_points(request: HttpRequest, slug: str) -> HttpResponse:
    """Of one state, with its history: for its own liaisons and the staff; nobody else learns whether there are any."""
    state = _state(request, slug)
    known = _of_state(request, state).select_related("named_note", "ended_note")
    may_keep = request.user.has_perm("correspondence.write_notes") and not is_liaison_of(request.user, state)
    context = {
        "state": state,
        "current": list(known.current()),
        "stale": set(known.stale().values_list("pk", flat=True)),
        "former": list(known.former().order_by("-ends_on", "-pk")),
        "may_keep": may_keep,
        "is_staff": reach_of(request.user).staff,
    }
    return show(request, "contact_points", context)


@require_safe
def points_table(request: HttpRequest, slug: str, form: str = "csv") -> HttpResponseBase:
    """What the page of the state shows: how to reach those who hold today, and who was before them."""
    state = _state(request, slug)
    known = _of_state(request, state)
    shown = (known.current() | known.former()).order_by("-starts_on", "-pk")
    return table_response(contact_table(shown, reaches_former=False), f"{slug}-contact-points", form)


def _of_state(request: HttpRequest, state: MemberState) -> Any:
    return PointOfContact.objects.visible_to(request.user).filter(state=state).select_related("state")


def _state(request: HttpRequest, slug: str) -> MemberState:
    state = get_object_or_404(MemberState.objects.visible_to(request.user), slug=slug)
    if not (reach_of(request.user).staff or is_liaison_of(request.user, state)):
        raise Http404
    return state


@form_page
def contact_new(request: HttpRequest, slug: str) -> HttpResponse:
    state = _state(request, slug)
    if not request.user.has_perm("correspondence.write_notes") or is_liaison_of(request.user, state):
        raise PermissionDenied
    start = {"starts_on": today(), "named_note": request.GET.get("note", "")}
    form = NameForm(posted(request), state=state, by=request.user, initial=start)
    if form.is_valid() and _done(form, actions.name, state=state, by=request.user, **form.cleaned_data):
        messages.success(request, _("The point of contact is in the register."))
        return redirect("contact-points", state.slug)
    return show(request, "contact_form", {"form": form, "state": state})


@form_page
def contact_edit(request: HttpRequest, pk: int) -> HttpResponse:
    contact = _permitted(request, pk)
    form = ReachForm(posted(request), instance=contact, initial={"edited": contact.edited})
    if form.is_valid():
        given = {name: form.cleaned_data[name] for name in (*REACHED, "edited")}
        if _done(form, actions.change, contact=contact, **given):
            messages.success(request, _("The point of contact is changed."))
            return redirect("contact-points", contact.state.slug)
    return show(request, "contact_form", {"form": form, "state": contact.state, "contact": contact})


@form_page
def contact_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    contact = _permitted(request, pk)
    form = ConfirmForm(posted(request), contact=contact, initial={"on": today()})
    return _step(request, contact, form, actions.confirm, "confirm")


@form_page
def contact_end(request: HttpRequest, pk: int) -> HttpResponse:
    contact = _permitted(request, pk)
    start = {"on": today(), "note": request.GET.get("note", "")}
    form = EndForm(posted(request), contact=contact, by=request.user, initial=start)
    return _step(request, contact, form, actions.end, "end", by=request.user)


def _permitted(request: HttpRequest, pk: int) -> PointOfContact:
    seen = PointOfContact.objects.visible_to(request.user).select_related("state")
    contact = get_object_or_404(seen, pk=pk)
    if not request.user.has_perm("correspondence.keep_contacts", contact):
        raise PermissionDenied
    return contact


def _step(
    request: HttpRequest,
    contact: PointOfContact,
    form: Any,
    action: Callable[..., None],
    verb: str,
    **more: Any,
) -> HttpResponse:
    if form.is_valid() and _done(form, action, contact=contact, **form.cleaned_data, **more):
        messages.success(request, _("It is kept in the register."))
        return redirect("contact-points", contact.state.slug)
    return show(request, "contact_step", {"form": form, "contact": contact, "verb": verb})


def _done(form: Any, action: Callable[..., Any], **given: Any) -> bool:
    try:
        action(**given)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True
