"""Finished reports, those being made, and making one now."""

import logging
from datetime import datetime
from typing import Any, cast
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.utils.text import get_valid_filename, slugify
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.audit import record_read
from capability.models import Round
from documents.views import layout_of
from member_states.models import MemberState
from notices.work import retry
from reporting import actions
from reporting.archive import told_of
from reporting.bulletin.facts import month_of
from reporting.calendars.periods import Period
from reporting.forms import ALL, OrderForm, language_choices
from reporting.glance.quarters import quarter_of
from reporting.kinds import KINDS, ReportKind, Subject
from reporting.models import Delivery, Kind, Run, RunFile
from reporting.views.schedules import chosen_kind, kind_tabs, schedules_for

logger = logging.getLogger(__name__)

PAGE, MOST_UNFINISHED, REGIONAL = 20, 10, 4
MEDIA_TYPES = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@require_safe
def run_list(request: HttpRequest) -> HttpResponse:
    """For staff all reports; for a liaison and a team’s people those that were sent to them."""
    if not request.user.has_perm("reporting.view_reports"):
        return _own(request)
    context = {**_unfinished(request), **_ready(request)}
    if request.headers.get("HX-Request"):
        return render(request, "reporting/run_lists.html", context)
    states = MemberState.objects.visible_to(request.user).in_order()
    context |= {**schedules_for(request), "states": states, "state": _state(request)}
    context["days"] = settings.REPORT_DAYS
    return render(request, "reporting/run_list.html", context)


@require_safe
def run_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """For staff, and for the state once it is done."""
    run, user = _find(request, pk), cast(Any, request.user)
    files = list(RunFile.objects.visible_to(user).filter(run=run).order_by("format"))
    context: dict[str, Any] = {"run": run, "files": _by_language(files), **_expired(user, files)}
    if request.headers.get("HX-Request"):
        return render(request, "reporting/run_progress.html", context)
    if user.is_programme_staff:
        deliveries = Delivery.objects.visible_to(user).filter(run=run).order_by("name", "pk")
        context |= {"told": told_of(user, deliveries), "may_retry": user.has_perm("reporting.retry_run")}
    return render(request, "reporting/run_detail.html", context)


@require_safe
def run_file(request: HttpRequest, pk: int, language: str, format: str) -> FileResponse | HttpResponse:
    files = RunFile.objects.visible_to(request.user).with_run()
    file = get_object_or_404(files, run=pk, language=language, format=format)
    if file.expired_at:
        context = {"run": file.run, "layout": layout_of(request), **_expired(request.user, [file])}
        return render(request, "reporting/file_expired.html", context, status=410)
    return file_response(request, file)


