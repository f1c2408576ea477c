"""Invented sentences in four languages (words.csv), and dice that always fall the same way."""

import csv
import hashlib
from functools import cache
from pathlib import Path
from typing import Any


def dice(sides: int, *about: Any) -> int:
    """0 to sides - 1, the same for the same words in every load."""
    digest = hashlib.sha256(" ".join(map(str, about)).encode()).digest()
    return int.from_bytes(digest[:4]) % sides


def say(code: str, kind: str, language: str, about: str) -> str:
    """The sentence in `language`; numbers in it differ by what it is `about`."""
    n = 4 + dice(9, code, about)
    return _sentences()[code, kind][language].format(n=n, m=n + 2 + dice(4, code, about))


def has(code: str, kind: str) -> bool:
    return (code, kind) in _sentences()


@cache
def _sentences() -> dict[tuple[str, str], dict[str, str]]:
    with (Path(__file__).parent / "words.csv").open(encoding="utf-8", newline="") as sheet:
        return {(row["code"], row["kind"]): row for row in csv.DictReader(sheet)}
