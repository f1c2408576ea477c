"""Where a person is signed in: looked over, and ended."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.sessions import end_one, end_sessions, own_sessions


@never_cache
@require_safe
def session_list(request: HttpRequest) -> HttpResponse:
    key = request.session.session_key
    sessions = [(session, session.session_key == key) for session in own_sessions(request.user)]
    return render(request, "accounts/session_list.html", {"sessions": sessions})


@require_POST
def session_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Once more, or of one that is gone, changes nothing and is no fault."""
    end_one(request.user, pk, but=request.session.session_key)
    messages.success(request, _("The session is ended."))
    return redirect("session-list")


@require_POST
def session_end_others(request: HttpRequest) -> HttpResponse:
    end_sessions(request.user, but=request.session.session_key)
    messages.success(request, _("All your other sessions are ended."))
    return redirect("session-list")
