"""Working groups: their mandate for the network; members, meetings and papers for those who take part."""

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.audit import record_read
from common.downloads import table_response, where, whereabouts
from common.icalendar import MEDIA_TYPE
from common.tlp import Tlp
from csirt_network.actions import working_groups as actions
from csirt_network.calendar import as_calendar
from csirt_network.forms.working_groups import MeetingForm, PaperForm, WorkingGroupForm
from csirt_network.models import Meeting, Paper, Proposal, Team, WorkingGroup, WorkingGroupMember, WorkingGroupSeat
from csirt_network.rules.people import represented_by
from documents.names import clean_name
from documents.refusal import Refused
from documents.serving import as_download
from documents.views import layout_of

PAPERS = 100


@require_safe
def working_group_list(request: HttpRequest) -> HttpResponse:
    groups = _groups(request)
    seats = WorkingGroupSeat.objects.visible_to(request.user).filter(team__in=Team.objects.own(request.user))
    context = {
        "groups": groups,
        "mine": set(seats.values_list("group_id", flat=True)),
        "may_manage": request.user.has_perm("csirt_network.manage_working_groups"),
        "sees_sharing_groups": request.user.has_perm("csirt_network.view_groups"),
        "layout": layout_of(request),
    }
    return render(request, "csirt_network/working_group_list.html", context)


@require_safe
def working_group_table(request: HttpRequest, form: str = "csv") -> HttpResponseBase:
    return table_response(_lines(_groups(request)), "working-groups", form)


def _groups(request: HttpRequest) -> list[WorkingGroup]:
    """Those that work first, by name."""
    if not request.user.has_perm("csirt_network.view_working_groups"):
        raise PermissionDenied
    groups = WorkingGroup.objects.visible_to(request.user).select_related("chair_team")
    return sorted(groups, key=lambda group: (not group.is_running, str(group).casefold()))


def _lines(groups: Iterable[WorkingGroup]) -> Iterator[list[Any]]:
    yield [_("Group"), _("Mandate"), _("In the chair"), _("Open to all teams"), _("From"), _("Until"), *where()]
    for one in groups:
        is_open = _("yes") if one.is_open else _("no")
        yield [str(one), one.mandate, str(one.chair_team or ""), is_open, one.starts_on, one.ends_on, *whereabouts(one)]


@require_safe
def working_group(request: HttpRequest, slug: str) -> HttpResponse:
    group, user = _find(request, slug), request.user
    papers = Paper.objects.visible_to(user).filter(group=group).select_related("by")
    meetings = Meeting.objects.visible_to(user).filter(group=group).prefetch_related(Prefetch("minutes", papers))
    now = timezone.now()
    context = {
        "group": group,
        "takes_part": user.has_perm("csirt_network.take_part", group),
        "may_manage": user.has_perm("csirt_network.manage_working_groups"),
        "may_lead": user.has_perm("csirt_network.lead_working_group", group),
        "may_write": user.has_perm("csirt_network.write_in_working_group", group),
        "may_join": _team_to_join(user, group) is not None,
        "members": WorkingGroupMember.objects.visible_to(user).filter(group=group).select_related("team", "person"),
        "coming": [meeting for meeting in reversed(meetings) if meeting.ends_at >= now],
        "past": [meeting for meeting in meetings if meeting.ends_at < now],
        "papers": papers.filter(meeting=None)[:PAPERS],
        "proposals": Proposal.objects.visible_to(user).filter(group=group)[:PAPERS],
        "layout": layout_of(request),
    }
    return render(request, "csirt_network/working_group.html", context)


@require_http_methods(["GET", "POST"])
def working_group_new(request: HttpRequest) -> HttpResponse:
    _check(request, "csirt_network.manage_working_groups")
    form = WorkingGroupForm(request.POST or None, user=request.user)
    if form.is_valid():
        teams = form.cleaned_data["teams"]
        group = actions.make_working_group(group=form.save(commit=False), teams=teams, by=request.user)
        messages.success(request, _("The working group is made."))
        return redirect(group)
    return _form(request, "csirt_network/working_group_form.html", {"form": form})


@require_http_methods(["GET", "POST"])
def working_group_edit(request: HttpRequest, slug: str) -> HttpResponse:
    group = _find(request, slug)
    _check(request, "csirt_network.manage_working_groups")
    seated = WorkingGroupSeat.objects.visible_to(request.user).filter(group=group).values_list("team", flat=True)
    form = WorkingGroupForm(request.POST or None, user=request.user, instance=group, initial={"teams": list(seated)})
    if form.is_valid():
        actions.change_working_group(group=group, teams=form.cleaned_data["teams"], by=request.user)
        messages.success(request, _("The working group is saved."))
        return redirect(group)
    return _form(request, "csirt_network/working_group_form.html", {"form": form, "group": _find(request, slug)})


