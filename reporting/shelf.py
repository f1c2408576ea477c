"""Where finished reports are kept: named by their content, whole before any row speaks of them."""

import errno
import hashlib
import os
import uuid
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from django.core.files.storage import default_storage
from django.utils.translation import gettext_noop

from notices.work import Postponed

FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
NO_ROOM = gettext_noop("There is no room for files at the moment. Make room on the disk, then try again.")
NOT_KEPT = gettext_noop("The finished file could not be written to the disk. See the worker’s log, then try again.")


@dataclass(frozen=True)
class Kept:
    name: str
    size: int
    sha256: str


def keep(content: bytes, extension: str) -> Kept:
    """Writes the file unless the same content is there; what is made twice is kept once.

    Raises Postponed when it cannot. Should no row come to speak of the file, ``check_files --remove`` takes it away.
    """
    digest = hashlib.sha256(content).hexdigest()
    kept = Kept(f"reports/{digest[:2]}/{digest}.{extension}", len(content), digest)
    target = Path(default_storage.path(kept.name))
    try:
        if not _is_whole(target, digest):
            _write(content, target)
        os.utime(target)  # so that it is young again: a file without a row is taken away after a day
    except OSError as error:
        raise Postponed(NO_ROOM if error.errno in FULL else NOT_KEPT) from error
    return kept


def _is_whole(target: Path, digest: str) -> bool:
    return target.is_file() and hashlib.sha256(target.read_bytes()).hexdigest() == digest


def _write(content: bytes, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    unfinished = target.with_suffix(f".{uuid.uuid4().hex}.unfinished")
    try:
        with open(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(target)
    finally:
        with suppress(OSError):
            unfinished.unlink()
