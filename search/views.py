from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.counting import may_again
from common.scope import reach_of
from search.finding import Group, find
from search.forms import SearchForm
from search.reads import note_results

MOST_A_MINUTE = 120


@login_not_required
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Everybody searches, and finds what they may open."""
    form = SearchForm(request.GET, user=request.user)
    text = request.GET.get("q", "").strip()
    if text and not may_again(request, MOST_A_MINUTE, 60, of="search"):
        return render(request, "429.html", status=429)
    found = find(request.user, form.asked()) if form.is_valid() and text else None
    note_results(request, found.groups if found else [])
    context = {
        "form": form,
        "text": text,
        "found": found,
        "groups": [(group, *_ways(form, group)) for group in found.groups] if found else [],
        "is_one_kind": bool(request.GET.get("kind")),
        "is_narrowed": bool(request.GET.get("kind") or request.GET.get("state")),
        "layout": "layouts/workspace.html" if reach_of(request.user).staff else "layouts/service.html",
    }
    return render(request, "search/page.html", context)


def _ways(form: SearchForm, group: Group) -> tuple[str, str]:
    """To all of one kind, and to its next page."""
    kept: dict[str, Any] = {"q": form.cleaned_data["q"], "kind": group.code}
    if state := form.cleaned_data["state"]:
        kept["state"] = state.slug
    further = kept | {"before": group.before} if form.cleaned_data["kind"] and group.before is not None else {}
    return f"?{urlencode(kept)}", f"?{urlencode(further)}" if further else ""
