"""The liaison's side: who was asked what, what came back, and what becomes of it."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from capability.actions.saving import Conflict
from capability.drafts import Item, WorkingCopy
from capability.models import Update
from capability.views.finding import find_update
from ministry_desk.actions.asking import ask, ask_again, latest_day, revoke
from ministry_desk.actions.settling import keep_own, take_over
from ministry_desk.forms import AgainForm, EnquiryForm
from ministry_desk.models import Enquiry, GuestAnswer
from review.actions import Refused


def _find(request: HttpRequest, state: str, round: str) -> Update:
    update = find_update(request.user, state, round)
    if not request.user.has_perm("ministry_desk.ask_colleague", update):
        raise PermissionDenied
    return update


def _find_enquiry(request: HttpRequest, update: Update, pk: int) -> Enquiry:
    enquiry = get_object_or_404(Enquiry.objects.visible_to(request.user).whole(), pk=pk, update=update)
    enquiry.update = update
    return enquiry


@require_safe
def enquiry_list(request: HttpRequest, state: str, round: str) -> HttpResponse:
    update = _find(request, state, round)
    found = list(Enquiry.objects.visible_to(request.user).whole().filter(update=update))
    for enquiry in found:
        enquiry.update = update
    return render(request, "ministry_desk/enquiry_list.html", {"update": update, "enquiries": found})


@require_http_methods(["GET", "HEAD", "POST"])
def enquiry_new(request: HttpRequest, state: str, round: str) -> HttpResponse:
    update = _find(request, state, round)
    copy = WorkingCopy(update, request.user)
    chosen = {"questions": request.GET.getlist("question"), "language": request.user.language}  # type: ignore[union-attr]
    posted = request.POST if request.method == "POST" else None
    form = EnquiryForm(posted, copy=copy, latest=latest_day(update), initial=chosen)
    if posted is not None and form.is_valid():
        try:
            asked = form.asked()
            enquiry = ask(
                update=update,
                items=form.chosen,
                with_last=form.cleaned_data["with_last"],
                by=request.user,
                **asked,
            )
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("enquiry-list", state, round)
        messages.success(request, _("The mail to %(name)s is on its way.") % {"name": enquiry.name})
        return redirect("enquiry-list", state, round)
    context = {"update": update, "form": form, "is_open": update.is_to_fill, "latest": latest_day(update)}
    return render(request, "ministry_desk/enquiry_form.html", context, status=422 if form.errors else 200)


@dataclass
class Pair:
    """A colleague's answer beside the own one."""

    answer: GuestAnswer
    item: Item

    @property
    def may_settle(self) -> bool:
        return self.answer.sent_at is not None and self.answer.settled_at is None and self.item.may_change


@require_safe
def enquiry_detail(request: HttpRequest, state: str, round: str, pk: int) -> HttpResponse:
    update = _find(request, state, round)
    return _page(request, _find_enquiry(request, update, pk))


@require_POST
def enquiry_again(request: HttpRequest, state: str, round: str, pk: int) -> HttpResponse:
    enquiry = _find_enquiry(request, _find(request, state, round), pk)
    form = AgainForm(request.POST, latest=latest_day(enquiry.update))
    if not form.is_valid():
        return _page(request, enquiry, again=form, status=422)
    try:
        ask_again(enquiry=enquiry, by=request.user, **form.cleaned_data)
        messages.success(request, _("A mail with a new link is on its way. The links before it are dead."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(enquiry)


@require_POST
def enquiry_revoke(request: HttpRequest, state: str, round: str, pk: int) -> HttpResponse:
    enquiry = _find_enquiry(request, _find(request, state, round), pk)
    revoke(enquiry=enquiry, by=request.user)
    messages.success(request, _("The link to %(name)s is dead now.") % {"name": enquiry.name})
    return redirect(enquiry)


@require_POST
def answer_settle(request: HttpRequest, state: str, round: str, pk: int, question: str) -> HttpResponse:
    enquiry = _find_enquiry(request, _find(request, state, round), pk)
    pair = next((pair for pair in _pairs(request, enquiry) if pair.item.question.code == question), None)
    if pair is None:
        raise Http404
    try:
        if request.POST.get("do") == "take":
            take_over(answer=pair.answer, item=pair.item, revision=_revision(request), by=request.user)
        elif request.POST.get("do") == "keep":
            keep_own(answer=pair.answer, by=request.user)
    except Conflict:
        messages.error(request, _("Your own answer was changed meanwhile. Compare the two again, then choose."))
        return _page(request, enquiry, status=409)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(f"{enquiry.get_absolute_url()}#{pair.item.question.key}")


def _revision(request: HttpRequest) -> int:
    typed = request.POST.get("revision", "")
    return int(typed) if typed.isdecimal() and len(typed) < 9 else 0


def _pairs(request: HttpRequest, enquiry: Enquiry) -> list[Pair]:
    copy = WorkingCopy(enquiry.update, request.user)
    return [Pair(answer, copy.items[answer.asked.question]) for answer in enquiry.answers.all()]


def _page(request: HttpRequest, enquiry: Enquiry, *, status: int = 200, again: Any = None) -> HttpResponse:
    update = enquiry.update
    form = again or AgainForm(latest=latest_day(update), initial={"message": ""})
    context = {
        "update": update,
        "enquiry": enquiry,
        "pairs": _pairs(request, enquiry),
        "again": form,
        "is_open": update.is_to_fill,
    }
    return render(request, "ministry_desk/enquiry_detail.html", context, status=status)
