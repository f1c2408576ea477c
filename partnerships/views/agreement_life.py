"""The life of an agreement: moved, given to others, amended, renewed."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from documents.views import layout_of
from partnerships.actions import agreements as actions
from partnerships.forms.agreement_life import AmendForm, AudienceForm, MoveForm, consequence
from partnerships.life import WAYS
from partnerships.models import Amendment, Audience
from partnerships.terms import changes_of
from partnerships.views.finding import check, edited_meanwhile, find, find_to_edit, small_form
from review.actions import Refused


@require_http_methods(["GET", "POST"])
def agreement_move(request: HttpRequest, slug: str, verb: str) -> HttpResponse:
    """Asks before it acts; a day and a reason where the way needs them."""
    way, agreement = WAYS.get(verb), find_to_edit(request, slug)
    if way is None:
        raise Http404
    check(request, way.permission)
    form = MoveForm(request.POST if request.method == "POST" else None, way=way)
    if form.is_valid():
        day, reason = form.cleaned_data.get("day"), form.cleaned_data["reason"]
        try:
            actions.move(agreement=agreement, way=way, day=day, reason=reason, by=request.user)
        except Refused as refusal:
            form.add_error("reason" if way.needs_reason and not reason.strip() else None, str(refusal))
        else:
            messages.success(request, str(way.done))
            return redirect(agreement)
    context = {"form": form, "agreement": agreement, "way": way}
    return small_form(request, "partnerships/agreement_move.html", context)


@require_http_methods(["GET", "POST"])
def agreement_audience(request: HttpRequest, slug: str) -> HttpResponse:
    """Says first who will read what; done is it with the second button."""
    agreement = find_to_edit(request, slug)
    form = AudienceForm(request.POST if request.method == "POST" else None, agreement=agreement)
    preview = ""
    if form.is_valid():
        audience = form.cleaned_data["audience"]
        if request.POST.get("confirmed") != audience:
            preview = consequence(audience)
        else:
            agreement.edited = form.cleaned_data["edited"]
            try:
                actions.give_to(agreement=agreement, audience=audience, by=request.user)
            except actions.EditedMeanwhile:
                form.add_error(None, edited_meanwhile())
            else:
                messages.success(request, _("Saved. Who reads it: %(who)s.") % {"who": Audience(audience).label})
                return redirect(agreement)
    context = {"form": form, "agreement": agreement, "preview": preview}
    return small_form(request, "partnerships/agreement_audience.html", context)


@require_http_methods(["GET", "POST"])
def agreement_amend(request: HttpRequest, slug: str) -> HttpResponse:
    agreement = find_to_edit(request, slug)
    check(request, "partnerships.conclude_agreement")
    form = AmendForm(request.POST if request.method == "POST" else None, instance=agreement)
    if form.is_valid():
        given = form.cleaned_data
        agreement.edited = given["edited"] or 0
        try:
            made = actions.amend(agreement=agreement, agreed_on=given["agreed_on"], what=given["what"], by=request.user)
        except actions.EditedMeanwhile:
            form.add_error(None, edited_meanwhile())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The amendment is kept, with the terms as they were before."))
            return redirect(made)
    return small_form(request, "partnerships/agreement_amend.html", {"form": form, "agreement": find(request, slug)})


@login_not_required
@require_safe
def agreement_amendment(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    agreement = find(request, slug)
    amendments = Amendment.objects.visible_to(request.user).filter(agreement=agreement)
    amendment = get_object_or_404(amendments, number=number)
    context = {"agreement": agreement, "amendment": amendment, "changes": changes_of(amendment)}
    return render(request, "partnerships/agreement_amendment.html", context | {"layout": layout_of(request)})


@require_POST
def agreement_renew(request: HttpRequest, slug: str) -> HttpResponse:
    agreement = find_to_edit(request, slug)
    try:
        successor = actions.renew(agreement=agreement, by=request.user)
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return redirect(agreement)
    messages.success(request, _("This draft renews it. Check its terms and enter its dates."))
    return redirect(successor)
