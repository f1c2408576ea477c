"""The house's own files, read as they lie: what is tracked, and its syntax trees."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
APPS = (
    "oas_cyber", "public_site", "search", "reporting", "imports", "correspondence", "ministry_desk", "invitations",
    "partnerships", "action_plan", "exchange", "csirt_network", "capability", "member_states", "review", "audit",
    "notices", "documents", "accounts", "common",
)  # fmt: skip


@cache
def tracked() -> tuple[Path, ...]:
    """What is in the repository, or would be."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],  # noqa: S607
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return tuple(path for name in listed.stdout.splitlines() if (path := ROOT / name).is_file())


def python_files() -> Iterator[tuple[str, ast.Module]]:
    """The portal's own code, without its tests, as (path, tree)."""
    for path in tracked():
        if path.suffix == ".py" and path.relative_to(ROOT).parts[0] in APPS:
            yield str(path.relative_to(ROOT)), ast.parse(path.read_text())


def templates() -> Iterator[tuple[str, str]]:
    for path in tracked():
        if "templates" in path.parts and path.suffix in (".html", ".txt"):
            yield str(path.relative_to(ROOT)), path.read_text()


def texts() -> Iterator[tuple[str, str]]:
    """Every tracked file that is text."""
    for path in tracked():
        content = path.read_bytes()
        if b"\0" not in content[:8000]:
            yield str(path.relative_to(ROOT)), content.decode("utf-8", "replace")
