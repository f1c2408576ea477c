import os
from pathlib import Path

import polib
from django.conf import settings


def compile_catalogues(locale: Path | None = None) -> list[Path]:
    """Makes each django.mo that is missing or older than its django.po; returns those made.

    Several processes may do this at once: each file is put in place whole.
    """
    folders = [locale] if locale else [Path(folder) for folder in settings.LOCALE_PATHS]
    sources = [source for folder in folders for source in sorted(folder.glob("*/LC_MESSAGES/*.po"))]
    return [compiled(source) for source in sources if is_stale(source)]


def is_stale(source: Path) -> bool:
    target = source.with_suffix(".mo")
    return not target.exists() or target.stat().st_mtime_ns < source.stat().st_mtime_ns


def compiled(source: Path) -> Path:
    target = source.with_suffix(".mo")
    unfinished = target.with_suffix(f".{os.getpid()}.tmp")
    polib.pofile(str(source)).save_as_mofile(str(unfinished))
    unfinished.replace(target)
    return target
