"""Reviewing an update: the page, and each thing that is done on it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect, reswap, retarget

from capability.actions.accepting import accept_update
from capability.actions.reviewing import DecidedMeanwhile, accept_unchanged, decide, return_update
from capability.cards import Card, cards_of
from capability.discussion import Discussion
from capability.earlier import earlier_answers
from capability.forms.decisions import DecisionForm
from capability.models import Answer, Submission, Update
from capability.reads import note_submission
from capability.views.finding import find_update, last_submission
from common.translated import by_name
from review.actions import Refused
from review.states import Status


@require_safe
def update_review(request: HttpRequest, state: str, round: str) -> HttpResponse:
    update = find_update(request.user, state, round)
    if not request.user.has_perm("capability.view_inbox"):
        raise PermissionDenied
    submission = last_submission(request.user, update)
    if submission is None or update.status != Status.SUBMITTED:
        may_withdraw = update.status == Status.ACCEPTED and request.user.has_perm(
            "capability.withdraw_acceptance", update
        )
        context = {"update": update, "submission": submission, "may_withdraw": may_withdraw}
        return render(request, "capability/review_none.html", context)
    context = _page(request, update, submission)
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "capability/review.html#progress", context)
    note_submission(request, submission)
    return render(request, "capability/review.html", context)


@require_POST
def decision_save(request: HttpRequest, state: str, round: str, number: int, question: str) -> HttpResponse:
    update = _find_for_review(request, state, round)
    answers = Answer.objects.visible_to(request.user).select_related("submission", "update")
    answer = get_object_or_404(answers, update=update, submission__number=number, question=question)
    form = DecisionForm(request.POST, auto_id=_ids(question))
    if not form.is_valid():
        return _answer(request, update, question, status=422, form=form)
    try:
        decide(answer=answer, by=request.user, **form.cleaned_data)
    except DecidedMeanwhile as meanwhile:
        return _answer(request, update, question, status=409, form=form, conflict=meanwhile.decision)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return _go(request, _url(update))
    return _answer(request, update, question)


@require_POST
def unchanged_accept(request: HttpRequest, state: str, round: str) -> HttpResponse:
    return _act(request, state, round, accept_unchanged)


@require_POST
def update_return(request: HttpRequest, state: str, round: str) -> HttpResponse:
    said = _("The answers were returned to %(state)s. Its liaisons get a mail now.")
    return _act(request, state, round, return_update, said)


@require_POST
def update_accept(request: HttpRequest, state: str, round: str) -> HttpResponse:
    said = _("The update of %(state)s is accepted. Its profile shows the new answers.")
    return _act(request, state, round, accept_update, said)


def _act(request: HttpRequest, state: str, round: str, action: Callable[..., Any], said: str = "") -> HttpResponse:
    """Does it and says so on the inbox, or says on the review page why not."""
    update = _find_for_review(request, state, round)
    try:
        action(update=update, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(_url(update))
    if not said:
        return redirect(_url(update))
    messages.success(request, said % {"state": update.state})
    return redirect("update-inbox")


def _find_for_review(request: HttpRequest, state: str, round: str) -> Update:
    update = find_update(request.user, state, round)
    if not request.user.has_perm("capability.review_update", update):
        raise PermissionDenied
    return update


def _answer(request: HttpRequest, update: Update, question: str, status: int = 200, **shown: Any) -> HttpResponse:
    """What the browser changes of the page, or the page again; after success without script, a redirect to it."""
    if status == 200 and not request.htmx:  # type: ignore[attr-defined]
        return redirect(f"{_url(update)}#answer-{_key(question)}")
    submission = last_submission(request.user, update)
    if submission is None:
        raise PermissionDenied
    context = _page(request, update, submission, question, **shown)
    if not request.htmx:  # type: ignore[attr-defined]
        return render(request, "capability/review.html", context, status=status)
    if status == 200:
        return render(request, "capability/review.html#saved", context)
    response = render(request, "capability/review.html#card", context, status=status)
    return reswap(retarget(response, f"#answer-{context['card'].question.key}"), "outerHTML")


def _page(
    request: HttpRequest, update: Update, submission: Submission, question: str = "", **shown: Any
) -> dict[str, Any]:
    """`shown` (form, conflict) belongs to the card of `question`."""
    cards = cards_of(submission, request.user)
    discussion = Discussion(submission, request.user)
    earlier = earlier_answers(submission, request.user)
    for card in cards:
        card.talk = discussion.about(card.question.code)
        card.rounds = earlier.get(card.question.code, [])
        own = shown if card.question.code == question else {}
        card.form = own.get("form") or _form_of(card)
        card.conflict = own.get("conflict")
    verdicts = [card.verdict for card in cards]
    round_slug = update.round.slug if update.round else ""
    unchanged = [card for card in cards if not card.is_open and not card.carried]
    return {
        "update": update,
        "submission": submission,
        "history_url": reverse("update-history", args=[update.state.slug, round_slug]),
        "note_url": reverse("note-write", args=[update.state.slug, round_slug]),
        "may_review": request.user.has_perm("capability.review_update", update),
        "may_discuss": request.user.has_perm("capability.discuss_review", update),
        "discussion": discussion,
        "cards": cards,
        "hints": sum(len(card.hints) for card in cards),
        "card": next((card for card in cards if card.question.code == question), None),
        "changed": [card for card in cards if card.is_open and not card.carried],
        "unchanged": unchanged,
        "carried": [card for card in cards if card.carried],
        "unchanged_left": sum(not card.verdict for card in unchanged),
        "left": verdicts.count(""),
        "accepted": verdicts.count("accept"),
        "to_return": verdicts.count("return"),
        "neighbours": _neighbours(request.user, update),
        "error_form": shown.get("form") if shown and not shown.get("conflict") else None,
    }


def _form_of(card: Card) -> DecisionForm:
    standing = card.decision or card.carried
    seen = {
        "verdict": card.verdict,
        "comment": standing.comment if standing else "",
        "version": card.decision.version if card.decision else 0,
    }
    return DecisionForm(initial=seen, auto_id=_ids(card.question.code))


def _neighbours(user: Any, update: Update) -> tuple[Update | None, Update | None]:
    """The updates before and after this one that wait in the same round, by name."""
    waiting = Update.objects.visible_to(user).waiting_for_review().filter(round=update.round)
    updates = list(waiting.select_related("state", "round").order_by(by_name("state__name"), "pk"))
    here = next((place for place, other in enumerate(updates) if other.pk == update.pk), 0)
    return (updates[here - 1] if here else None), (updates[here + 1] if here + 1 < len(updates) else None)


def _ids(question: str) -> str:
    return f"{_key(question)}-%s"


def _key(question: str) -> str:
    """As Question.key: ids hold no dots."""
    return question.replace(".", "-")


def _url(update: Update) -> str:
    return reverse("update-review", args=[update.state.slug, update.round.slug if update.round else ""])


def _go(request: HttpRequest, url: str) -> HttpResponse:
    return HttpResponseClientRedirect(url) if request.htmx else redirect(url)  # type: ignore[attr-defined]
