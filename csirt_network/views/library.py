"""The library: found, read and downloaded by whoever its labels let; written by staff and by teams' representatives."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.audit import record_read
from accounts.rules import is_officer
from common.downloads import csv_response, each, where, whereabouts, xlsx_response
from common.tlp import READERS, SHARING, Tlp
from csirt_network.actions import library as actions
from csirt_network.filters import LibraryFilter
from csirt_network.forms.library import ItemForm, VersionForm, WithdrawForm
from csirt_network.listing import page_of
from csirt_network.models import LibraryDownload, LibraryFile, LibraryItem, LibraryVersion, Recipient, Team
from csirt_network.rules.people import represented_by
from csirt_network.sim3 import level_choices
from documents.names import clean_name
from documents.refusal import Refused
from documents.serving import as_download
from documents.views import layout_of


@login_not_required
@require_safe
def library(request: HttpRequest) -> HttpResponse:
    chosen = _chosen(request)
    may_add = request.user.has_perm("csirt_network.add_to_library")
    drafts = LibraryItem.objects.visible_to(request.user).unpublished().filter(withdrawn_at=None)
    context = {
        "filter": chosen,
        "page": page_of(request, chosen.found.select_related("from_team"), column="updated_at"),
        "query": request.GET.urlencode(),
        "levels": level_choices() if chosen.parameter else [],
        "drafts": drafts.order_by("-pk") if may_add else [],
        "may_add": may_add,
        "layout": layout_of(request),
    }
    return render(request, "csirt_network/library.html", context)


@login_not_required
@require_safe
def library_csv(request: HttpRequest) -> StreamingHttpResponse:
    return csv_response(_lines(request), "library.csv")


@login_not_required
@require_safe
def library_xlsx(request: HttpRequest) -> FileResponse:
    return xlsx_response(_lines(request), "library.xlsx")


@login_not_required
@require_safe
def library_item(request: HttpRequest, pk: int) -> HttpResponse:
    item = _find(request, pk)
    files = LibraryFile.objects.visible_to(request.user)
    versions = (
        LibraryVersion.objects.visible_to(request.user)
        .filter(item=item)
        .order_by("-number")
        .prefetch_related(Prefetch("files", files))
    )
    downloads = LibraryDownload.objects.visible_to(request.user).by_version([version.pk for version in versions])
    may_change = request.user.has_perm("csirt_network.change_library_item", item)
    context = {
        "item": item,
        "versions": [(version, downloads.get(version.pk, 0)) for version in versions],
        "sharing": SHARING[item.tlp],
        "readers": READERS[item.tlp],
        "recipients": _recipients(request.user, item) if may_change else [],
        "may_change": may_change,
        "layout": layout_of(request),
    }
    return render(request, "csirt_network/library_item.html", context)


def _recipients(user: Any, item: LibraryItem) -> list[str]:
    chosen = Recipient.objects.visible_to(user).filter(audience=item.audience_id)
    return [str(recipient) for recipient in chosen.select_related("team", "group")]


@login_not_required
@require_safe
def library_file(request: HttpRequest, token: UUID) -> FileResponse | HttpResponse:
    """The file under its label, which stands in its name too."""
    kept = LibraryFile.objects.visible_to(request.user).exclude(content="").select_related("item")
    file = get_object_or_404(kept, token=token)
    if file.item.withdrawn_at:
        context = {"item": file.item, "layout": layout_of(request)}
        return render(request, "csirt_network/library_withdrawn.html", context, status=410)
    _note(request, file)
    return as_download(file, clean_name(f"{Tlp(file.item.tlp).label.replace(':', '-')} {file.name}"))


def _note(request: Any, file: LibraryFile) -> None:
    """One more download, of nobody in particular. Reading TLP:AMBER+STRICT stands in the audit trail."""
    if request.method != "GET":
        return
    counts = LibraryDownload.objects.visible_to(request.user)
    request.after_response.append(lambda: counts.count_one(file.version_id, file.language))
    if file.item.tlp == Tlp.STRICT:
        request.after_response.append(lambda: record_read(request, file, private=not file.item.with_programme))


@require_http_methods(["GET", "POST"])
def library_new(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm("csirt_network.add_to_library"):
        raise PermissionDenied
    form = ItemForm(request.POST or None, origins=_origins(request.user))
    if form.is_valid():
        item = actions.add_item(item=form.save(commit=False), origin=form.comes_from, by=request.user)
        messages.success(request, _("It is kept. Add its files now: then it is published."))
        return redirect("library-version", item.pk)
    return _form(request, "csirt_network/library_form.html", {"form": form})


@require_http_methods(["GET", "POST"])
def library_edit(request: HttpRequest, pk: int) -> HttpResponse:
    item = _find_to_change(request, pk)
    form = ItemForm(request.POST or None, instance=item, origins=[item.from_team])
    if form.is_valid():
        item.edited = form.cleaned_data["edited"] or 0
        try:
            actions.change_item(item=item, fields=ItemForm.Meta.fields, by=request.user)
        except actions.EditedMeanwhile:
            form.add_error(None, _("A colleague saved this item meanwhile. Open it again, and enter your change anew."))
        else:
            messages.success(request, _("The item is saved."))
            return redirect(item)
    return _form(request, "csirt_network/library_form.html", {"form": form, "item": _find(request, pk)})


@require_http_methods(["GET", "POST"])
def library_version(request: HttpRequest, pk: int) -> HttpResponse:
    item = _find_to_change(request, pk)
    form = VersionForm(request.POST or None, request.FILES or None, item=item, user=request.user)
    if form.is_valid() and _published(request, item, form):
        messages.success(request, _("The version is published."))
        return redirect(item)
    return _form(request, "csirt_network/library_version.html", {"form": form, "item": item})


def _published(request: HttpRequest, item: LibraryItem, form: VersionForm) -> bool:
    given = form.cleaned_data
    try:
        actions.publish_version(
            item=item,
            tlp=given["tlp"],
            chosen=given["recipients"],
            contents=form.contents(),
            changes=given.get("changes", ""),
            lowered_because=given.get("lowered_because", ""),
            by=request.user,
        )
    except Refused as refusal:
        form.add_error(None, refusal)
        return False
    return True


@require_http_methods(["GET", "POST"])
def library_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    item = _find_to_change(request, pk)
    form = WithdrawForm(request.POST or None)
    if form.is_valid():
        actions.withdraw(item=item, because=form.cleaned_data["because"], by=request.user)
        messages.success(request, _("The item is withdrawn."))
        return redirect(item)
    return _form(request, "csirt_network/library_withdraw.html", {"form": form, "item": item})


def _form(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    status = 422 if context["form"].is_bound else 200
    return render(request, template, context | {"layout": layout_of(request)}, status=status)


def _find(request: HttpRequest, pk: int) -> LibraryItem:
    return get_object_or_404(LibraryItem.objects.visible_to(request.user).select_related("from_team"), pk=pk)


def _find_to_change(request: HttpRequest, pk: int) -> LibraryItem:
    item = _find(request, pk)
    if not request.user.has_perm("csirt_network.change_library_item", item):
        raise PermissionDenied
    return item


def _origins(user: Any) -> list[Team | None]:
    return [*([None] if is_officer(user) else []), *represented_by(user)]


def _chosen(request: HttpRequest) -> LibraryFilter:
    items = LibraryItem.objects.visible_to(request.user).standing()
    return LibraryFilter(request.GET, queryset=items, request=request)


def _lines(request: HttpRequest) -> Iterator[list[Any]]:
    """Every line says its label: nothing leaves without one."""
    yield [
        _("Title"),
        "TLP",
        _("Kind"),
        _("Summary"),
        _("From"),
        _("Version"),
        _("Last version on"),
        _("Languages"),
        _("Topics"),
        _("Incident classes"),
        _("SIM3 parameters"),
        *where(),
    ]
    found = _chosen(request).found.select_related("from_team")
    for item in each(found.order_by("-updated_at", "-pk")):
        yield [
            item.heading,
            item.get_tlp_display(),
            item.get_kind_display(),
            item.about,
            str(item.from_team or _("The programme")),
            item.latest,
            localtime(item.updated_at).date(),
            ", ".join(str(name) for name in item.language_names()),
            ", ".join(item.topic_names()),
            ", ".join(item.class_names()),
            ", ".join(item.sim3),
            *whereabouts(item),
        ]
