"""What is printed from matrix.txt: docs/access.md, and the data of the help page "Who may do what".

`python -m tests.access.printed` writes both; a test fails while they say something else than the matrix.
"""

import json
from collections.abc import Iterator
from pathlib import Path

from tests.access.tables import HERE, ROLES, Row, row_of

ROOT = HERE.parent.parent
PAGE = ROOT / "docs/access.md"
DATA = ROOT / "oas_cyber/guide/who_may.json"
NAMES = {
    "anon": "nobody signed in",
    "own": "lead liaison",
    "deputy": "deputy",
    "other": "liaison of another state",
    "team": "representative of a CSIRT",
    "analyst": "analyst of a CSIRT",
    "sector": "representative of its constituent team",
    "foreign": "representative of a CSIRT of another state",
    "officer": "officer",
    "manager": "manager",
    "observer": "observer",
    "admin": "administrator",
    "ended": "former liaison",
    "disabled": "closed account",
    "partner": "partner contact",
}
EVERYBODY = frozenset(ROLES)
HEAD = """# Who may do what

Printed from `tests/access/matrix.txt` by `python -m tests.access.printed`: the tests visit every line of it as every
person, so this page is true as long as they pass. The liaisons are those of Chile, and what a line is about is Chile's.
The partner contact is of a partner that is party to the agreement in question.
What tokens reach stands in `tests/api/matrix.txt`; who may take an update from one status to the next, in
`tests/access/transitions.txt`.

"may" is served, or done. "not shown" is answered like a page that does not exist, "refused" says that one may not, "not
now" that the status forbids it. Whoever is not named under any of them is sent to sign in first.
"""


def sections() -> Iterator[tuple[str, list[Row]]]:
    """By the comments of the matrix that stand above its lines."""
    title, found, is_table = "", [], False
    for line in (HERE / "matrix.txt").read_text().splitlines():
        if line.startswith("#"):
            if is_table and found:
                yield title, found
                title, found = "", []
            if " ---" in line or is_table:
                title = f"{title} {line.strip('# ').split(' ---')[0]}".strip()
                is_table = True
        elif line.strip():
            found.append(row_of(line.strip()))
    yield title, found


def page() -> str:
    return HEAD + "".join(f"\n## {_short(title)}\n\n{_table(found)}" for title, found in sections())


def _short(title: str) -> str:
    return title.split(":")[0].split(". ")[0].split(";")[0]


def _table(found: list[Row]) -> str:
    lines = ["| page | method | of what | may | refused | not shown | not now |", "|---|---|---|---|---|---|---|"]
    for row in found:
        cells = [f"`{row.first or '/'}`", row.second, row.third or "", *(_who(row, code) for code in ".FNM")]
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(lines) + "\n"


def _who(row: Row, code: str) -> str:
    roles = [role for role, given in row.wanted().items() if given == code]
    return "everybody" if set(roles) == EVERYBODY else ", ".join(NAMES[role] for role in roles)


def data() -> str:
    """By "METHOD route thing": the codes in the order of the roles."""
    cells = {row.name: "".join(row.cells) for _title, found in sections() for row in found}
    return json.dumps({"roles": list(ROLES), "cells": dict(sorted(cells.items()))}, indent=0) + "\n"


def written() -> dict[Path, str]:
    return {PAGE: page(), DATA: data()}


if __name__ == "__main__":
    for path, text in written().items():
        path.write_text(text)
        print(path.relative_to(ROOT))
