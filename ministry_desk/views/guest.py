"""The pages of a guest: what is behind the link, and the questions that were asked."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from capability.models import StageSentence
from common.middleware import SAFE_METHODS
from common.scope import scope
from documents.checks import ACCEPT
from ministry_desk.actions.answering import attach_file, attach_link, detach, save_answer, send_answers
from ministry_desk.forms import GuestAnswerForm
from ministry_desk.guests import BROWSER, Guest, guest_of, hand_key, is_elsewhere, letter_of, name_browser, take_up
from ministry_desk.guests import why_dead as why_dead_of
from ministry_desk.models import AskedQuestion, Enquiry, GuestAnswer, Letter
from review.actions import Refused


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, token: str) -> HttpResponse:
    """Looking changes nothing, for programs that check mails open every link; the button takes the link up."""
    letter, browser = letter_of(token), request.COOKIES.get(BROWSER, "")
    with translation.override(_language(request, letter)):
        if letter is None or why_dead_of(letter) or is_elsewhere(letter, browser):
            return _dead(request, letter, "" if letter is None else why_dead_of(letter) or "used")
        if request.method == "POST":
            return _open(request, letter, browser)
        response = _private(render(request, "ministry_desk/link.html", {"letter": letter}))
        name_browser(request, response)
        return response


def _open(request: HttpRequest, letter: Letter, browser: str) -> HttpResponse:
    key = take_up(letter, browser) if browser else None
    if key is None:
        return _dead(request, letter, "used" if browser else "cookies")
    response = _private(redirect("colleague", letter.enquiry_id))
    hand_key(response, key, letter.enquiry_id)
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        secure = request.is_secure()
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, letter.language, samesite="Lax", secure=secure)
    return response


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def answers(request: HttpRequest, pk: int) -> HttpResponse:
    """The questions of one enquiry, in the scope of the guest alone, whoever else may be signed in here."""
    guest = guest_of(request, pk)
    if guest is None:
        return _dead(request, None, "")
    with translation.override(_language(request, guest.letter)):
        if why := why_dead_of(guest.letter):
            return _dead(request, guest.letter, why)
        with scope(guest.reach, read_only=request.method in SAFE_METHODS):
            response = _private(_answer(request, guest) if request.method == "POST" else _page(request, guest))
            if key := request.COOKIES.get("colleague-key"):
                hand_key(response, key, pk)
            return response


@dataclass
class Row:
    asked: AskedQuestion
    answer: GuestAnswer
    form: GuestAnswerForm
    sentences: list[StageSentence]


def _answer(request: HttpRequest, guest: Guest) -> HttpResponse:
    rows = _unsent(guest, request)
    if not rows:
        messages.error(request, _("Your answers were sent, so they cannot be changed any more."))
        return redirect(request.path)
    try:
        wrong = _save(rows, request, guest)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(request.path)
    wish, _colon, proof = str(request.POST.get("do") or "save").partition(":")
    if wish == "remove" and proof.isdecimal() and len(proof) < 19:
        for row in rows:
            detach(answer=row.answer, proof=int(proof), guest=guest)
    if wish == "send" and not wrong:
        wrong = _check(_unsent(guest, request))
        if not wrong:
            send_answers(guest=guest)
            return redirect(request.path)
    if wrong:
        return _page(request, guest, _with_errors(_rows(guest, request), wrong), status=422)
    messages.success(request, _("Your answers are saved. They are not sent yet."))
    return redirect(request.path)


Wrong = dict[str, dict[str, list[Any]]]  # by question and field


def _save(rows: list[Row], request: HttpRequest, guest: Guest) -> Wrong:
    """Saves what was typed, whatever is wrong with a file or a link that came along."""
    wrong: Wrong = {}
    for row in rows:
        form = row.form
        if form.add_prefix("text") not in request.POST:
            continue
        save_answer(answer=row.answer, stage=form.typed_stage, text=form.typed_text, guest=guest)
        upload: Any = request.FILES.get(form.add_prefix("file"))
        try:
            if upload:
                attach_file(answer=row.answer, upload=upload, guest=guest)
        except ValidationError as error:
            wrong.setdefault(row.asked.question, {})["file"] = [f"{upload.name}: {m}" for m in error.messages]
        try:
            if form.typed_link:
                attach_link(answer=row.answer, link=form.fields["link"].clean(form.typed_link), guest=guest)
        except ValidationError as error:
            wrong.setdefault(row.asked.question, {})["link"] = error.messages
    return wrong


def _check(rows: list[Row]) -> Wrong:
    wrong: Wrong = {}
    for row in rows:
        row.form.is_valid()
        row.form.errors.clear()
        row.form.check_for_sending()
        if row.form.errors:
            wrong[row.asked.question] = {name: list(said) for name, said in row.form.errors.items()}
    if not wrong and all(row.answer.is_blank for row in rows):
        wrong[rows[0].asked.question] = {"stage": [_("Answer at least one question before you send.")]}
    return wrong


def _with_errors(rows: list[Row], wrong: Wrong) -> list[Row]:
    for row in rows:
        row.form.is_valid()
        row.form.errors.clear()
        for name, sentences in wrong.get(row.asked.question, {}).items():
            row.form.add_error(name, sentences)
    return rows


def _unsent(guest: Guest, request: HttpRequest) -> list[Row]:
    """Without what a liaison took over before asking again."""
    return [row for row in _rows(guest, request) if row.answer.sent_at is None]


def _rows(guest: Guest, request: HttpRequest) -> list[Row]:
    found = GuestAnswer.objects.visible_to(guest).select_related("asked__indicator__factor")
    mine = list(found.prefetch_related("proofs__file").order_by("asked__indicator__number"))
    sentences: dict[int, list[StageSentence]] = {}
    for sentence in StageSentence.objects.visible_to(guest).filter(
        indicator__in=[answer.asked.indicator_id for answer in mine]
    ):
        sentences.setdefault(sentence.indicator_id, []).append(sentence)
    posted = request.POST if request.method == "POST" else None
    return [
        Row(one.asked, one, GuestAnswerForm(posted, answer=one), sentences.get(one.asked.indicator_id, []))
        for one in mine
    ]


def _page(request: HttpRequest, guest: Guest, rows: list[Row] | None = None, *, status: int = 200) -> HttpResponse:
    enquiry = Enquiry.objects.visible_to(guest).select_related("state", "asked_by").get()
    rows = _rows(guest, request) if rows is None else rows
    sent = [row.answer.sent_at for row in rows if row.answer.sent_at]
    context = {
        "enquiry": enquiry,
        "rows": rows,
        "sent_at": max(sent) if len(sent) == len(rows) else None,
        "errors": [error for row in rows for error in _errors_of(row)],
        "refused": status != 200,
        "accept": ACCEPT,
    }
    return render(request, "ministry_desk/answers.html", context, status=status)


def _errors_of(row: Row) -> list[dict[str, str]]:
    if not row.form.is_bound:
        return []
    errors = []
    for name, sentences in row.form.errors.items():
        field = row.form[name]
        anchor = f"{field.auto_id}_0" if field.use_fieldset else field.auto_id
        title = str(row.asked.indicator.factor.name)
        for sentence in sentences:
            errors.append({"id": anchor, "text": _("%(question)s: %(error)s") % {"question": title, "error": sentence}})
    return errors


def _dead(request: HttpRequest, letter: Letter | None, why: str) -> HttpResponse:
    """As if there were nothing, but for a sentence that says what to do. What was typed is shown, to be copied."""
    typed = [str(value) for name, value in request.POST.items() if name.endswith("-text") and str(value).strip()]
    context = {"letter": letter, "why": why, "typed": typed}
    return _private(render(request, "ministry_desk/link_dead.html", context, status=404))


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store, private"
    response["X-Robots-Tag"] = "noindex"
    return response


def _language(request: HttpRequest, letter: Letter | None) -> str:
    """As chosen on the page; before that, the language of the letter."""
    if letter is None or settings.LANGUAGE_COOKIE_NAME in request.COOKIES:
        return translation.get_language() or settings.LANGUAGE_CODE
    return letter.language
