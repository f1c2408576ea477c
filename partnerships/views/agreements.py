"""The page of an agreement, and the form in which officers enter one and correct it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from common.scope import reach_of
from documents.views import layout_of
from partnerships.actions import agreements as actions
from partnerships.agreement_page import AgreementPage
from partnerships.forms.agreements import AgreementForm, Parties
from partnerships.life import ways_from
from partnerships.models import Agreement
from partnerships.views.finding import check, edited_meanwhile, find, find_to_edit, may
from review.actions import Refused


@login_not_required
@require_safe
def agreement_detail(request: HttpRequest, slug: str) -> HttpResponse:
    agreement, user, reach = find(request, slug), request.user, reach_of(request.user)
    may_edit = may(user, "partnerships.edit_agreement")
    context = {
        "agreement": agreement,
        "page": AgreementPage(user, agreement),
        "may_edit": may_edit,
        "may_conclude": may(user, "partnerships.conclude_agreement"),
        "ways": ways_from(agreement, user) if may_edit else [],
        "knows_owner": reach.staff or bool(reach.partners),
        "layout": layout_of(request),
    }
    return render(request, "partnerships/agreement_detail.html", context)


@require_http_methods(["GET", "POST"])
def agreement_new(request: HttpRequest) -> HttpResponse:
    check(request, "partnerships.edit_agreement")
    form, parties = _forms(request, None)
    if _is_sent(request) and form.is_valid() and parties.is_valid():
        try:
            agreement = actions.add_agreement(
                agreement=form.save(commit=False),
                sides=parties.sides,
                instruments=form.cleaned_data["instruments"],
                by=request.user,
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The agreement is kept as a draft: the programme’s staff read of it."))
            return redirect(agreement)
    return _form(request, form, parties, None)


@require_http_methods(["GET", "POST"])
def agreement_edit(request: HttpRequest, slug: str) -> HttpResponse:
    agreement = find_to_edit(request, slug)
    form, parties = _forms(request, agreement)
    if _is_sent(request) and form.is_valid() and parties.is_valid():
        agreement.edited = form.cleaned_data["edited"] or 0
        given = {"sides": parties.sides, "instruments": form.cleaned_data["instruments"]}
        try:
            actions.change_agreement(agreement=agreement, fields=form.Meta.fields, **given, by=request.user)
        except actions.EditedMeanwhile:
            form.add_error(None, edited_meanwhile())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The agreement is saved."))
            return redirect(agreement)
    return _form(request, form, parties, find(request, slug))


def _forms(request: HttpRequest, agreement: Agreement | None) -> tuple[AgreementForm, Any]:
    posted = request.POST if request.method == "POST" else None
    form = AgreementForm(posted, instance=agreement, user=request.user)
    return form, Parties.of(agreement, user=request.user, posted=posted)


def _is_sent(request: HttpRequest) -> bool:
    """And not only asked for more lines."""
    return request.method == "POST" and "more" not in request.POST


def _form(request: HttpRequest, form: AgreementForm, parties: Any, agreement: Agreement | None) -> HttpResponse:
    is_refused = _is_sent(request)
    errors = [*form.summary(), *parties.summary()] if is_refused else []
    context = {"form": form, "parties": parties, "agreement": agreement, "errors": errors}
    context["layout"] = layout_of(request)
    return render(request, "partnerships/agreement_form.html", context, status=422 if errors else 200)
