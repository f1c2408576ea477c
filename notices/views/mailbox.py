"""The mail of the trial, for staff to read; a portal with real people has no such page."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from notices import mailbox


@require_safe
def mail_list(request: HttpRequest) -> HttpResponse:
    _only_staff_of_a_trial(request)
    return render(request, "notices/mail_list.html", {"letters": mailbox.letters()})


@require_safe
def mail_detail(request: HttpRequest, name: str) -> HttpResponse:
    _only_staff_of_a_trial(request)
    letter = mailbox.letter(name)
    if letter is None:
        raise Http404
    return render(request, "notices/mail_detail.html", {"letter": letter})


def _only_staff_of_a_trial(request: HttpRequest) -> None:
    if not settings.TRIAL:
        raise Http404
    if not request.user.has_perm("notices.read_mailbox"):
        raise PermissionDenied
