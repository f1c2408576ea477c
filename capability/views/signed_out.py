"""A session may end while somebody types: what is saved in the background leads to the sign-in page and back."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect

View = Callable[..., HttpResponse]


def back_to_the_field(view: View) -> View:
    """For views of one question: whoever is signed out signs in and comes back to that question."""

    @login_not_required
    @wraps(view)
    def guarded(request: HttpRequest, **where: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, **where)
        page = question_url(where["state"], where["round"], where["section"], where["question"])
        sign_in = f"{reverse('account_login')}?{urlencode({'next': page})}"
        return HttpResponseClientRedirect(sign_in) if request.htmx else redirect(sign_in)  # type: ignore[attr-defined]

    return guarded


def question_url(state: str, round: str, section: str, question: str, part: str = "") -> str:
    """The page of a section with one question open, at that question."""
    page = reverse("update-section", args=[state, round, section])
    return f"{page}?{urlencode({'open': question})}#{question.replace('.', '-')}{part}"
