"""Everything is deleted at some second: the copy brings back the second before, table by table and file by file."""

import hashlib
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg2
import pyrage

from backups import database
from backups.files import keep_files, restore_files
from backups.store import Store
from devtools.services import Services, run
from proofs.house import House, say, wait_until
from proofs.record import Finding

TABLES = "SELECT format('%I', tablename) FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
# In any order of the rows: a restored table may hold them in another.
SUM = "SELECT count(*), md5(coalesce(string_agg(md5(t::text), '' ORDER BY md5(t::text)), '')) FROM {} t"
Sums = dict[str, tuple[int, str]]


def prove(house: House, *, quick: bool) -> Iterator[Finding]:
    house.open()
    from proofs.world import World

    key, copies = pyrage.x25519.Identity.generate(), house.folder / "copies"
    store, files = Store(copies, recipient=str(key.to_public())), Path(os.environ["OAS_FILES"])
    url, spool = house.services.environment()["DATABASE_BACKUP_URL"], copies / "spool"
    database.PROGRAMS = house.services.programs
    receiver = database.receive_log(url, spool)
    try:
        database.make_base(url, store)
        time.sleep(1.1)  # a base backup is named by the second
        _work_goes_on(World(), files, 20 if quick else 200)
        stood, kept = _sums(house.services.sockets), _digests(files)
        second_before = datetime.now(UTC)
        time.sleep(0.1)
        _delete_everything(house, files, copies, store, spool, url)
        _receive(house, url, spool, store)
    finally:
        receiver.terminate()
    began = time.monotonic()
    (copies / "identity").write_text(str(key))
    opened = Store(copies, identity=copies / "identity")
    with Restored(house.services, opened, second_before) as sockets:
        back, seconds = _sums(sockets), time.monotonic() - began
    restore_files(opened, house.folder / "files-back")
    rows = sum(count for count, _ in stood.values())
    wrong = [name for name in stood if back.get(name) != stood[name]]
    told = f", other: {', '.join(wrong)}" if wrong else ""
    yield Finding(f"{len(stood)} tables of {rows} rows, each with its count and checksum{told}", not wrong and rows > 0)
    same = _digests(house.folder / "files-back") == kept
    yield Finding(f"{len(kept)} files, byte by byte; the database opened after {seconds:.1f} s", same and bool(kept))


def _work_goes_on(world: Any, files: Path, count: int) -> None:
    world.filled(count)
    for number in range(count):
        path = files / f"{number % 100:02x}" / hashlib.sha256(str(number).encode()).hexdigest()
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(os.urandom(4096))


def _delete_everything(house: House, files: Path, copies: Path, store: Store, spool: Path, url: str) -> None:
    """After the last files were taken: what nobody copied within the minute is the minute that may be missing."""
    keep_files(files, store)
    with closing(_owner(house.services.sockets)) as link, link.cursor() as cursor:
        cursor.execute(TABLES)
        cursor.execute(f"TRUNCATE {', '.join(row[0] for row in cursor.fetchall())} CASCADE")
    shutil.rmtree(files)
    say("everything is deleted")


def _receive(house: House, url: str, spool: Path, store: Store) -> None:
    with closing(_owner(house.services.sockets)) as link, link.cursor() as cursor:
        cursor.execute("SELECT pg_walfile_name(pg_current_wal_insert_lsn())")
        segment = cursor.fetchone()[0]
    database.close_segment(url)

    def is_kept() -> bool:
        database.keep_log(spool, store)
        return store.has(f"wal/{segment}")

    wait_until(is_kept, "the log of the last change", seconds=60)


class Restored:
    """PostgreSQL on the restored folder, in a place that its account may enter."""

    def __init__(self, services: Services, store: Store, until: datetime) -> None:
        self.services, self.folder = services, services.folder / "restored"
        database.restore(store, self.folder, until)

    def __enter__(self) -> Path:
        sockets = self.services.folder / "restored-sockets"
        sockets.mkdir(mode=0o700)
        owner = self.services.data.stat().st_uid
        for path in (self.folder, sockets, *self.folder.rglob("*")):
            os.chown(path, owner, -1)
        self.control = (self.services.programs / "pg_ctl", "-D", self.folder, "-w", "-t", "300")
        run(*self.control, "-l", self.folder / "log", "-o", f"-c unix_socket_directories={sockets}", "start")
        wait_until(lambda: not _recovers(sockets), "the end of the recovery")
        return sockets

    def __exit__(self, *_: object) -> None:
        run(*self.control, "-m", "immediate", "stop", check=False)


def _recovers(sockets: Path) -> bool:
    with closing(_owner(sockets)) as link, link.cursor() as cursor:
        cursor.execute("SELECT pg_is_in_recovery()")
        return bool(cursor.fetchone()[0])


def _sums(sockets: Path) -> Sums:
    """As the owner, from whom no row is hidden."""
    with closing(_owner(sockets)) as link, link.cursor() as cursor:
        cursor.execute(TABLES)
        names = [row[0] for row in cursor.fetchall()]
        found: Sums = {}
        for name in names:
            cursor.execute(SUM.format(name))
            found[name] = cursor.fetchone()
        return found


def _owner(sockets: Path) -> Any:
    link = psycopg2.connect(host=str(sockets), user="oas_owner", dbname="oas")
    link.autocommit = True
    return link


def _digests(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
