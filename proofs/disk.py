"""No room for files: a sentence, nothing half written, and the words that came along are kept."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from proofs.house import House
from proofs.record import Finding

ROOM = 1 << 20  # bytes
SENTENCE = "There is no room for files at the moment, and nothing was kept."


def prove(house: House, *, quick: bool) -> Iterator[Finding]:
    tries = 3 if quick else 20
    house.open()
    from proofs.world import World

    world = World()
    update = next(update for update in world.updates(len(world.states)) if world.lead(update).language == "en")
    files = Path(os.environ["OAS_FILES"])
    files.mkdir(exist_ok=True)
    is_mounted = _mount(files)
    try:
        limit = [] if is_mounted else ["sh", "-c", f'ulimit -f {ROOM // 1024}; exec "$@"', "sh"]
        house.web(limit=limit, TMPDIR=str(files))
        yield Finding(f"files on {'a disk' if is_mounted else 'which none may grow beyond'} of {ROOM >> 20} MB")
        yield from _fill(house, world, update, tries, files)
    finally:
        house.end()
        if is_mounted:
            subprocess.run(["umount", "--lazy", str(files)], check=True)


def _mount(folder: Path) -> bool:
    command = ["mount", "-t", "tmpfs", "-o", f"size={ROOM}", "tmpfs", str(folder)]
    return os.geteuid() == 0 and subprocess.run(command, capture_output=True).returncode == 0


def _fill(house: House, world: Any, update: Any, tries: int, files: Path) -> Iterator[Finding]:
    from capability.models import DraftAnswer
    from common.scope import scope
    from documents.models import File
    from proofs.visitor import Visitor
    from tests.capability.filling import url

    visitor, page = Visitor(house.port, world.lead(update)), url(update, "policy-and-strategy")
    told = kept = 0
    statuses = set()
    for number in range(tries):
        size = (2 << 20) if number % 2 else (3 << 20)  # in memory and not: the larger is first laid down beside
        fields = {"D1-1-stage": "2", "D1-1-text": f"Words {number}", "D1-1-revision": str(number), "do": "open:D1.1"}
        answer = visitor.upload(page, fields, "D1-1-file", "decree.pdf", _pdf(size))
        statuses.add(answer.outcome)
        told += SENTENCE in answer.words
        with scope(world.reach(update)):
            draft = DraftAnswer.objects.filter(update=update, question="D1.1").first()
        kept += bool(draft and draft.text == f"Words {number}") or f"Words {number}" in answer.words
    with scope(world.reach(update)):
        rows = File.objects.count()
    left = [file for file in files.rglob("*") if file.is_file()]
    yield Finding(
        f"{tries} uploads too large for it: {told} told so (status {', '.join(sorted(statuses))})", told == tries
    )
    yield Finding(f"{kept} times the words were kept", kept == tries)
    names = f" ({left[0].name})" if left else ""
    yield Finding(f"{len(left)} files{names} and {rows} rows were left behind", not left and not rows)
    small = visitor.upload(url(update, "policy-and-strategy", "D1.1", "evidence"), {}, "D1-1-file", "a.pdf", _pdf(10))
    with scope(world.reach(update)):
        is_kept = File.objects.count() == 1
    yield Finding(f"a smaller file is taken afterwards (status {small.outcome})", small.status < 400 and is_kept)


def _pdf(size: int) -> bytes:
    """One that passes every check, as large as wanted."""
    from tests.documents.corpus import pdf

    return pdf(b"0" * size)
