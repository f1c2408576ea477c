"""Assignments, second opinions and notes: each posts one form and goes back to where it stood."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from capability.actions.discussing import ask_opinion, assign_reviewer, give_opinion, write_note
from capability.forms.discussion import AskForm, AssignForm, TextForm
from capability.models import Answer, SecondOpinion, Update
from capability.questions import questions_of
from capability.views.finding import find_update
from review.actions import Refused


@require_POST
def reviewer_assign(request: HttpRequest, state: str, round: str) -> HttpResponse:
    update = _find(request, state, round)

    def assign(person: Any) -> None:
        assign_reviewer(update=update, person=person, by=request.user)

    return _act(request, update, AssignForm(request.POST), assign, _("The update has a reviewer now."), "reviewer")


@require_POST
def note_write(request: HttpRequest, state: str, round: str) -> HttpResponse:
    update = _find(request, state, round)
    question = request.POST.get("question", "")
    if question and question not in questions_of(update.edition):
        question = ""

    def write(text: str, **_given: Any) -> None:
        write_note(update=update, question=question, text=text, by=request.user)

    said = _("The note is saved. Only the programme’s staff read it.")
    return _act(request, update, TextForm(request.POST), write, said, _talk(question))


@require_POST
def opinion_ask(request: HttpRequest, state: str, round: str, number: int, question: str) -> HttpResponse:
    update = _find(request, state, round)
    answers = Answer.objects.visible_to(request.user).select_related("submission", "update")
    answer = get_object_or_404(answers, update=update, submission__number=number, question=question)

    def ask(person: Any, asked: str) -> None:
        ask_opinion(answer=answer, colleague=person, asked=asked, by=request.user)

    said = _("Your colleague was asked and gets a mail now.")
    return _act(request, update, AskForm(request.POST), ask, said, _talk(question))


@require_POST
def opinion_give(request: HttpRequest, state: str, round: str, pk: int) -> HttpResponse:
    update = _find(request, state, round)
    asked = SecondOpinion.objects.visible_to(request.user).select_related("answer", "asked_by")
    opinion = get_object_or_404(asked, pk=pk, answer__update=update)

    def give(text: str, **_given: Any) -> None:
        give_opinion(opinion=opinion, text=text, by=request.user)

    said = _("Your opinion is saved. Who asked for it gets a mail now.")
    return _act(request, update, TextForm(request.POST), give, said, _talk(opinion.answer.question))


def _find(request: HttpRequest, state: str, round: str) -> Update:
    update = find_update(request.user, state, round)
    if not request.user.has_perm("capability.discuss_review", update):
        raise PermissionDenied
    return update


def _act(
    request: HttpRequest, update: Update, form: forms.Form, action: Callable[..., None], said: str, place: str
) -> HttpResponse:
    if not form.is_valid():
        for errors in form.errors.values():
            messages.error(request, " ".join(map(str, errors)))
    else:
        try:
            action(**form.cleaned_data)
            messages.success(request, said)
        except Refused as refusal:
            messages.error(request, str(refusal))
    url = reverse("update-review", args=[update.state.slug, update.round.slug if update.round else ""])
    return redirect(f"{url}#{place}")


def _talk(question: str) -> str:
    return f"{question.replace('.', '-') or 'update'}-talk"