@require_POST
def working_group_join(request: HttpRequest, slug: str) -> HttpResponse:
    group = _find(request, slug)
    team = _team_to_join(request.user, group)
    if team is None:
        raise PermissionDenied
    actions.take_part(group=group, team=team, by=request.user)
    messages.success(request, _("You take part in this working group now."))
    return redirect(group)


@require_POST
def working_group_leave(request: HttpRequest, slug: str) -> HttpResponse:
    """The team in the chair stays until the programme gives the chair to another."""
    group = _find(request, slug)
    seats = WorkingGroupSeat.objects.visible_to(request.user).filter(group=group)
    acting = represented_by(request.user).filter(pk__in=seats.values("team")).exclude(pk=group.chair_team_id)
    team = acting.first()
    if team is None:
        raise PermissionDenied
    actions.leave(group=group, team=team, by=request.user)
    messages.success(request, _("Your team has left this working group."))
    return redirect(group)


@require_http_methods(["GET", "POST"])
def meeting_new(request: HttpRequest, slug: str) -> HttpResponse:
    group = _find(request, slug)
    _check(request, "csirt_network.lead_working_group", group)
    form = MeetingForm(request.POST or None)
    if form.is_valid():
        actions.add_meeting(meeting=form.save(commit=False), group=group, by=request.user)
        messages.success(request, _("The meeting is in the calendar of the group."))
        return redirect(group)
    return _form(request, "csirt_network/meeting_form.html", {"form": form, "group": group})


@require_http_methods(["GET", "POST"])
def meeting_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    group = _find(request, slug)
    meeting = _meeting(request, group, pk)
    _check(request, "csirt_network.lead_working_group", group)
    form = MeetingForm(request.POST or None, instance=meeting)
    if form.is_valid():
        form.save()
        messages.success(request, _("The meeting is saved."))
        return redirect(group)
    return _form(request, "csirt_network/meeting_form.html", {"form": form, "group": group, "meeting": meeting})


@require_safe
def meeting_calendar(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    group = _find(request, slug)
    meeting = _meeting(request, group, pk)
    address = meeting.link or settings.SITE_URL + group.get_absolute_url()
    response = HttpResponse(as_calendar(meeting, address=address), content_type=MEDIA_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{group.slug}-{meeting.pk}.ics"'
    return response


@require_http_methods(["GET", "POST"])
def paper_new(request: HttpRequest, slug: str) -> HttpResponse:
    group = _find(request, slug)
    _check(request, "csirt_network.write_in_working_group", group)
    form = PaperForm(request.POST or None, request.FILES or None, group=group, user=request.user)
    if form.is_valid() and _kept(request, form, group):
        messages.success(request, _("The paper is added."))
        return redirect(group)
    return _form(request, "csirt_network/paper_form.html", {"form": form, "group": group})


def _kept(request: HttpRequest, form: PaperForm, group: WorkingGroup) -> bool:
    try:
        upload = form.cleaned_data["file"]
        actions.add_paper(paper=form.save(commit=False), group=group, upload=upload, by=request.user)
    except Refused as refusal:
        form.add_error("file", refusal)
        return False
    return True


@require_safe
def paper_file(request: HttpRequest, slug: str, token: UUID) -> FileResponse:
    group = _find(request, slug)
    paper = get_object_or_404(Paper.objects.visible_to(request.user), group=group, token=token)
    if paper.tlp == Tlp.STRICT and request.method == "GET":
        request.after_response.append(lambda: record_read(request, paper))  # type: ignore[attr-defined]
    return as_download(paper, clean_name(f"{Tlp(paper.tlp).label.replace(':', '-')} {paper.name}"))


def _find(request: HttpRequest, slug: str) -> WorkingGroup:
    return get_object_or_404(WorkingGroup.objects.visible_to(request.user).select_related("chair_team"), slug=slug)


def _meeting(request: HttpRequest, group: WorkingGroup, pk: int) -> Meeting:
    return get_object_or_404(Meeting.objects.visible_to(request.user).select_related("group"), group=group, pk=pk)


def _team_to_join(user: Any, group: WorkingGroup) -> Team | None:
    """For which team `user` could begin to take part: one that has a seat; or, where it is open, one they act for."""
    if not group.is_running or WorkingGroupMember.objects.visible_to(user).filter(group=group, person=user).exists():
        return None
    seats = WorkingGroupSeat.objects.visible_to(user).filter(group=group)
    seated = Team.objects.own(user).filter(pk__in=seats.values("team")).order_by("pk").first()
    return seated or (represented_by(user).first() if group.is_open else None)


def _check(request: HttpRequest, permission: str, group: WorkingGroup | None = None) -> None:
    if not request.user.has_perm(permission, group):
        raise PermissionDenied


def _form(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    status = 422 if context["form"].is_bound else 200
    return render(request, template, context | {"layout": layout_of(request)}, status=status)
