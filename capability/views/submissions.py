"""What was sent, as it was sent, and who changed what."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from capability.cards import cards_of
from capability.history import PAGE, entries_of, lines_of
from capability.models import Submission
from capability.questions import questions_of
from capability.reads import note_submission, note_update
from capability.views.finding import find_update
from review.states import Status


@require_safe
def submission_detail(request: HttpRequest, state: str, round: str, number: int) -> HttpResponse:
    """For the state and for staff; nothing on it changes any more but the decisions until they are released."""
    update = find_update(request.user, state, round)
    sent = Submission.objects.visible_to(request.user).filter(update_sent=update).select_related("submitted_by")
    sent = sent.with_withdrawal()
    submission = get_object_or_404(sent, number=number)
    submission.update_sent = update
    note_submission(request, submission)
    cards = cards_of(submission, request.user)
    context = {
        "update": update,
        "submission": submission,
        "submissions": sent.order_by("number"),
        "cards": cards,
        "may_withdraw": update.status == Status.ACCEPTED
        and request.user.has_perm("capability.withdraw_acceptance", update),
        "decided": sum(card.decision is not None for card in cards),
    }
    return render(request, "capability/submission_detail.html", context)


@require_safe
def update_history(request: HttpRequest, state: str, round: str) -> HttpResponse:
    update = find_update(request.user, state, round)
    if not request.user.has_perm("accounts.view_audit_trail"):
        raise PermissionDenied
    note_update(request, update)
    questions = questions_of(update.edition)
    asked, before = request.GET.get("question", ""), request.GET.get("before", "")
    question = asked if asked in questions else ""
    reads = request.GET.get("reads") == "on"
    entries = entries_of(update, request.user, question, reads=reads)
    if before.isdecimal() and len(before) < 19:
        entries = entries.filter(pk__lt=int(before))
    rows = list(entries[: PAGE + 1])
    context = {
        "update": update,
        "questions": questions.values(),
        "question": question,
        "reads": reads,
        "lines": lines_of(rows[:PAGE], update, request.user),
        "older": rows[PAGE - 1].pk if len(rows) > PAGE else None,
        "is_first": not before,
    }
    return render(request, "capability/update_history.html", context)
