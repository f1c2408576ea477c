"""A PDF from a template and what it is told: tagged (PDF/UA-1), the same bytes for the same words."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import fontpkg_inter
import typst
from django.conf import settings


def typeset(template: Path, told: Mapping[str, Any], made_on: date, plain: Callable[[Any], Any] = str) -> bytes:
    """`plain` says what the template gets for values that JSON does not know."""
    made: bytes = _compiler(template).compile(
        format="pdf",
        sys_inputs={"told": json.dumps(told, default=plain)},
        pdf_standards=["ua-1"],
        timestamp=int(datetime.combine(made_on, datetime.min.time(), UTC).timestamp()),
    )
    return made


def language_of(code: str) -> dict[str, str | None]:
    """`lang` and `region` as typesetters spell them: pt and br of pt-br."""
    language, _dash, region = code.partition("-")
    return {"lang": language, "region": region or None}


@cache
def _compiler(template: Path) -> Any:
    """Made at the first report of a process: fonts are looked up once, and never before a worker forks."""
    return typst.Compiler(str(template), root=str(settings.BASE_DIR), font_paths=_fonts())


@cache
def _fonts() -> Any:
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(fontpkg_inter.ROOT / "files")]
    )
