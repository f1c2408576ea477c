"""Keeping a file: whole on the disk first, then its row, so that no row ever speaks of a file that is not there."""

import logging
import os
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from documents.checks import check_upload
from documents.models import File, storage_name
from documents.refusal import FULL, NO_ROOM, Refused

logger = logging.getLogger(__name__)

NOT_KEPT = _("The file could not be kept. Try again; if it happens again, tell the programme.")


class Numbered(Protocol):
    pk: Any


def keep_file(*, upload: Any, state: Numbered, by: Any, guest: int | None = None, replaces: File | None = None) -> File:
    """Checks an upload and keeps it for `state` (a MemberState), not yet sent. Call it in the state's own scope.

    With `replaces` it is a newer version of another file of the same state. Of a `guest`, who is nobody's user, it is
    kept in the guest's own scope, and `by` is None.

    Raises Refused, a ValidationError whose sentence is for the person who sent the file; then nothing was kept. Should
    the transaction around it be undone, the file stays without a row until ``check_files --remove`` takes it away.
    """
    file = File(state_id=state.pk, uploaded_by=by, guest_id=guest, replaces=replaces)
    keep_content(file, upload=upload)
    return file


def keep_content(file: Any, *, upload: Any) -> None:
    """Checks an upload and saves `file` with it: a row of any table with the columns of a kept file.

    Raises Refused like ``keep_file``.
    """
    checked = check_upload(upload)
    file.name, file.media_type, file.size, file.sha256 = (
        checked.clean_name,
        checked.media_type,
        checked.size,
        checked.sha256,
    )
    file.content.name = storage_name(file, checked.clean_name)
    write_checked(upload, file.content.name)
    try:
        with transaction.atomic():
            file.save()
    except Exception:
        default_storage.delete(file.content.name)
        raise


def write_checked(upload: Any, name: str) -> None:
    """Lays an upload that was checked down under `name`: whole, or not at all. Raises Refused when there is no room."""
    target = Path(default_storage.path(name))
    unfinished = target.with_suffix(".unfinished")
    try:
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _write_safely(upload, unfinished)
        unfinished.replace(target)
        _keep_folder(target.parent)
    except OSError as error:
        with suppress(OSError):
            unfinished.unlink()
        logger.exception("An upload could not be kept")
        raise Refused(NO_ROOM if error.errno in FULL else NOT_KEPT) from error


def _write_safely(upload: Any, target: Path) -> None:
    """On the disk, not only on its way there, when this returns."""
    upload.seek(0)
    with open(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        while chunk := upload.read(1 << 20):
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())


def _keep_folder(folder: Path) -> None:
    """The new name as well survives a loss of power."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
