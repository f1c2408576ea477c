"""Pages for people without an account: what a letter's link opens, and what the number of a certificate says."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.views.decorators.http import require_http_methods, require_safe

from accounts.counting import may_again
from action_plan.actions.attendance import evaluate
from action_plan.forms.training import EvaluationForm
from action_plan.participants import Participant, participant_of, verified
from action_plan.views.certificates import pdf_response

MOST_LOOKS, SECONDS = 30, 60  # of an address, whatever it asks for


@login_not_required
@require_safe
def participant(request: HttpRequest, token: str) -> HttpResponse:
    found = participant_of(token)
    if found is None:
        return _nothing(request)
    with translation.override(_language(request, found)):
        context = {"found": found, "nomination": found.nomination, "token": token}
        return _private(render(request, "action_plan/participant.html", context))


@login_not_required
@require_safe
def certificate(request: HttpRequest, token: str) -> HttpResponse:
    """One that was revoked is not given out any more."""
    found = participant_of(token)
    if found is None or found.certificate is None or not found.certificate.is_valid:
        return _nothing(request)
    return _private(pdf_response(found.certificate))


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def evaluation(request: HttpRequest, token: str) -> HttpResponse:
    """Looking uses nothing up: programs that check mails open every link."""
    found = participant_of(token)
    if found is None or found.letter.about != "evaluation":
        return _nothing(request)
    with translation.override(_language(request, found)):
        if found.letter.is_used:
            return _thanks(request, found)
        form = EvaluationForm(request.POST or None)
        if form.is_valid():
            evaluate(token=token, evaluation=form.save(commit=False))
            return redirect("course-evaluation", token)
        context = {"form": form, "course": found.nomination.course}
        status = 422 if form.is_bound else 200
        return _private(render(request, "action_plan/evaluation_form.html", context, status=status))


def _thanks(request: HttpRequest, found: Participant) -> HttpResponse:
    return _private(render(request, "action_plan/evaluation_thanks.html", {"course": found.nomination.course}))


@login_not_required
@require_safe
def verify_any(request: HttpRequest) -> HttpResponse:
    if number := request.GET.get("number", "").strip()[:60].replace("/", ""):
        return redirect("certificate-verify", number)
    return render(request, "action_plan/verify.html", {})


@login_not_required
@require_safe
def verify(request: HttpRequest, number: str) -> HttpResponse:
    """A number that is none and one that nobody has are answered alike, and counted alike."""
    if not may_again(request, MOST_LOOKS, SECONDS, of="verify"):
        return _private(render(request, "429.html", status=429))
    found = verified(number)
    context, status = {"found": found, "asked": True}, 200 if found else 404
    return _private(render(request, "action_plan/verify.html", context, status=status))


def _language(request: HttpRequest, found: Participant) -> str:
    """As chosen on the page; before that, the language of the nominee."""
    if settings.LANGUAGE_COOKIE_NAME in request.COOKIES:
        return translation.get_language() or settings.LANGUAGE_CODE
    return found.nomination.language


def _nothing(request: HttpRequest) -> HttpResponse:
    return _private(render(request, "action_plan/participant_nothing.html", status=404))


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store, private"
    response["X-Robots-Tag"] = "noindex"
    return response
