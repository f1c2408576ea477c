"""The base backup, the write-ahead log and the way back, by PostgreSQL's own programs."""

import os
import subprocess
import tarfile
import tempfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, cast
from urllib.parse import unquote, urlsplit

import psycopg2

from backups.store import Store, Trouble

SLOT = "oas_backup"
STAMP = "%Y%m%dT%H%M%SZ"
PROGRAMS = Path(os.environ.get("OAS_POSTGRES_PROGRAMS", ""))


def make_base(url: str, store: Store) -> str:
    """Named for the second it ended: from then on it can be restored."""
    command = ["pg_basebackup", "--pgdata=-", "--format=tar", "--wal-method=none", "--checkpoint=fast", "--no-password"]
    with (
        _program(command, url, stdout=subprocess.PIPE) as base,
        store.aside("base/unfinished", cast(IO[bytes], base.stdout)) as partial,
    ):
        if base.wait():
            raise Trouble("pg_basebackup failed; what it said stands above. Nothing was kept.")
        name = f"base/{datetime.now(UTC).strftime(STAMP)}"
        partial.rename(store.folder / f"{name}.age")
    return name


def receive_log(url: str, spool: Path) -> "subprocess.Popen[bytes]":
    """Streams the log into `spool` as it is written. The slot makes the server keep what was not yet received."""
    spool.mkdir(mode=0o700, parents=True, exist_ok=True)
    common = ["pg_receivewal", f"--slot={SLOT}", "--no-password"]
    with _program([*common, "--create-slot", "--if-not-exists"], url) as made:
        if made.wait():
            raise Trouble("The replication slot could not be made; see docs/operations.md, Backups.")
    return _program([*common, f"--directory={spool}"], url)


def close_segment(url: str) -> None:
    """Without it a quiet hour's changes would wait in a segment that is not full."""
    with closing(psycopg2.connect(**_parts(url), dbname="postgres")) as link:
        link.autocommit = True
        link.cursor().execute("SELECT pg_switch_wal()")


def keep_log(spool: Path, store: Store) -> int:
    """Moves each finished segment into the store; how many."""
    finished = sorted(path for path in spool.iterdir() if path.is_file() and path.suffix in ("", ".history"))
    for path in finished:
        with path.open("rb") as content:
            store.put(f"wal/{path.name}", content)
        path.unlink()
    return len(finished)


def restore(store: Store, data: Path, until: datetime | None) -> str:
    """Fills the empty folder `data`; PostgreSQL started on it recovers up to `until`, or to the end, and opens."""
    base = _base_before(store, until)
    if data.exists() and any(data.iterdir()):
        raise Trouble(f"{data} is not empty. Restore into a new folder, look at it, then move it into its place.")
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=data.parent) as plain:
        store.get(base, plain)
        plain.seek(0)
        with tarfile.open(fileobj=plain) as archive:
            archive.extractall(data, filter="data")
    _log_for_recovery(store, data / "restored_wal")
    _ask_for_recovery(data, until)
    return base


def _base_before(store: Store, until: datetime | None) -> str:
    names = store.names("base")
    fitting = [name for name in names if until is None or _moment(name) <= until]
    if not fitting:
        oldest = f" The oldest ended at {_moment(names[0])}." if names else ""
        raise Trouble(f"No base backup ended before that moment.{oldest}")
    return fitting[-1]


def _moment(base: str) -> datetime:
    return datetime.strptime(base.removeprefix("base/"), STAMP).replace(tzinfo=UTC)


def _log_for_recovery(store: Store, folder: Path) -> None:
    folder.mkdir(mode=0o700)
    for name in store.names("wal"):
        with (folder / name.removeprefix("wal/")).open("wb") as out:
            store.get(name, out)


def _ask_for_recovery(data: Path, until: datetime | None) -> None:
    lines = [f'restore_command = \'cp "{data.resolve()}/restored_wal/%f" "%p"\'']
    if until:
        lines += [f"recovery_target_time = '{until.isoformat()}'", "recovery_target_action = 'promote'"]
    with (data / "postgresql.auto.conf").open("a") as settings:
        settings.write("\n".join(lines) + "\n")
    (data / "recovery.signal").touch()


def _program(command: list[str], url: str, stdout: int | None = None) -> "subprocess.Popen[bytes]":
    """The address goes by the environment: a command line can be read by everybody on the machine."""
    parts = _parts(url)
    told = {"PGHOST": parts["host"], "PGPORT": parts["port"], "PGUSER": parts["user"], "PGPASSWORD": parts["password"]}
    environment = os.environ | {name: str(value) for name, value in told.items() if value}
    program = [str(PROGRAMS / command[0]), *command[1:]]
    return subprocess.Popen(program, env=environment, stdin=subprocess.DEVNULL, stdout=stdout)  # noqa: S603 (our words)


def _parts(url: str) -> dict[str, Any]:
    at = urlsplit(url)
    return {
        "host": unquote(at.hostname or ""),
        "port": at.port,
        "user": at.username,
        "password": unquote(at.password or "") or None,
    }
