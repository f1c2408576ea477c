"""Campaigns and their materials: read and downloaded by everybody once published, written by officers."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from action_plan.actions import awareness as actions
from action_plan.filters.awareness import MaterialFilter
from action_plan.forms.awareness import CampaignForm, MaterialForm, ReachForm
from action_plan.models import Activity, Campaign, Kind, Material, MaterialDownload, MaterialFile, Reach
from common.downloads import about_one, csv_response, slices, table_response, where, whereabouts, xlsx_response
from csirt_network.listing import page_of
from documents.refusal import Refused
from documents.serving import as_download
from documents.views import layout_of


@login_not_required
@require_safe
def material_list(request: HttpRequest) -> HttpResponse:
    chosen = _chosen(request)
    context = {
        "filter": chosen,
        "page": page_of(request, chosen.qs.with_files(request.user), column="published_at"),
        "query": request.GET.urlencode(),
        "layout": layout_of(request),
    }
    return render(request, "action_plan/material_list.html", context)


@login_not_required
@require_safe
def material_list_csv(request: HttpRequest) -> StreamingHttpResponse:
    return csv_response(_lines(request), "materials.csv")


@login_not_required
@require_safe
def material_list_xlsx(request: HttpRequest) -> FileResponse:
    return xlsx_response(_lines(request), "materials.xlsx")


@login_not_required
@require_safe
def material_detail(request: HttpRequest, pk: int) -> HttpResponse:
    material = get_object_or_404(Material.objects.visible_to(request.user).with_files(request.user), pk=pk)
    campaign = _campaigns(request).filter(pk=material.campaign_id).first()
    context = {
        "material": material,
        "campaign": campaign,
        "downloads": _downloads(request, [material]).get(material.pk, 0),
        "may_change": request.user.has_perm("action_plan.edit_campaign"),
        "layout": layout_of(request),
    }
    return render(request, "action_plan/material_detail.html", context)


@login_not_required
@require_safe
def material_file(request: HttpRequest, token: UUID) -> FileResponse:
    """Saved, never shown; counted by the day, and of nobody in particular."""
    files = MaterialFile.objects.visible_to(request.user).current()
    file = get_object_or_404(files, token=token)
    if request.method == "GET":
        counts, day = MaterialDownload.objects.visible_to(request.user), timezone.now().date()
        request.after_response.append(lambda: counts.count_one(file.pk, day))  # type: ignore[attr-defined]
    return as_download(file, file.name)


@login_not_required
@require_safe
def campaign_detail(request: HttpRequest, slug: str) -> HttpResponse:
    campaign = _find_campaign(request, slug)
    materials = list(Material.objects.visible_to(request.user).filter(campaign=campaign).with_files(request.user))
    downloads = _downloads(request, materials)
    context = {
        "campaign": campaign,
        "materials": [(material, downloads.get(material.pk, 0)) for material in materials],
        "reached": _reached(request, campaign),
        "may_change": request.user.has_perm("action_plan.edit_campaign"),
        "layout": layout_of(request),
    }
    return render(request, "action_plan/campaign_detail.html", context)


@login_not_required
@require_safe
def campaign_table(request: HttpRequest, slug: str, form: str = "csv") -> HttpResponseBase:
    """How many it reached."""
    campaign = _find_campaign(request, slug)
    rows = about_one(_figures(_reached(request, campaign)), slug, campaign.get_absolute_url())
    return table_response(rows, f"campaign-{slug}", form)


@require_http_methods(["GET", "POST"])
def campaign_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Of an activity that is a campaign; the first time this makes its record."""
    activity = get_object_or_404(Activity.objects.visible_to(request.user).filter(kind=Kind.CAMPAIGN), slug=slug)
    _permit(request)
    campaign = Campaign.objects.visible_to(request.user).filter(activity=activity).first()
    form = CampaignForm(request.POST or None, instance=campaign or Campaign(activity=activity))
    if form.is_valid() and _saved(form):
        messages.success(request, _("The campaign is saved."))
        return redirect("campaign-detail", slug)
    return _form(request, "action_plan/campaign_form.html", {"form": form, "activity": activity, "campaign": campaign})


@require_http_methods(["GET", "POST"])
def material_new(request: HttpRequest, slug: str) -> HttpResponse:
    campaign = _find_campaign(request, slug)
    _permit(request)
    form = MaterialForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        material = actions.add_material(material=form.save(commit=False), campaign=campaign)
        if _files_kept(form, material):
            messages.success(request, _("The material is kept. Only staff see it until you publish it."))
            return redirect(material)
    return _form(request, "action_plan/material_form.html", {"form": form, "campaign": campaign})


