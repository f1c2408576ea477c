"""A table is looked at, shown row by row, and brought in as it was shown: all of it or nothing, once."""

import hashlib
import json
from typing import Any

from django.db import connection, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from common.scope import PROGRAMME, scope
from documents.names import clean_name
from imports.carrying import Carried
from imports.kinds import Kind
from imports.models import TableImport
from imports.reading import read
from review.actions import Refused

TURN = "SELECT pg_advisory_xact_lock(hashtext('imports'), hashtext(%s))"


def look(*, content: bytes, name: str, kind: Kind, of: str, by: Any) -> TableImport:
    """The dry run, kept; nothing else is. Raises the Refused of documents for a file of which nothing can be read."""
    lines = read(content)
    rows = _tried(kind, lines)
    digest = hashlib.sha256(content).hexdigest()
    return TableImport.objects.create(
        kind=kind.code,
        of=of,
        names_people=kind.names_people,
        language=translation.get_language() or "en",
        by=by,
        name=clean_name(name),
        size=len(content),
        sha256=digest,
        content=content,
        rows=rows,
        fingerprint=_fingerprint(digest, rows),
    )


def show_again(*, sheet: TableImport, rows: list[dict[str, Any]]) -> None:
    """What the same file would do now, as `Changed` says it: it is not tried a second time."""
    sheet.rows, sheet.fingerprint = rows, _fingerprint(sheet.sha256, rows)
    sheet.save(update_fields=["rows", "fingerprint"])


@transaction.atomic
def bring_in(*, sheet: TableImport, kind: Kind, fingerprint: str, by: Any) -> bool:
    """Carries out what the dry run showed; False when it was done before. Raises Refused when it would do otherwise."""
    held = TableImport.objects.select_for_update(of=("self",)).get(pk=sheet.pk)
    if held.imported_at:
        return False
    _check(held, fingerprint, by)
    with connection.cursor() as cursor:
        cursor.execute(TURN, [held.kind])  # two tables of a kind come in one after the other
    with translation.override(held.language):
        carried = Carried(kind, read(bytes(held.content)))
    if carried.rows != held.rows:
        why = _("What the table is about was changed since you looked. This is what it would do now.")
        raise Changed(why, carried.rows)
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


def _check(held: TableImport, fingerprint: str, by: Any) -> None:
    if held.by_id != by.pk:
        raise Refused(_("Only whoever looked at a table brings it in. Choose the file yourself."))
    if not held.content:
        raise Refused(_("The file is not kept any more. Choose it once more."))
    if fingerprint != held.fingerprint:
        raise Refused(_("This is not what the page shows now. Look through it once more, then import it."))
    if held.count("refused"):
        raise Refused(_("Rows are refused, so nothing of the table is imported. Mend them, and choose the file again."))


def _tried(kind: Kind, lines: list[Any]) -> list[dict[str, Any]]:
    with transaction.atomic():
        rows = Carried(kind, lines).rows
        transaction.set_rollback(True)
    return rows


def _fingerprint(digest: str, rows: list[dict[str, Any]]) -> str:
    return hashlib.sha256(json.dumps([digest, rows], sort_keys=True).encode()).hexdigest()
