"""Attaching proof while the person goes on writing. Without script it comes along with the section."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from capability.drafts import WorkingCopy
from capability.forms import form_for
from capability.views.answering import attach_posted
from capability.views.signed_out import back_to_the_field, question_url
from capability.views.update import find_draft, find_item
from documents.checks import ACCEPT
from review.actions import Refused


@require_POST
@back_to_the_field
def evidence_add(request: HttpRequest, state: str, round: str, section: str, question: str) -> HttpResponse:
    update = find_draft(request, state, round)
    copy = WorkingCopy(update, request.user)
    found, item = find_item(copy, section, question)
    data = request.POST.copy()
    try:
        wrong = attach_posted(item, data, request.FILES, request.user)
    except Refused as refusal:
        return render(request, "capability/update_refused.html", {"refusal": refusal}, status=409)
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect(question_url(state, round, section, question, "-evidence"))
    form = form_for(item, data)
    form.errors.clear()
    for name, messages in wrong.items():
        form.add_error(name, messages)
    context = {"item": item, "form": form, "section": found, "accept": ACCEPT}
    return render(request, "capability/update_evidence.html", context, status=422 if wrong else 200)
