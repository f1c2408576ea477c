from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.audit import record_read
from common.downloads import each, table_response, where
from documents import feeds, readings
from documents.models import File, Reading, Source
from documents.serving import as_download


@require_safe
def file_download(request: HttpRequest, token: UUID) -> FileResponse | HttpResponse:
    """The only way to a kept file. The browser is told to save it and never to run, show or remember it."""
    file = get_object_or_404(File.objects.visible_to(request.user).select_related("withdrawn_by"), token=token)
    if file.is_withdrawn:
        return render(
            request, "documents/file_withdrawn.html", {"file": file, "layout": layout_of(request)}, status=410
        )
    response = as_download(file, file.name)
    request.after_response.append(  # type: ignore[attr-defined]
        lambda: record_read(request, file, private=not file.is_sent)
    )
    return response


def layout_of(request: HttpRequest) -> str:
    staff = request.user.is_authenticated and request.user.is_programme_staff
    return "layouts/workspace.html" if staff else "layouts/service.html"


@login_not_required
@require_safe
def source_list(request: HttpRequest) -> HttpResponse:
    sources = list(Source.objects.visible_to(request.user))
    said = readings.with_names(Reading.objects.visible_to(request.user))
    fed = feeds.counted(request.user)
    context = {
        "sources": [(source, fed.get(source.pk, []), said.get(source.pk, [])) for source in sources],
        "layout": layout_of(request),
    }
    return render(request, "documents/source_list.html", context)


@login_not_required
@require_safe
def source_table(request: HttpRequest, form: str = "csv") -> HttpResponseBase:
    fed = feeds.counted(request.user)
    return table_response(_lines(Source.objects.visible_to(request.user), fed), "sources", form)


def _lines(sources: QuerySet[Source], fed: dict[int, list[tuple[Any, int]]]) -> Iterator[list[Any]]:
    yield [
        _("Source"), _("Publisher"), _("Date"), _("Reference"), _("Licence"), _("Published at"), _("What it feeds"),
        _("Read with care"), *where(),
    ]  # fmt: skip
    page = settings.SITE_URL + reverse("source-list")
    for one in each(sources):
        feeding = "; ".join(f"{name}: {number}" for name, number in fed.get(one.pk, []))
        yield [
            one.title, one.publisher, one.dated, one.reference, one.licence, one.link, feeding, one.caution, one.key,
            f"{page}#{one.key}",
        ]  # fmt: skip
