"""The four commands; what they need comes from the environment (docs/operations.md, Backups)."""

import argparse
import os
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from backups.database import close_segment, keep_log, make_base, receive_log, restore
from backups.files import confirm_files, keep_files, restore_files
from backups.store import Store, Trouble

EVERY_SECONDS = 60


def main(arguments: list[str]) -> int:
    asked = _parser().parse_args(arguments)
    try:
        print(asked.do(asked))
    except (Trouble, KeyError, OSError) as error:
        said = f"Set {error.args[0]} (docs/operations.md, Backups)." if isinstance(error, KeyError) else error
        print(said, file=sys.stderr)
        return 1
    return 0


def make(asked: argparse.Namespace) -> str:
    store = _store()
    name = make_base(_setting("DATABASE_BACKUP_URL"), store)
    keep_files(_folder(), store)
    confirm_files(_folder(), store)
    return f"{name} is kept."


def keep(asked: argparse.Namespace) -> str:
    """Ends only when the log cannot be received any more: whoever watches over the service starts it again."""
    url, store, spool = _setting("DATABASE_BACKUP_URL"), _store(), Path(_setting("OAS_BACKUPS")) / "spool"
    receiver = receive_log(url, spool)
    try:
        while receiver.poll() is None:
            close_segment(url)
            _wait(receiver)
            print(f"{keep_log(spool, store)} segments, {keep_files(_folder(), store)} files", flush=True)
    finally:
        receiver.terminate()
    raise Trouble("pg_receivewal ended; what it said stands above.")


def _wait(receiver: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + EVERY_SECONDS
    while receiver.poll() is None and time.monotonic() < deadline:
        time.sleep(1)


def bring_back(asked: argparse.Namespace) -> str:
    store = _store(identity=asked.identity)
    base = restore(store, asked.data, asked.until)
    files = restore_files(store, asked.files)
    return (
        f"{base} and its log stand in {asked.data}, {files} files in {asked.files}. Give both to the accounts that run"
        f" PostgreSQL and the portal, then start PostgreSQL on {asked.data}: it recovers and opens."
    )


def prune(asked: argparse.Namespace) -> str:
    """The newest base backup stays whatever its age, and the log since the oldest one that stays."""
    store, limit = _store(), datetime.now(UTC) - timedelta(days=asked.days)
    bases = store.names("base")
    old = [name for name in bases[:-1] if store.age(name) < limit]
    since = min((store.age(name) for name in bases if name not in old), default=limit) - timedelta(days=1)
    old += [name for name in store.names("wal") if store.age(name) < since]
    old += [name for name in store.names("files") if store.age(name) < limit]
    for name in old:
        store.drop(name)
    return f"{len(old)} older than {asked.days} days were let go."


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m backups", description=__doc__)
    commands = parser.add_subparsers(required=True)
    commands.add_parser("make", help="a base backup").set_defaults(do=make)
    commands.add_parser("keep", help="the log and new files, until it is stopped").set_defaults(do=keep)
    back = commands.add_parser("restore", help="into empty folders")
    back.add_argument("--data", type=Path, required=True, help="a folder for PostgreSQL")
    back.add_argument("--files", type=Path, required=True, help="a folder for uploads and reports")
    back.add_argument("--identity", type=Path, required=True, help="the file of the age identity")
    back.add_argument("--until", type=_moment, help="a moment with its zone, such as 2026-11-30 14:32:07+00:00")
    back.set_defaults(do=bring_back)
    less = commands.add_parser("prune", help="let go of what is older")
    less.add_argument("--days", type=int, default=14)
    less.set_defaults(do=prune)
    return parser


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise argparse.ArgumentTypeError("say the zone too, such as +00:00")
    return moment


def _store(identity: Path | None = None) -> Store:
    recipient = "" if identity else _setting("OAS_BACKUP_RECIPIENT")
    return Store(Path(_setting("OAS_BACKUPS")), recipient=recipient, identity=identity)


def _folder() -> Path:
    return Path(_setting("OAS_FILES"))


def _setting(name: str) -> str:
    """Or the content of the file that NAME_FILE names, as everywhere in the portal."""
    file = os.environ.get(f"{name}_FILE")
    return Path(file).read_text().strip() if file else os.environ[name]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
