"""Do the rows, the files and their hashes agree? Run it as the owner of the database, from whom no row is hidden."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.db.models import FileField, Model
from django.utils import timezone

from documents.checks import digest
from documents.models import File

SETTLED = timedelta(hours=24)  # younger files may belong to a transaction that is still open


class Command(BaseCommand):
    help = "Compares rows, files and hashes. With --remove, files that have had no row for a day are deleted."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--remove", action="store_true", help="delete files without a row, older than a day")

    def handle(self, *, remove: bool, **options: Any) -> None:
        _refuse_to_guess()
        rows = [row for model in _models() for row in model._base_manager.all()]
        wrong = [fault for row in rows for fault in _faults(row)]
        strangers = list(_strangers({row.content.name for row in rows if not getattr(row, "expired_at", None)}))
        if remove:
            strangers = [path for path in strangers if not _removed(path)]
        for fault in (*wrong, *(f"{path.name}: no row speaks of this file" for path in strangers)):
            self.stderr.write(fault)
        if wrong or strangers:
            raise CommandError(f"{len(wrong)} rows and {len(strangers)} files do not agree.")
        self.stdout.write(f"{len(rows)} files, each as its row says.")


def _refuse_to_guess() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_security_active(%s)", [File._meta.db_table])
        if cursor.fetchone() == (True,):
            raise CommandError("Rows are hidden from this role: set DATABASE_URL to the address of the owner.")


def _models() -> list[Any]:
    """Whatever keeps files with their hash: uploads here, finished reports above."""
    return [model for model in apps.get_models() if _keeps_files(model)]


def _keeps_files(model: type[Model]) -> bool:
    fields = {field.name: field for field in model._meta.get_fields()}
    return isinstance(fields.get("content"), FileField) and {"sha256", "size"} <= fields.keys()


def _faults(row: Any) -> Iterator[str]:
    if getattr(row, "withdrawn_at", None):
        if default_storage.exists(row.content.name):
            yield f"{row._meta.label} {row.pk}: the file was withdrawn and is still here; the worker deletes it"
        return
    if getattr(row, "expired_at", None):
        return
    try:
        with row.content.open("rb") as content:
            if row.content.size != row.size or digest(content) != row.sha256:
                yield f"{row._meta.label} {row.pk}: the file has changed since it was kept"
    except FileNotFoundError:
        yield f"{row._meta.label} {row.pk}: the file is missing"


def _strangers(known: set[str]) -> Iterator[Path]:
    root = Path(default_storage.path(""))
    for path in sorted(root.rglob("*")):
        if path.is_file() and str(path.relative_to(root)) not in known:
            yield path


def _removed(path: Path) -> bool:
    changed = datetime.fromtimestamp(path.stat().st_mtime, tz=timezone.get_current_timezone())
    if timezone.now() - changed < SETTLED:
        return False
    path.unlink()
    return True
