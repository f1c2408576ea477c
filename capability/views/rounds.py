"""Rounds: what they ask of whom, opening and closing them."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.mail import EmailMultiAlternatives
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from capability.actions.rounds import close_round, open_round
from capability.forms.rounds import RoundForm, next_round
from capability.inbox import TABS, with_last_sending
from capability.models import Round, Update
from capability.timeliness import state_rows
from common.days import today
from common.downloads import table_response, where, whereabouts
from common.translated import by_name
from member_states.models import Liaison, MemberState
from notices.sending import example
from review.actions import Refused

ON_A_PAGE = 10  # the rounds of five years


@require_safe
def round_list(request: HttpRequest) -> HttpResponse:
    page = Paginator(_rounds(request), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "may_plan": request.user.has_perm("capability.plan_round")}
    return render(request, "capability/round_list.html", context)


@require_safe
def round_table(request: HttpRequest, form: str = "csv") -> HttpResponseBase:
    return table_response(_lines(_rounds(request)), "rounds", form)


def _rounds(request: HttpRequest) -> Any:
    if not request.user.has_perm("capability.view_inbox"):
        raise PermissionDenied
    statuses = {tab.replace("-", "_"): _count(which) for tab, (_words, which) in TABS.items()}
    rounds = Round.objects.visible_to(request.user).annotate(invited=Count("updates"), **statuses)
    return rounds.order_by("-year", "-number")  # what groups forgets the order of its model


def _lines(rounds: Any) -> Iterator[list[Any]]:
    yield [
        _("Round"), _("From"), _("Until"), _("Opened on"), _("Due"), _("Closed on"), _("Invited"),
        _("Waiting for review"), _("Accepted"), *where(),
    ]  # fmt: skip
    for one in rounds:
        opened, closed = (at and localtime(at).date() for at in (one.opened_at, one.closed_at))
        yield [
            str(one), one.period_from, one.period_to, opened, one.due_on, closed, one.invited, one.in_review,
            one.accepted, *whereabouts(one),
        ]  # fmt: skip


@require_safe
def round_detail(request: HttpRequest, round: str) -> HttpResponse:
    found = _find(request, round)
    rows = list(_updates(request, found))
    for row in rows:
        row.round = found
    in_time = Counter(row.timeliness for row in rows)
    context = {
        "round": found,
        "rows": rows,
        "sent": len(rows) - in_time["missing"],
        "on_time": in_time["on_time"],
        "late": in_time["late"],
        "missing": in_time["missing"],
        "counts": _counts(rows),
        "idle": sum(row.is_to_fill and row.display_status == "not_started" for row in rows),
        "unsent": sum(row.is_to_fill and row.timeliness == "missing" for row in rows),
        "may_remind": request.user.has_perm("capability.remind_states"),
        "may_extend": found.opened_at is not None and request.user.has_perm("capability.extend_update"),
        "may_open": request.user.has_perm("capability.open_round", found),
        "may_close": found.is_open and request.user.has_perm("capability.close_round", found),
    }
    return render(request, "capability/round_detail.html", context)


@require_safe
def round_states_table(request: HttpRequest, round: str, form: str = "csv") -> HttpResponseBase:
    found = _find(request, round)
    updates = _updates(request, found).select_related("state", "round")
    return table_response(state_rows(updates), f"round-{found.slug}", form)


def _updates(request: HttpRequest, round: Round) -> Any:
    updates = Update.objects.visible_to(request.user).filter(round=round).select_related("state")
    return with_last_sending(updates).order_by(by_name("state__name"), "pk")


@require_http_methods(["GET", "POST"])
def round_new(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm("capability.plan_round"):
        raise PermissionDenied
    return _open(request, Round(**next_round(request.user, today())))


@require_http_methods(["GET", "POST"])
def round_open(request: HttpRequest, round: str) -> HttpResponse:
    """For a round that was planned in the administration."""
    found = _find(request, round)
    if not request.user.has_perm("capability.open_round", found):
        raise PermissionDenied
    return _open(request, found)


@require_http_methods(["GET", "POST"])
def round_close(request: HttpRequest, round: str) -> HttpResponse:
    found = _find(request, round)
    if not request.user.has_perm("capability.close_round", found):
        raise PermissionDenied
    if request.method == "POST":
        return _close(request, found)
    updates = Update.objects.visible_to(request.user).filter(round=found).select_related("state")
    rows = list(updates.order_by(by_name("state__name"), "pk"))
    unsent = [row for row in rows if row.status == "draft"]
    return render(request, "capability/round_close.html", {"round": found, "unsent": unsent, "counts": _counts(rows)})


def _open(request: HttpRequest, planned: Round) -> HttpResponse:
    """The form, then what will happen, then it happens; `step` says which button was pressed."""
    form = RoundForm(request.POST or None, instance=planned, user=request.user)
    step = request.POST.get("step", "")
    if step not in ("preview", "confirm") or not form.is_valid():
        status = 422 if step in ("preview", "confirm") else 200
        return render(request, "capability/round_form.html", {"form": form, "editing": step == "edit"}, status=status)
    if step == "preview":
        return render(request, "capability/round_preview.html", _preview(request, form))
    try:
        opened = open_round(round=form.save(commit=False), states=form.cleaned_data["states"], by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("round-list")
    messages.success(request, _("The round is open. The liaisons of the invited states get a mail now."))
    return redirect(opened)


def _preview(request: HttpRequest, form: RoundForm) -> dict[str, Any]:
    states = list(form.cleaned_data["states"].in_order())
    people = Liaison.objects.visible_to(request.user).current().filter(state__in=states)
    by_state = dict(people.values_list("state").annotate(Count("person", distinct=True)))
    without = [state for state in states if state.pk not in by_state]
    return {
        "form": form,
        "round": form.instance,
        "states": states,
        "left_out": [state for state in form.all_states if state not in states],
        "without_liaison": without,
        "people": people.values("person").distinct().count(),
        "mails": _mails(form.instance, states[0], request.user),
    }


def _mails(planned: Round, state: MemberState, reader: Any) -> list[tuple[str, EmailMultiAlternatives]]:
    """By language: the mail about `planned` as `reader` would get it."""
    planned.slug = f"{planned.year}-{planned.number}"
    update = Update(round=planned, state=state)
    mails = []
    for language, name in settings.LANGUAGES:
        person = User(name=reader.name, email=reader.email, language=language, time_zone=reader.time_zone)
        mails.append((str(name), example("round opened", update, person)))
    return mails


def _close(request: HttpRequest, found: Round) -> HttpResponse:
    try:
        close_round(round=found, by=request.user)
        messages.success(request, _("The round is closed. What was sent can still be reviewed."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(found)


def _find(request: HttpRequest, slug: str) -> Round:
    """Rounds have no secrets, but their pages are the staff's: liaisons answer on pages of their own."""
    rounds = Round.objects.visible_to(request.user).select_related("edition", "opened_by", "closed_by")
    found = get_object_or_404(rounds, slug=slug)
    if not request.user.has_perm("capability.view_inbox"):
        raise PermissionDenied
    return found


def _count(which: Q) -> Count:
    return Count("updates", filter=Q(**{f"updates__{name}": value for name, value in which.children}))  # type: ignore[misc]


def _counts(rows: list[Update]) -> dict[str, int]:
    words = [row.display_status if row.status != "draft" or not row.answered else "in_progress" for row in rows]
    return {word: words.count(word) for word in ("accepted", "submitted", "returned", "in_progress", "not_started")}
