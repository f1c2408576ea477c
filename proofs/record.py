"""docs/proofs.md: one row for each proof, replaced whenever it is run."""

import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from proofs import PROOFS
from proofs.tests import CORES

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "proofs.md"
HEAD = "| proof | what was found | form | date | commit | cores | seconds |"


@dataclass(frozen=True)
class Finding:
    """One sentence with its figures, and whether it is what was promised."""

    words: str
    holds: bool = True

    def __str__(self) -> str:
        return self.words if self.holds else f"**BROKEN** {self.words}"


def write(name: str, found: Iterable[Finding], *, seconds: float, form: str) -> None:
    words = "; ".join(map(str, found)) or "**BROKEN** nothing was found out"
    day = f"{datetime.now(UTC):%Y-%m-%d}"
    row = f"| `{name}` | {words} | {form} | {day} | {commit()} | {CORES} | {seconds:.0f} |"
    PAGE.write_text(with_row(PAGE.read_text(), name, row))


def with_row(page: str, name: str, row: str) -> str:
    """`page` with `row` in the place of the proof's former one, in the order of PROOFS."""
    before, table = page.split(f"{HEAD}\n", 1)
    ruler, *lines = table.splitlines()
    rows = {line.split("`")[1]: line for line in lines if line.startswith("| `")} | {name: row}
    after = [line for line in lines if not line.startswith("| `")]
    return "\n".join([before + HEAD, ruler, *(rows[known] for known in PROOFS if known in rows), *after]) + "\n"


def commit() -> str:
    """Of the code that ran; marked when it was not all committed (this page apart)."""
    short = _git("rev-parse", "--short", "HEAD")
    changed = _git("status", "--porcelain", "--untracked-files=no", "--", ".", ":!docs/proofs.md")
    return f"{short}, changed" if changed else short


def _git(*words: str) -> str:
    asked = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True)
    return asked.stdout.strip()
