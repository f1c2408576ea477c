"""Sharing groups: made and filled by the programme; a team sees those it is in."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.downloads import table_response, where, whereabouts
from csirt_network.actions import groups as actions
from csirt_network.forms.groups import GroupForm, TemplateForm
from csirt_network.models import SharingGroup
from csirt_network.sharing_groups import teams_like, teams_shown
from documents.views import layout_of


@require_safe
def group_list(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm("csirt_network.view_groups"):
        raise PermissionDenied
    groups = teams_shown(request.user, list(SharingGroup.objects.visible_to(request.user)))
    context = {
        "groups": groups,
        "may_manage": request.user.has_perm("csirt_network.manage_groups"),
        "may_download": request.user.has_perm("csirt_network.download_groups"),
        "layout": layout_of(request),
    }
    return render(request, "csirt_network/group_list.html", context)


@require_safe
def group_csv(request: HttpRequest, form: str = "csv") -> HttpResponseBase:
    if not request.user.has_perm("csirt_network.download_groups"):
        raise PermissionDenied
    return table_response(_lines(request.user), "sharing-groups", form)


@require_safe
def group_detail(request: HttpRequest, slug: str) -> HttpResponse:
    group = _find(request, slug)
    context = {
        "shown": teams_shown(request.user, [group])[0],
        "group": group,
        "may_manage": request.user.has_perm("csirt_network.manage_groups"),
        "layout": layout_of(request),
    }
    return render(request, "csirt_network/group_detail.html", context)


@require_http_methods(["GET", "POST"])
def group_new(request: HttpRequest) -> HttpResponse:
    _check(request)
    template = request.GET.get("template", "")
    form = GroupForm(request.POST or None, user=request.user, initial={"teams": teams_like(template)})
    if form.is_valid():
        teams = form.cleaned_data["teams"]
        group = actions.make_group(group=form.save(commit=False), teams=teams, by=request.user)
        messages.success(request, _("The group is made."))
        return redirect(group)
    templates = TemplateForm(initial={"template": template})
    return _form(request, {"form": form, "templates": templates})


@require_http_methods(["GET", "POST"])
def group_edit(request: HttpRequest, slug: str) -> HttpResponse:
    group = _find(request, slug)
    _check(request)
    held = teams_shown(request.user, [group])[0].teams
    form = GroupForm(request.POST or None, user=request.user, instance=group, initial={"teams": held})
    if form.is_valid():
        actions.change_group(group=group, teams=form.cleaned_data["teams"], by=request.user)
        messages.success(request, _("The group is saved. What was sent to it before stays with its former members."))
        return redirect(group)
    return _form(request, {"form": form, "group": _find(request, slug)})


@require_POST
def group_end(request: HttpRequest, slug: str) -> HttpResponse:
    group = _find(request, slug)
    _check(request)
    actions.end_group(group=group, by=request.user)
    messages.success(request, _("The group has ended. Nothing can be sent to it any more."))
    return redirect(group)


def _form(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    status = 422 if context["form"].is_bound else 200
    return render(request, "csirt_network/group_form.html", context | {"layout": layout_of(request)}, status=status)


def _find(request: HttpRequest, slug: str) -> SharingGroup:
    return get_object_or_404(SharingGroup.objects.visible_to(request.user), slug=slug)


def _check(request: HttpRequest) -> None:
    if not request.user.has_perm("csirt_network.manage_groups"):
        raise PermissionDenied


def _lines(user: Any) -> Iterator[list[Any]]:
    """For staff alone, who see all members of all groups."""
    yield [
        _("Sharing group"),
        _("What it is for"),
        _("Members hidden"),
        _("Until"),
        _("Team"),
        _("Member state"),
        *where(),
    ]
    for shown in teams_shown(user, list(SharingGroup.objects.visible_to(user))):
        group = shown.group
        hidden, until = _("Yes") if group.hides_members else _("No"), group.ends_on or ""
        for team in shown.teams:
            yield [group.name, group.purpose, hidden, until, team.name, str(team.state), *whereabouts(group)]