@require_http_methods(["GET", "POST"])
def material_edit(request: HttpRequest, pk: int) -> HttpResponse:
    material = _find_material(request, pk)
    form = MaterialForm(request.POST or None, request.FILES or None, instance=material)
    if form.is_valid() and _saved(form) and _files_kept(form, material):
        messages.success(request, _("The material is saved."))
        return redirect(material)
    context = {"form": form, "material": _find_material(request, pk), "campaign": material.campaign}
    return _form(request, "action_plan/material_form.html", context)


@require_POST
def material_publish(request: HttpRequest, pk: int) -> HttpResponse:
    material = _find_material(request, pk)
    try:
        actions.publish(material=material)
    except actions.NothingToPublish:
        messages.error(request, _("There is no file yet. Add one in one language at least, then publish."))
    else:
        messages.success(request, _("The material is published: everybody may download it."))
    return redirect(material)


@require_POST
def material_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    material = _find_material(request, pk)
    actions.withdraw(material=material)
    messages.success(request, _("The material is withdrawn. You may publish it again."))
    return redirect(material)


@require_http_methods(["GET", "POST"])
def reach_new(request: HttpRequest, slug: str) -> HttpResponse:
    campaign = _find_campaign(request, slug)
    _permit(request)
    form = ReachForm(request.POST or None)
    if form.is_valid():
        actions.add_reach(reach=form.save(commit=False), campaign=campaign)
        messages.success(request, _("The figure is kept."))
        return redirect(campaign)
    return _form(request, "action_plan/reach_form.html", {"form": form, "campaign": campaign})


@require_POST
def reach_remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    campaign = _find_campaign(request, slug)
    _permit(request)
    actions.remove_reach(reach=get_object_or_404(Reach.objects.visible_to(request.user), campaign=campaign, pk=pk))
    messages.success(request, _("The figure is removed."))
    return redirect(campaign)


# Finding and saving ---------------------------------------------------------------------------------------------------


def _campaigns(request: HttpRequest) -> QuerySet[Campaign]:
    return Campaign.objects.visible_to(request.user).select_related("activity")


def _find_campaign(request: HttpRequest, slug: str) -> Campaign:
    return get_object_or_404(_campaigns(request), activity__slug=slug)


def _reached(request: HttpRequest, campaign: Campaign) -> QuerySet[Reach]:
    return Reach.objects.visible_to(request.user).filter(campaign=campaign)


def _find_material(request: HttpRequest, pk: int) -> Material:
    """To change it."""
    material = get_object_or_404(Material.objects.visible_to(request.user), pk=pk)
    _permit(request)
    return material


def _permit(request: HttpRequest) -> None:
    if not request.user.has_perm("action_plan.edit_campaign"):
        raise PermissionDenied


def _downloads(request: HttpRequest, materials: list[Material]) -> dict[int, int]:
    counts = MaterialDownload.objects.visible_to(request.user)
    return counts.by_material([material.pk for material in materials])


def _saved(form: Any) -> bool:
    if form.instance.pk is None:
        form.save()
        return True
    try:
        actions.change(form.instance, form.Meta.fields, form.opened)
    except actions.EditedMeanwhile:
        form.add_error(None, _("A colleague saved this meanwhile. Open it again, and enter your change anew."))
        return False
    return True


def _files_kept(form: MaterialForm, material: Material) -> bool:
    try:
        actions.add_files(material=material, uploads=form.uploads())
    except Refused as refusal:
        form.add_error(None, refusal)
        return False
    return True


def _form(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    status = 422 if context["form"].is_bound else 200
    return render(request, template, context | {"layout": layout_of(request)}, status=status)


def _chosen(request: HttpRequest) -> MaterialFilter:
    return MaterialFilter(request.GET, queryset=Material.objects.visible_to(request.user).out(), request=request)


def _figures(reached: QuerySet[Reach]) -> Iterator[list[Any]]:
    yield [_("Channel"), _("Number"), _("Of what"), _("How it is known"), _("Note"), _("From"), _("Until")]
    for one in reached:
        what, how = one.get_unit_display(), one.get_method_display()
        yield [one.get_channel_display(), one.number, what, how, one.note, one.starts_on, one.ends_on]


def _lines(request: HttpRequest) -> Iterator[list[Any]]:
    yield [_("Title"), _("Kind"), _("Languages"), _("Published on"), _("Downloads"), *where()]
    for some in slices(_chosen(request).qs.with_files(request.user).order_by("-published_at", "-pk")):
        downloads = _downloads(request, some)
        for material in some:
            yield [
                material.title,
                material.get_kind_display(),
                ", ".join(str(file.get_language_display()) for file in material.in_languages),
                localtime(material.published_at).date(),
                downloads.get(material.pk, 0),
                *whereabouts(material),
            ]
