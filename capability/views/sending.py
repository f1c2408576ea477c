"""The last look, sending, and the receipt."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from capability.actions.sending import Incomplete, incomplete, submit_update
from capability.actions.taking_back import may_take_back, take_back
from capability.drafts import Item, WorkingCopy
from capability.models import Update
from capability.questions import REQUESTS
from capability.regional import factor_medians
from capability.views.finding import last_submission
from capability.views.signed_out import question_url
from capability.views.update import find_draft
from capability.wording import facts_in_words
from member_states.models import Liaison
from review.actions import Refused
from review.states import Status

REVIEW_WORKING_DAYS = 10


@require_safe
def update_check(request: HttpRequest, state: str, round: str) -> HttpResponse:
    update = find_draft(request, state, round)
    copy = WorkingCopy(update, request.user)
    if not copy.is_open:
        return redirect(update)
    return _check(request, copy, incomplete(copy), uuid4())


@require_POST
def update_send(request: HttpRequest, state: str, round: str) -> HttpResponse:
    update = find_draft(request, state, round)
    key = _key(request.POST.get("key", ""))
    if update.is_open and not request.user.has_perm("capability.submit_update", update):
        raise PermissionDenied
    try:
        submit_update(update=update, key=key, by=request.user)
    except Incomplete as refusal:
        return _check(request, WorkingCopy(update, request.user), refusal.items, key, status=422)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(update)
    return redirect("update-receipt", state=state, round=round)


@require_safe
def update_receipt(request: HttpRequest, state: str, round: str) -> HttpResponse:
    update = find_draft(request, state, round)
    submission = last_submission(request.user, update)
    if submission is None:
        raise Http404
    if update.status == Status.DRAFT:  # taken back since
        return redirect(update)
    context = {
        "update": update,
        "submission": submission,
        "sent_on": timezone.localdate(submission.submitted_at),
        "read_by": working_days_after(timezone.localdate(submission.submitted_at), REVIEW_WORKING_DAYS),
        "is_waiting": update.status == Status.SUBMITTED,
        "may_take_back": may_take_back(update, request.user),
    }
    return render(request, "capability/update_receipt.html", context)


@require_http_methods(["GET", "POST"])
def update_take_back(request: HttpRequest, state: str, round: str) -> HttpResponse:
    """Asks first; then the update is a draft again, unless its review has begun meanwhile."""
    update = find_draft(request, state, round)
    if not request.user.has_perm("capability.take_back_update", update):
        raise PermissionDenied
    if request.method != "POST" and update.status == Status.SUBMITTED:
        return render(request, "capability/update_take_back.html", {"update": update})
    try:
        if request.method == "POST":
            take_back(update=update, by=request.user)
            messages.success(request, _("The update is yours again. Change what you need and send it once more."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(update)


def working_days_after(day: date, count: int) -> date:
    """Monday to Friday; holidays differ between states and are not known here."""
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day


def _key(typed: str) -> UUID:
    """The form's own key; a form without one is a form of its own."""
    try:
        return UUID(typed)
    except ValueError:
        return uuid4()


def _check(
    request: HttpRequest, copy: WorkingCopy, missing: list[Item], key: UUID, *, status: int = 200
) -> HttpResponse:
    update = copy.update
    answered = [item for item in copy.items.values() if item not in missing]
    needs, medians = copy.items[REQUESTS], factor_medians(update.edition.year)
    context = {
        "update": update,
        "copy": copy,
        "missing": [(item, _url(update, item)) for item in missing],
        "changed": [_Shown(item, update, medians) for item in answered if item.is_changed and item is not needs],
        "same": [_Shown(item, update, medians) for item in answered if not item.is_changed and item is not needs],
        "needs": facts_in_words(REQUESTS, needs.content.facts),
        "needs_url": _url(update, needs),
        "may_send": request.user.has_perm("capability.submit_update", update),
        "leads": _leads(request.user, update),
        "key": key,
        "refused": status != 200,
    }
    return render(request, "capability/update_check.html", context, status=status)


class _Shown:
    """An answer as the last look shows it, the region beside it."""

    def __init__(self, item: Item, update: Update, medians: dict[str, int | None]) -> None:
        self.item = item
        self.region = medians.get(item.question.code)
        self.url = _url(update, item)
        self.said = facts_in_words(item.question.code, item.content.facts)


def _url(update: Update, item: Item) -> str:
    round = update.round.slug if update.round else ""
    return question_url(update.state.slug, round, item.question.section, item.question.code)


def _leads(user: Any, update: Update) -> list[Liaison]:
    current = Liaison.objects.visible_to(user).current().filter(state=update.state_id, kind=Liaison.Kind.LEAD)
    return list(current.select_related("person"))
