"""What mail servers send back, read by the mail server's pipe or by a timer; docs/operations.md says how."""

import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import InterfaceError, OperationalError

from notices.bounces import Outcome, take

MOST_BYTES = 10_000_000
TRY_AGAIN = 75  # EX_TEMPFAIL of sysexits.h: a mail server keeps the message and comes back


class Command(BaseCommand):
    help = "Marks mails that came back: reads a message from standard input, or all of a folder or Maildir."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, help="nothing in it is changed")

    def handle(self, *, folder: Path | None, **options: Any) -> None:
        if folder and not folder.is_dir():
            raise CommandError(f"{folder} is no folder.")
        contents = _all_of(folder) if folder else iter([sys.stdin.buffer.read(MOST_BYTES)])
        try:
            found = Counter(map(take, contents))
        except (InterfaceError, OperationalError) as error:
            raise CommandError("The database does not answer. Try again.", returncode=TRY_AGAIN) from error
        self.stdout.write(", ".join(f"{outcome}: {found[outcome]}" for outcome in Outcome))


def _all_of(folder: Path) -> Iterator[bytes]:
    """Of a Maildir what has arrived whole. What somebody moves meanwhile is met the next time."""
    halves = [folder / name for name in ("new", "cur")]
    for each in halves if all(half.is_dir() for half in halves) else [folder]:
        for path in sorted(each.iterdir()):
            with suppress(FileNotFoundError):
                if path.is_file() and not path.name.startswith("."):
                    with path.open("rb") as message:
                        yield message.read(MOST_BYTES)
