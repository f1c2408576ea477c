"""What was undertaken: its page for whoever reads the agreement, and the programme's forms."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partnerships.actions import commitments as actions
from partnerships.forms.commitments import CommitmentForm
from partnerships.models import Commitment, CommitmentActivity, Delivery
from partnerships.views.promise_finding import (
    REPORT,
    WRITE,
    check,
    find_agreement,
    find_commitment,
    may,
    posted,
    show,
)
from partnerships.whom_reached import reached_by
from review.actions import Refused


@login_not_required
@require_safe
def commitment_detail(request: HttpRequest, pk: int) -> HttpResponse:
    commitment, user = find_commitment(request, pk), request.user
    links = CommitmentActivity.objects.visible_to(user).filter(commitment=commitment)
    deliveries = Delivery.objects.visible_to(user).filter(commitment=commitment)
    context = {
        "commitment": commitment,
        "reached": reached_by(links.values_list("activity", flat=True), user),
        "deliveries": list(deliveries.prefetch_related("files")),
        "may_write": may(user, WRITE),
        "may_report": may(user, REPORT, commitment),
    }
    return show(request, "partnerships/commitment_detail.html", context)


@require_http_methods(["GET", "POST"])
def commitment_new(request: HttpRequest, slug: str) -> HttpResponse:
    agreement = find_agreement(request, slug)
    check(request, WRITE)
    form = CommitmentForm(posted(request)[0], agreement=agreement, user=request.user)
    return _answer(request, form, {"agreement": agreement})


@require_http_methods(["GET", "POST"])
def commitment_edit(request: HttpRequest, pk: int) -> HttpResponse:
    commitment = find_commitment(request, pk)
    check(request, WRITE)
    again = find_commitment(request, pk)
    form = CommitmentForm(posted(request)[0], agreement=commitment.agreement, user=request.user, instance=again)
    return _answer(request, form, {"agreement": commitment.agreement, "commitment": commitment})


@require_POST
def commitment_remove(request: HttpRequest, pk: int) -> HttpResponse:
    commitment = find_commitment(request, pk)
    check(request, WRITE)
    try:
        actions.remove_commitment(commitment=commitment, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(commitment)
    messages.success(request, _("The commitment is taken away."))
    return redirect(commitment.agreement)


def _answer(request: HttpRequest, form: CommitmentForm, context: dict[str, Any]) -> HttpResponse:
    if form.is_valid() and (saved := _saved(request, form)):
        messages.success(request, _("The commitment is saved."))
        return redirect(saved)
    return show(request, "partnerships/commitment_form.html", context | {"form": form})


def _saved(request: HttpRequest, form: CommitmentForm) -> Commitment | None:
    given = form.cleaned_data
    edited = given.get("edited") or 0
    try:
        return actions.save_commitment(
            commitment=form.save(commit=False), activities=given["activities"], edited=edited, by=request.user
        )
    except Refused as refused:
        form.add_error("party" if isinstance(refused, actions.Settled) else None, str(refused))
        return None
