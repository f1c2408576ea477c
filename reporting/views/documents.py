"""The documents of a state as a page and as a table, and the links of all states that lead nowhere."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from capability.reads import note_evidence
from common.downloads import slices, table_response, where
from common.scope import reach_of
from documents.links import standing
from documents.models import File, Link
from member_states.models import MemberState
from reporting.dashboards.documents import PAGE, Document, Frame, StateDocuments
from reporting.dashboards.state import sees_inside, states_in_full
from reporting.document_filter import DocumentFilter
from reporting.views.states import state_context


@require_safe
@login_not_required
def state_documents(request: HttpRequest, slug: str) -> HttpResponse:
    state = get_object_or_404(states_in_full(request.user), slug=slug)
    form, found = _found(request, state)
    file = File(state_id=state.pk)
    own = state.pk in reach_of(request.user).states and not reach_of(request.user).staff
    context = {
        "documents": found,
        "form": form,
        "sees_inside": sees_inside(request.user, state),
        "may_replace": own and request.user.has_perm("capability.replace_file", file),
        "may_withdraw": own and request.user.has_perm("capability.withdraw_file", file),
        "next_url": f"?{form.words_with(before=found.next)}" if found.next else "",
        "csv_words": form.words_with(),
    }
    return render(request, "reporting/state_documents.html", state_context(request, state) | context)


@require_safe
def state_documents_csv(request: HttpRequest, slug: str, form: str = "csv") -> HttpResponseBase:
    state = get_object_or_404(states_in_full(request.user), slug=slug)
    if not sees_inside(request.user, state):
        raise Http404
    _form, found = _found(request, state)
    return table_response(_lines(state, found.everything()), f"oas-cyber-documents-{state.slug}", form)


@require_safe
def link_list(request: HttpRequest) -> HttpResponse:
    """For staff: what is broken, the longest first; then what failed of late."""
    lines = _with_states(request, _failing(request)[: 4 * PAGE])
    return render(request, "reporting/link_list.html", {"links": lines, "is_on": settings.LINK_CHECKER})


@require_safe
def link_table(request: HttpRequest, form: str) -> HttpResponseBase:
    return table_response(_link_lines(request, _failing(request)), f"oas-cyber-links-{get_language()}", form)


def _link_lines(request: HttpRequest, links: Any) -> Iterator[list[Any]]:
    yield [gettext("Address"), gettext("State"), gettext("What is known"), gettext("Last checked"), *where()]
    address = settings.SITE_URL + reverse("link-list")
    for some in slices(links):
        for row, state, known in _with_states(request, some):
            yield [row.url, str(state or ""), known, row.checked_at, row.pk, address]


def _failing(request: HttpRequest) -> Any:
    if not request.user.has_perm("documents.view_broken_links"):
        raise PermissionDenied
    failing = Link.objects.visible_to(request.user).exclude(failed_since=None)
    return failing.order_by("failed_since", "pk")


def _with_states(request: HttpRequest, links: Iterable[Link]) -> list[tuple[Link, MemberState | None, str]]:
    rows = list(links)
    states = MemberState.objects.visible_to(request.user).in_bulk({row.state_id for row in rows if row.state_id})
    return [(row, states.get(row.state_id or 0), standing(row)) for row in rows]


def _found(request: HttpRequest, state: MemberState) -> tuple[DocumentFilter, StateDocuments]:
    note_evidence(request, state)
    frame, inside = Frame.of(request.user), sees_inside(request.user, state)
    form = DocumentFilter(request.GET, sections=frame.sections, rounds=frame.rounds, sees_inside=inside)
    before = request.GET.get("before", "")
    key = int(before) if before.isascii() and before.isdecimal() and len(before) < 19 else None
    return form, StateDocuments(request.user, state, frame, form.asked, key)


def _lines(state: MemberState, documents: Iterable[Document]) -> Iterator[list[Any]]:
    yield [
        gettext("Name"),
        gettext("File or link"),
        gettext("Answer"),
        gettext("Rounds"),
        gettext("Added by"),
        gettext("Added on"),
        gettext("Type"),
        gettext("Size in bytes"),
        gettext("SHA-256"),
        gettext("What is known of the link"),
        gettext("Withdrawn on"),
        gettext("Why it was withdrawn"),
        *where(),
    ]
    page = settings.SITE_URL + reverse("state-documents", args=[state.slug])
    for document in documents:
        yield [*_line(document), document.proof.pk, _address(document) or page]


def _address(document: Document) -> str:
    """Of the file, or the link itself; of a file that was withdrawn nothing is left but the line on the page."""
    if document.file is None:
        return str(document.proof.link)
    gone = document.proof.is_withdrawn
    return "" if gone else settings.SITE_URL + reverse("file-download", args=[document.file.token])


def _line(document: Document) -> list[Any]:
    proof, file = document.proof, document.file
    rounds = " ".join(round.slug for round in document.rounds)
    added = [proof.added_by.name, localtime(proof.added_at).date()]
    if file is None:
        return [proof.title, proof.link, document.title, rounds, *added, "", "", "", document.standing, "", ""]
    gone = localtime(file.withdrawn_at).date() if file.withdrawn_at else ""
    facts = [file.media_type, file.size, file.sha256, "", gone, file.withdrawn_because]
    return [proof.title, file.name, document.title, rounds, *added, *facts]
