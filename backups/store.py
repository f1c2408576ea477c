"""A folder of encrypted files. What stands there under its own name is whole: it was written aside and renamed."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import pyrage

SUFFIX = ".age"


class Trouble(Exception):
    """What went wrong and what to do about it."""


class Store:
    def __init__(self, folder: Path, *, recipient: str = "", identity: Path | None = None) -> None:
        self.folder = folder
        self._recipient, self._identity = recipient, identity

    def put(self, name: str, content: IO[bytes]) -> Path:
        with self.aside(name, content) as path:
            return path.rename(self._path(name))

    @contextmanager
    def aside(self, name: str, content: IO[bytes]) -> Iterator[Path]:
        """The encrypted content under a name that nobody takes for whole; removed unless it was renamed."""
        partial = self._path(name).with_suffix(".partial")
        partial.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            with partial.open("wb") as out:
                pyrage.encrypt_io(content, out, [pyrage.x25519.Recipient.from_str(self._recipient)])
                out.flush()
                os.fsync(out.fileno())
            yield partial
        finally:
            partial.unlink(missing_ok=True)

    def get(self, name: str, out: IO[bytes]) -> None:
        with self._path(name).open("rb") as content:
            try:
                pyrage.decrypt_io(content, out, [self._key()])
            except (pyrage.DecryptError, OSError) as error:
                raise Trouble(f"{name} cannot be opened with this identity, or was damaged: {error}") from error

    def names(self, kind: str) -> list[str]:
        """In order, such as "wal/0000000100000000000000A1"."""
        found = sorted((self.folder / kind).rglob(f"*{SUFFIX}"))
        return [str(path.relative_to(self.folder))[: -len(SUFFIX)] for path in found]

    def has(self, name: str) -> bool:
        return self._path(name).exists()

    def confirm(self, name: str) -> None:
        """Its original still stands."""
        os.utime(self._path(name))

    def age(self, name: str) -> datetime:
        return datetime.fromtimestamp(self._path(name).stat().st_mtime, UTC)

    def drop(self, name: str) -> None:
        self._path(name).unlink()

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}{SUFFIX}"

    def _key(self) -> pyrage.x25519.Identity:
        if self._identity is None:
            raise Trouble("Name the file of the age identity with --identity: without it nothing can be opened.")
        lines = self._identity.read_text().splitlines()
        keys = [line for line in lines if line.startswith("AGE-SECRET-KEY-")]
        if not keys:
            raise Trouble(f"{self._identity} holds no age identity: a line that begins with AGE-SECRET-KEY-1.")
        return pyrage.x25519.Identity.from_str(keys[0])
