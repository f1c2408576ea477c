"""Large tables: a worker does what a request does with small ones, in the reach of whoever brought them."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from time import monotonic
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connections
from django.shortcuts import get_object_or_404
from django.utils import timezone, translation
from django.utils.translation import gettext_noop
from rules.permissions import has_perm

from action_plan.models import Course
from common.scope import PROGRAMME, Reach, reach_of, scope
from documents.refusal import Refused as RefusedFile
from imports import actions
from imports.carrying import Tell
from imports.kinds import KINDS, Kind
from imports.mails import OVER
from imports.models import TableImport, TableRun
from imports.reading import read
from notices.outbox import post
from notices.work import Hopeless, finish
from review.actions import Refused

MAY_NO_MORE = gettext_noop("Whoever brought this table may not import it any more.")
HEADINGS_CHANGED = gettext_noop(
    "The headings of the table are not those of the template any more. Choose it once more."
)
EVERY = 1.0  # seconds between two words on how far it is


def kind_of(sheet: TableImport, by: Any) -> Kind:
    """Raises Http404 when the course is not there for `by`."""
    if sheet.kind != TableImport.Kind.PARTICIPANTS:
        return KINDS[sheet.kind](by)
    return KINDS[sheet.kind](by, get_object_or_404(Course.objects.visible_to(by), activity__slug=sheet.of))


def perform(run: TableRun) -> None:
    """In one transaction, with the end of the run and its mail: a worker that dies leaves nothing."""
    with scope(PROGRAMME, page="import"):
        sheet = TableImport.objects.select_related("by").get(pk=run.sheet_id)
        reach = reach_of(sheet.by)
        may = sheet.by.is_active and has_perm("imports.import_table", sheet.by, KINDS[sheet.kind])
    try:
        if not may:
            raise Refused(MAY_NO_MORE)
        with _Told(run) as tell, timezone.override(ZoneInfo(sheet.by.time_zone)), translation.override("en"):
            (_look if run.is_dry else _bring_in)(run, sheet, reach, tell)
    except (Refused, RefusedFile) as refusal:
        if isinstance(refusal, actions.Changed):
            with scope(reach, page="import"):
                actions.show(sheet=sheet, rows=refusal.rows)
        raise Hopeless(HEADINGS_CHANGED if isinstance(refusal, RefusedFile) else str(refusal)) from refusal


def tell_of_failure(run: TableRun) -> None:
    """Also when each worker that took it died."""
    with scope(PROGRAMME, page="import"):
        _tell_by_mail(run, TableImport.objects.select_related("by").get(pk=run.sheet_id))


def _look(run: TableRun, sheet: TableImport, reach: Reach, tell: Tell) -> None:
    with scope(reach, page="import"):
        with translation.override(sheet.language):
            rows = actions.tried(kind_of(sheet, sheet.by), read(bytes(sheet.content)), tell)
        actions.show(sheet=sheet, rows=rows)
        _over(run, sheet)


def _bring_in(run: TableRun, sheet: TableImport, reach: Reach, tell: Tell) -> None:
    with scope(reach, page="import"):
        kind = kind_of(sheet, sheet.by)
        actions.bring_in(sheet=sheet, kind=kind, fingerprint=run.fingerprint, by=sheet.by, tell=tell)
        _over(run, sheet)


def _over(run: TableRun, sheet: TableImport) -> None:
    _tell_by_mail(run, sheet)
    finish(run, run.attempts, done=len(sheet.rows), total=len(sheet.rows))


def _tell_by_mail(run: TableRun, sheet: TableImport) -> None:
    post(kind=OVER, object_id=run.pk, threshold=str(run.attempts), people=[sheet.by])


class _Told:
    """How far a run is, told on a thread, for its connection is another one: what is written in the transaction of the
    import is seen by nobody before its end. Raises LeaseLost, as `work.step` does."""

    def __init__(self, run: TableRun) -> None:
        self.run, self.last = run, monotonic() - EVERY

    def __enter__(self) -> Callable[[int, int], None]:
        self.thread = ThreadPoolExecutor(1)
        return self.tell

    def tell(self, done: int, total: int) -> None:
        if monotonic() - self.last >= EVERY:
            self.thread.submit(self.run.step, done, total).result()
            self.last = monotonic()

    def __exit__(self, *_error: object) -> None:
        self.thread.submit(connections.close_all).result()  # those of the thread
        self.thread.shutdown()
