"""What runs of the small faults found out, written down as it comes: a folder of lines, none of them ever rewritten."""

import hashlib
import json
import subprocess
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

from tests.house.sources import ROOT
from tests.mutation.mutants import Mutant


class Memory:
    """Verdicts hold while no file of the house differs; which test reaches what, while the test's file is the same and
    what is watched is.

    Which test noticed a fault is kept for good: it is asked first the next time.
    """

    def __init__(self, folder: str, share: str, watched: Iterable[str]) -> None:
        self.watched = hashlib.sha256(" ".join(sorted(watched)).encode()).hexdigest()[:16]
        self.folder = Path(folder) if folder else None
        self.share = share.replace("/", "-of-")
        self.known = {line["test"]: line for line in self._lines("reached") if line.get("watched") == self.watched}
        self.killers = {line["fault"]: line["test"] for line in self._lines("killers")}
        self.verdicts = {line["fault"]: line["verdict"] for line in self._lines("verdicts") if line["at"] == self.state}
        self.files: dict[Path, str] = {}

    def verdict(self, mutant: Mutant) -> str | None:
        return self.verdicts.get(mutant.name)

    def reached(self, item: Any) -> dict[str, Any] | None:
        known = self.known.get(item.nodeid)
        return known if known and known["file"] == self._digest(item.path) else None

    def note_reached(self, item: Any, seconds: float, places: set[str]) -> dict[str, Any]:
        line = {"test": item.nodeid, "file": self._digest(item.path), "seconds": seconds, "places": sorted(places)}
        line["watched"] = self.watched
        return self._write("reached", line)

    def note_killer(self, mutant: Mutant, item: Any) -> None:
        self._write("killers", {"fault": mutant.name, "test": item.nodeid})

    def note(self, mutant: Mutant, verdict: str) -> None:
        where = f"{mutant.path.relative_to(ROOT)}:{mutant.line}"
        self._write("verdicts", {"at": self.state, "fault": mutant.name, "verdict": verdict, "where": where})

    @cached_property
    def state(self) -> str:
        """Of all code, committed or not, as one number."""
        words = (["git", "ls-files", "--stage", "*.py"], ["git", "diff", "HEAD", "--", "*.py"])
        said = [subprocess.run(one, cwd=ROOT, capture_output=True, check=True).stdout for one in words]  # noqa: S603
        return hashlib.sha256(b"".join(said)).hexdigest()[:16]

    def _digest(self, path: Path) -> str:
        if path not in self.files:
            self.files[path] = hashlib.sha256(path.read_bytes()).hexdigest()[:16]
        return self.files[path]

    def _lines(self, kind: str) -> Iterator[dict[str, Any]]:
        for path in sorted(self.folder.glob(f"{kind}-*.jsonl")) if self.folder else ():
            yield from map(json.loads, path.read_text().splitlines())

    def _write(self, kind: str, line: dict[str, Any]) -> dict[str, Any]:
        if self.folder:
            self.folder.mkdir(parents=True, exist_ok=True)
            with (self.folder / f"{kind}-{self.share}.jsonl").open("a") as file:
                file.write(json.dumps(line) + "\n")
        return line