def file_response(request: HttpRequest, file: RunFile) -> FileResponse:
    """Saved and never run, shown or remembered; who took it along is recorded."""
    response = FileResponse(
        _content(file), as_attachment=True, filename=_name(file), content_type=MEDIA_TYPES[file.format]
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'; frame-ancestors 'none'"
    response["Cache-Control"] = "no-store, private"
    request.after_response.append(lambda: record_read(request, file))  # type: ignore[attr-defined]
    return response


@require_POST
def run_retry(request: HttpRequest, pk: int) -> HttpResponse:
    run = _find(request, pk)
    if not request.user.has_perm("reporting.retry_run"):
        raise PermissionDenied
    if retry(run):
        messages.success(request, _("The report is made again."))
    else:
        messages.info(request, _("The report has not failed, so there is nothing to try again."))
    return redirect(run)


@require_http_methods(["GET", "POST"])
def run_make(request: HttpRequest) -> HttpResponse:
    """Makes reports now. A state's page posts its slug as `state`: then its brief is made in all languages."""
    user: Any = request.user
    if not user.has_perm("reporting.make_run"):
        raise PermissionDenied
    again = _again(request)
    kind = KINDS[again.kind] if again else chosen_kind(request)
    if request.method == "POST" and "state" in request.POST:
        state = get_object_or_404(MemberState.objects.visible_to(user), slug=request.POST["state"].replace("\0", ""))
        languages = [code for code, _name in language_choices()]
        return _made(request, KINDS[Kind.COUNTRY_BRIEF], [Subject(state_id=state.pk)], languages)
    form = OrderForm(request.POST or None, user=user, kind=kind, initial=_suggested(user, kind, again))
    if form.is_bound and form.is_valid():
        return _made(request, kind, form.subjects(), form.cleaned_data["languages"])
    context = {"form": form, "kind": kind, "kinds": kind_tabs(kind)}
    return render(request, "reporting/run_make.html", context, status=422 if form.is_bound else 200)


def _again(request: HttpRequest) -> Run | None:
    """The report that the one to be made is like, as the page of one that expired asks for it."""
    asked = request.GET.get("again", "")
    if request.method == "POST" or not asked.isdecimal() or len(asked) > 18:
        return None
    return Run.objects.visible_to(request.user).select_related("state").filter(pk=int(asked)).first()


def _suggested(user: Any, kind: ReportKind, again: Run | None) -> dict[str, Any]:
    if again:
        about = {"states": [again.state_id], "rounds": [again.round_id], "agreements": [again.agreement_id]}
        area = again.state.slug if again.state else again.sub_region or ALL
        return {**about, "area": area, "languages": again.languages, "period": Period.THREE}
    open_now = (
        [] if kind.asks_now != "rounds" else list(Round.objects.visible_to(user).open().values_list("pk", flat=True))
    )
    return {"languages": [user.language], "rounds": open_now, "period": Period.THREE}


def _made(request: HttpRequest, kind: ReportKind, subjects: list[Subject], languages: list[str]) -> HttpResponse:
    runs = actions.make_now(kind=kind.code, subjects=subjects, languages=languages, by=request.user)
    if len(runs) == 1:
        return redirect(runs[0])
    words = ngettext("%(n)s report is being made.", "%(n)s reports are being made.", len(runs))
    messages.success(request, words % {"n": len(runs)})
    return redirect("run-list")


def _own(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    if not user.has_perm("reporting.view_own_reports"):
        raise PermissionDenied
    before = request.GET.get("before", "")
    mine = Delivery.objects.visible_to(user).filter(run__status="done")
    mine = mine.filter(pk__lt=int(before)) if before.isdecimal() and len(before) < 19 else mine
    runs = mine.select_related("run__state", "run__round", "run__schedule").prefetch_related("run__files")
    found = list(runs.order_by("-pk")[: PAGE + 1])
    context = {
        "regional": [(run, _offered(run, user.language)) for run in _regional(user)],
        "ready": [(one.run, _offered(one.run, user.language)) for one in found[:PAGE]],
        "next_url": f"?before={found[PAGE - 1].pk}" if len(found) > PAGE else "",
        "previous_url": "?" if before else "",
        "days": settings.REPORT_DAYS,
    }
    return render(request, "reporting/run_own.html", context)


def _regional(user: Any) -> list[Run]:
    """The last reports on the region, which every state’s liaisons read."""
    runs = Run.objects.visible_to(user).of_region().select_related("schedule").prefetch_related("files")
    return list(runs.order_by("-slot", "-pk")[:REGIONAL])


def _find(request: HttpRequest, pk: int) -> Run:
    runs = Run.objects.visible_to(request.user).select_related("state", "round", "agreement", "schedule", "asked_by")
    return get_object_or_404(runs, pk=pk)


def _unfinished(request: HttpRequest) -> dict[str, Any]:
    runs = Run.objects.visible_to(request.user).select_related("state", "round", "agreement", "schedule")
    waiting = list(runs.unfinished().order_by("-status", "pk")[: MOST_UNFINISHED + 1])
    return {
        "unfinished": waiting[:MOST_UNFINISHED],
        "has_more_unfinished": len(waiting) > MOST_UNFINISHED,
        "failed": runs.failed().order_by("-pk")[:MOST_UNFINISHED],
        "may_retry": request.user.has_perm("reporting.retry_run"),
    }


def _ready(request: HttpRequest) -> dict[str, Any]:
    """Newest first, page by page after the last one seen."""
    language = cast(Any, request.user).language
    runs = (
        Run.objects.visible_to(request.user)
        .ready()
        .select_related("state", "round", "agreement", "schedule")
        .prefetch_related("files")
    )
    state, before = _state(request), request.GET.get("before", "")
    if state:
        runs = runs.filter(state__slug=state)
    if before.isdecimal() and len(before) < 19:
        runs = runs.filter(pk__lt=int(before))
    found = list(runs.order_by("-pk")[: PAGE + 1])
    query = f"&{urlencode({'state': state})}" if state else ""
    return {
        "ready": [(run, _offered(run, language)) for run in found[:PAGE]],
        "next_url": f"?before={found[PAGE - 1].pk}{query}#ready" if len(found) > PAGE else "",
        "previous_url": f"?{query.lstrip('&')}#ready" if before else "",
    }


def _state(request: HttpRequest) -> str:
    return request.GET.get("state", "").replace("\0", "")


def _offered(run: Run, language: str) -> list[RunFile]:
    """The files in the reader's language, or in the first one there is."""
    files = [file for file in run.files.all() if not file.expired_at]
    languages = [file.language for file in files]
    chosen = language if language in languages else languages[0] if languages else ""
    return [file for file in files if file.language == chosen]


def _by_language(files: list[RunFile]) -> list[tuple[str, str, list[RunFile]]]:
    kept = [file for file in files if not file.expired_at]
    groups = ((code, name, [file for file in kept if file.language == code]) for code, name in language_choices())
    return [group for group in groups if group[2]]


def _expired(user: Any, files: list[RunFile]) -> dict[str, Any]:
    """The sentence that says so, if any of the files did; and whether `user` may have the report made again."""
    moment = max((file.expired_at for file in files if file.expired_at), default=None)
    words = expired_words(moment) if moment else ""
    return {"expired": words, "may_make": bool(words) and user.has_perm("reporting.make_run")}


def expired_words(moment: datetime) -> str:
    day = date_format(localtime(moment), "DATE_FORMAT")
    return _("The files of this report expired on %(day)s and are no longer kept.") % {"day": day}


def _content(file: RunFile) -> Any:
    try:
        return file.content.open("rb")
    except FileNotFoundError as error:
        logger.exception("The file of row %s is missing on the disk", file.pk)
        raise Http404 from error


def _name(file: RunFile) -> str:
    """country-brief-chile-2026-11-23-es.pdf, progress-of-a-round-2026-1-2026-11-23-es.pdf"""
    parts = (slugify(file.run.get_kind_display()), _about(file), date_format(file.made_at, "Y-m-d"), file.language)
    return get_valid_filename(f"{'-'.join(parts)}.{file.format}")


def _about(file: RunFile) -> str:
    about: Any = file.state or file.run.round or file.run.agreement
    if file.run.months:
        area = about.slug if about else slugify(file.run.sub_region) or "all"
        return f"{area}-{file.run.months.first:%Y-%m}"
    if file.run.kind == Kind.REGION_AT_A_GLANCE:
        quarter = quarter_of(file.run)
        return f"{quarter.first:%Y}-q{(quarter.first.month + 2) // 3}"
    return str(about.slug) if about else f"{month_of(file.run).first:%Y-%m}"
