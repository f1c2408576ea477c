"""A table is looked at, shown row by row, and brought in as it was shown: all of it or nothing, once."""

import hashlib
import json
from typing import Any

from django.db import connection, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.scope import PROGRAMME, scope
from documents.names import clean_name
from imports.carrying import Carried, Tell, columns_of, in_silence
from imports.kinds import Kind
from imports.models import TableImport, TableRun
from imports.reading import read
from notices.bell import ring_soon
from notices.work import retry
from review.actions import Refused

TURN = "SELECT pg_advisory_xact_lock(hashtext('imports'), hashtext(%s))"
CHANGED = gettext_lazy("What the table is about was changed since you looked. This is what it would do now.")


@transaction.atomic
def look(*, content: bytes, name: str, kind: Kind, of: str, by: Any) -> TableImport:
    """The dry run, kept; nothing else is. A worker makes it of a large table.

    Raises the Refused of documents for a file of which nothing can be read.
    """
    lines = read(content)
    columns_of(kind, lines[0])
    sheet = TableImport(
        kind=kind.code,
        of=of,
        names_people=kind.names_people,
        language=translation.get_language() or "en",
        by=by,
        name=clean_name(name),
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        content=content,
    )
    is_large = len(lines) - 1 > TableImport.AT_ONCE
    if not is_large:
        show(sheet=sheet, rows=tried(kind, lines))
        return sheet
    sheet.save()
    ring_soon(TableRun.objects.create(sheet=sheet, total=len(lines) - 1))
    return sheet


def tried(kind: Kind, lines: list[Any], tell: Tell = in_silence) -> list[dict[str, Any]]:
    with transaction.atomic():
        rows = Carried(kind, lines, tell).rows
        transaction.set_rollback(True)
    return rows


def show(*, sheet: TableImport, rows: list[dict[str, Any]]) -> None:
    """What the file would do now, which is what is imported."""
    sheet.rows, sheet.fingerprint = rows, _fingerprint(sheet.sha256, rows)
    sheet.save(update_fields=["rows", "fingerprint"] if sheet.pk else None)


@transaction.atomic
def confirm(*, sheet: TableImport, kind: Kind, fingerprint: str, by: Any) -> bool:
    """What was shown is carried out: at once, or by a worker where it is large; False when that is or was done."""
    if sheet.imported_at or not sheet.is_large:
        return bring_in(sheet=sheet, kind=kind, fingerprint=fingerprint, by=by)
    check(sheet, fingerprint, by)
    run, is_new = TableRun.objects.get_or_create(
        sheet=sheet, fingerprint=fingerprint, defaults={"total": len(sheet.rows)}
    )
    if is_new:
        ring_soon(run)
    else:
        retry(run)
    return False


@transaction.atomic
def bring_in(*, sheet: TableImport, kind: Kind, fingerprint: str, by: Any, tell: Tell = in_silence) -> bool:
    """Carries out what the dry run showed; False when it was done before. Raises Refused when it would do otherwise."""
    held = TableImport.objects.select_for_update(of=("self",)).get(pk=sheet.pk)
    if held.imported_at:
        return False
    check(held, fingerprint, by)
    with connection.cursor() as cursor:
        cursor.execute(TURN, [held.kind])  # two tables of a kind come in one after the other
    with translation.override(held.language):
        carried = Carried(kind, read(bytes(held.content)), tell)
    if carried.rows != held.rows:
        raise Changed(str(CHANGED), carried.rows)
    held.imported_at, held.made = timezone.now(), carried.made
    held.save(update_fields=["imported_at", "made"])
    return True


class Changed(Refused):
    """The data is not what it was when the table was looked at: `rows` are what would be done now."""

    def __init__(self, why: str, rows: list[dict[str, Any]]) -> None:
        super().__init__(why)
        self.rows = rows


def forget() -> int:
    """Files in which people are named, with what was shown of them."""
    with scope(PROGRAMME, page="worker"):
        due = list(TableImport.objects.to_empty().values_list("pk", flat=True))
        return TableImport.objects.filter(pk__in=due).update(content=b"", rows=[])


def check(held: TableImport, fingerprint: str, by: Any) -> None:
    if held.by_id != by.pk:
        raise Refused(_("Only whoever looked at a table brings it in. Choose the file yourself."))
    if not held.content:
        raise Refused(_("The file is not kept any more. Choose it once more."))
    if not fingerprint or fingerprint != held.fingerprint:
        raise Refused(_("This is not what the page shows now. Look through it once more, then import it."))
    if held.count("refused"):
        raise Refused(_("Rows are refused, so nothing of the table is imported. Mend them, and choose the file again."))


def _fingerprint(digest: str, rows: list[dict[str, Any]]) -> str:
    return hashlib.sha256(json.dumps([digest, rows], sort_keys=True).encode()).hexdigest()
