"""Votes in a working group: opened and closed by the chair, cast by its teams, read by the group."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from csirt_network.actions.votes import cast, close_vote, open_vote
from csirt_network.forms.votes import ProposalForm, VoteForm
from csirt_network.models import Proposal, WorkingGroup
from csirt_network.votes import sides_of, votes_in_sight, voting_teams
from documents.views import layout_of
from review.actions import Refused


@require_http_methods(["GET", "POST"])
def proposal_new(request: HttpRequest, slug: str) -> HttpResponse:
    group = _find(request, slug)
    _permit(request, "csirt_network.lead_working_group", group)
    form = ProposalForm(request.POST or None)
    if form.is_valid():
        last_day = form.cleaned_data["last_day"]
        made = open_vote(proposal=form.save(commit=False), group=group, last_day=last_day, by=request.user)
        messages.success(request, _("The vote is open. Whoever takes part in the group is told."))
        return redirect("proposal", group.slug, made.pk)
    context = {"form": form, "group": group, "layout": layout_of(request)}
    return render(request, "csirt_network/proposal_form.html", context, status=422 if form.is_bound else 200)


@require_safe
def proposal(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    return _page(request, *_find_proposal(request, slug, pk))


@require_POST
def proposal_vote(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    group, found = _find_proposal(request, slug, pk)
    _permit(request, "csirt_network.vote", group)
    form = VoteForm(request.POST, teams=voting_teams(request.user, group))
    if not form.is_valid():
        return _page(request, group, found, form=form, status=422)
    try:
        cast(proposal=found, by=request.user, **form.vote())
    except Refused as refusal:
        messages.error(request, str(refusal))
        return _page(request, group, found, status=409)
    messages.success(request, _("Your team’s vote counts. Until the last day you can change it."))
    return redirect("proposal", group.slug, found.pk)


@require_POST
def proposal_close(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    group, found = _find_proposal(request, slug, pk)
    _permit(request, "csirt_network.lead_working_group", group)
    close_vote(proposal=found, by=request.user)
    messages.success(request, _("The vote is closed. The group sees who voted what."))
    return redirect("proposal", group.slug, found.pk)


def _page(
    request: HttpRequest, group: WorkingGroup, found: Proposal, *, form: VoteForm | None = None, status: int = 200
) -> HttpResponse:
    user = request.user
    votes = votes_in_sight(user, found)
    teams = voting_teams(user, group) if found.is_open and user.has_perm("csirt_network.vote", group) else []
    context = {
        "group": group,
        "proposal": found,
        "votes": votes,
        "sides": [] if found.is_open else sides_of(votes),
        "form": form or (VoteForm(teams=teams, votes=votes) if teams else None),
        "may_close": found.is_open and user.has_perm("csirt_network.lead_working_group", group),
        "layout": layout_of(request),
    }
    return render(request, "csirt_network/proposal.html", context, status=status)


def _find(request: HttpRequest, slug: str) -> WorkingGroup:
    return get_object_or_404(WorkingGroup.objects.visible_to(request.user).select_related("chair_team"), slug=slug)


def _find_proposal(request: HttpRequest, slug: str, pk: int) -> tuple[WorkingGroup, Proposal]:
    group = _find(request, slug)
    rows: Any = Proposal.objects.visible_to(request.user).select_related("opened_by")
    return group, get_object_or_404(rows, group=group, pk=pk)


def _permit(request: HttpRequest, permission: str, group: WorkingGroup) -> None:
    if not request.user.has_perm(permission, group):
        raise PermissionDenied
