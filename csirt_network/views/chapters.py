"""Writing the description of a team, chapter by chapter, and publishing it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from csirt_network.actions.directory import publish, save_description
from csirt_network.forms.directory import ChapterForm
from csirt_network.models import Team, TeamProfile
from csirt_network.rfc2350 import chapters
from csirt_network.views.found import team_for
from documents.views import layout_of
from review.actions import Refused


@require_http_methods(["GET", "HEAD", "POST"])
def team_chapter(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    team = team_for(request, slug, "edit_team")
    chapter = next((one for one in chapters() if one.number == str(number)), None)
    if chapter is None:
        raise Http404
    form = _form(request, team, chapter, request.POST if request.method == "POST" else None)
    if form.is_valid() and _saved(request, team, form):
        messages.success(request, _("Chapter %(number)s is saved.") % {"number": number})
        return redirect("team-edit", slug)
    context = {"layout": layout_of(request), "team": team, "chapter": chapter, "form": form}
    return render(request, "csirt_network/team_chapter.html", context, status=422 if form.errors else 200)


def _form(request: HttpRequest, team: Team, chapter: Any, data: Any) -> ChapterForm:
    profile = TeamProfile.objects.visible_to(request.user).filter(team=team).first()
    return ChapterForm(data, chapter=chapter, profile=profile)


def _saved(request: HttpRequest, team: Team, form: ChapterForm) -> bool:
    """When somebody was faster the form is shown again: saved once more, it goes over theirs."""
    given = form.cleaned_data
    try:
        save_description(
            team=team, number=given["number"], texts=form.texts(), address=given.get("address"), by=request.user
        )
    except Refused as refusal:
        form.add_error(None, str(refusal))
        again: Any = form.data.copy()  # type: ignore[attr-defined]
        again["number"] = str(form.fields["number"].initial)
        form.data = again
        return False
    return True


@require_POST
def team_publish(request: HttpRequest, slug: str) -> HttpResponse:
    team = team_for(request, slug, "edit_team")
    wanted = request.POST.get("publish") == "yes"
    try:
        publish(team=team, is_published=wanted, by=request.user)
        messages.success(request, _("The description is published.") if wanted else _("It is published no more."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("team-edit", slug)
