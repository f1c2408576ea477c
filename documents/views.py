import logging
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.audit import record_read
from documents import feeds, readings
from documents.models import File, Reading, Source

logger = logging.getLogger(__name__)


@require_safe
def file_download(request: HttpRequest, token: UUID) -> FileResponse | HttpResponse:
    """The only way to a kept file. The browser is told to save it and never to run, show or remember it."""
    file = get_object_or_404(File.objects.visible_to(request.user).select_related("withdrawn_by"), token=token)
    if file.is_withdrawn:
        return render(
            request, "documents/file_withdrawn.html", {"file": file, "layout": layout_of(request)}, status=410
        )
    response = FileResponse(_content(file), as_attachment=True, filename=file.name, content_type=file.media_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'; frame-ancestors 'none'"
    response["Cache-Control"] = "no-store, private"
    request.after_response.append(  # type: ignore[attr-defined]
        lambda: record_read(request, file, private=not file.is_sent)
    )
    return response


def _content(file: File) -> Any:
    try:
        return file.content.open("rb")
    except FileNotFoundError as error:
        logger.exception("The file of row %s is missing on the disk", file.pk)
        raise Http404 from error


def layout_of(request: HttpRequest) -> str:
    staff = request.user.is_authenticated and request.user.is_programme_staff
    return "layouts/workspace.html" if staff else "layouts/service.html"


@login_not_required
@require_safe
def source_list(request: HttpRequest) -> HttpResponse:
    sources = list(Source.objects.visible_to(request.user))
    said = readings.with_states(Reading.objects.visible_to(request.user))
    fed = feeds.counted(request.user)
    context = {
        "sources": [(source, fed.get(source.pk, []), said.get(source.pk, [])) for source in sources],
        "layout": layout_of(request),
    }
    return render(request, "documents/source_list.html", context)
