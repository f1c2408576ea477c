"""Deliveries: reported by a partner's contact or the programme, reviewed by somebody else; and the proofs of them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.downloads import table_response
from documents.refusal import Refused as FileRefused
from documents.serving import as_download
from partnerships.actions import deliveries as actions
from partnerships.forms.commitments import DeliveryForm, ReviewForm
from partnerships.models import Delivery, DeliveryFile, DeliveryMove
from partnerships.promise_lists import delivery_lines
from partnerships.states import STILL_WRITTEN
from partnerships.views.promise_finding import (
    CHANGE,
    REPORT,
    REVIEW,
    check,
    find_commitment,
    find_delivery,
    may,
    posted,
    show,
)
from review.actions import Refused
from review.states import Status


@require_safe
def delivery_list(request: HttpRequest) -> HttpResponse:
    """What waits for a review; what the reader wrote, and so cannot review, stands apart."""
    waiting = list(_waiting(request))
    mine = [one for one in waiting if may(request.user, REVIEW, one)]
    others = [one for one in waiting if one not in mine]
    return show(request, "partnerships/delivery_list.html", {"mine": mine, "others": others})


@require_safe
def delivery_table(request: HttpRequest, form: str = "csv") -> HttpResponseBase:
    return table_response(delivery_lines(_waiting(request)), "deliveries-to-review", form)


def _waiting(request: HttpRequest) -> Any:
    check(request, "partnerships.view_deliveries_to_review")
    of = ("partner", "commitment__agreement", "commitment__party__partner", "submitted_by")
    return Delivery.objects.visible_to(request.user).to_review().select_related(*of)


@login_not_required
@require_safe
def delivery_detail(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, find_delivery(request, pk), ReviewForm())


@require_http_methods(["GET", "POST"])
def delivery_new(request: HttpRequest, pk: int) -> HttpResponse:
    commitment = find_commitment(request, pk)
    check(request, REPORT, commitment)
    form = DeliveryForm(*posted(request), user=request.user)
    if form.is_valid():
        given, send = form.cleaned_data, "send" in request.POST
        try:
            made = actions.report(
                commitment=commitment,
                key=given["key"],
                facts=form.facts(),
                uploads=given["files"],
                send=send,
                by=request.user,
            )
        except (Refused, FileRefused) as refused:
            form.add_error("files", str(refused) if isinstance(refused, Refused) else refused)
        else:
            _say_kept(request, send)
            return redirect(made)
    return show(request, "partnerships/delivery_form.html", {"form": form, "commitment": commitment})


@require_http_methods(["GET", "POST"])
def delivery_edit(request: HttpRequest, pk: int) -> HttpResponse:
    delivery = find_delivery(request, pk)
    check(request, CHANGE, delivery)
    if delivery.status not in STILL_WRITTEN:
        messages.error(request, _("What was sent is not changed any more. It can be returned to you."))
        return redirect(delivery)
    form = DeliveryForm(*posted(request), user=request.user, instance=find_delivery(request, pk))
    if form.is_valid() and _changed(request, form, delivery):
        return redirect(delivery)
    context = {"form": form, "commitment": delivery.commitment, "delivery": delivery, "said": _said(request, delivery)}
    return show(request, "partnerships/delivery_form.html", context)


@require_POST
def delivery_review(request: HttpRequest, pk: int) -> HttpResponse:
    delivery = find_delivery(request, pk)
    check(request, REVIEW, delivery)
    form = ReviewForm(request.POST)
    if not form.is_valid():
        return _page(request, delivery, form)
    given = form.cleaned_data
    try:
        is_accepted = given["decision"] == "accept"
        actions.decide(delivery=delivery, is_accepted=is_accepted, reason=given["reason"], by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Your decision is kept, and whoever reported the delivery is told."))
    return redirect(delivery)


@login_not_required
@require_safe
def delivery_file(request: HttpRequest, token: UUID) -> FileResponse:
    file = get_object_or_404(DeliveryFile.objects.visible_to(request.user).exclude(content=""), token=token)
    return as_download(file, file.name)


def _changed(request: HttpRequest, form: DeliveryForm, delivery: Delivery) -> bool:
    given, send = form.cleaned_data, "send" in request.POST
    try:
        actions.change(
            delivery=delivery,
            facts=form.facts(),
            uploads=given["files"],
            taken_away=given.get("taken_away", ()),
            edited=given["edited"] or 0,
            by=request.user,
        )
        if send:
            actions.submit(delivery=delivery, by=request.user)
    except (Refused, FileRefused) as refused:
        form.add_error(None, str(refused) if isinstance(refused, Refused) else refused)
        return False
    _say_kept(request, send)
    return True


def _say_kept(request: HttpRequest, is_sent: bool) -> None:
    sent = _("The delivery is sent. The programme reviews it and tells you what it decides.")
    kept = _("The draft is kept. Send it when it is complete.")
    messages.success(request, sent if is_sent else kept)


def _page(request: HttpRequest, delivery: Delivery, form: ReviewForm) -> HttpResponse:
    user = request.user
    is_waiting = delivery.status == Status.SUBMITTED
    context = {
        "delivery": delivery,
        "commitment": delivery.commitment,
        "files": DeliveryFile.objects.visible_to(user).filter(delivery=delivery),
        "moves": DeliveryMove.objects.visible_to(user).filter(subject=delivery).select_related("by"),
        "knows_people": user.is_authenticated and (user.is_programme_staff or may(user, REPORT, delivery)),
        "may_edit": delivery.status in STILL_WRITTEN and may(user, CHANGE, delivery),
        "may_review": is_waiting and may(user, REVIEW, delivery),
        "review_form": form,
    }
    return show(request, "partnerships/delivery_detail.html", context, bound=form)


def _said(request: HttpRequest, delivery: Delivery) -> Any:
    """The last return, with its reason."""
    returned = DeliveryMove.objects.visible_to(request.user).filter(subject=delivery, status_after=Status.RETURNED)
    return returned.select_related("by").last()
