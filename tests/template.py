"""A migrated database to copy test databases from: migrating takes a minute, copying takes a second.

Its name ends in a digest of the migrations and of the modules they import, so that it is made anew when these change.
"""

import ast
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg2
from psycopg2.extensions import connection as Link
from psycopg2.sql import SQL, Identifier

from tests.house.sources import APPS, ROOT

PREFIX, KEPT = "template_oas_", 6
LOCK = 727_003  # several runs at once: one of them makes it, the others wait


def template_database(owner: dict[str, Any]) -> str:
    """Its name; it stands when this returns. `owner` is how its owner signs in, in the words of Django's settings."""
    name = PREFIX + digest()
    link = psycopg2.connect(
        dbname="postgres", **{key.lower(): owner[key] for key in ("USER", "PASSWORD", "HOST", "PORT")}
    )
    link.autocommit = True
    try:
        if name in _templates(link):  # whoever makes another one meanwhile is not waited for
            return name
        _ask(link, SQL("SELECT pg_advisory_lock({})").format(SQL(str(LOCK))))
        if name not in _templates(link):
            _make(link, name)
        for old in _templates(link)[KEPT:]:
            _ask(link, SQL("DROP DATABASE IF EXISTS {}").format(Identifier(old)))
    finally:
        link.close()
    return name


def digest() -> str:
    found = hashlib.sha256()
    for path in sorted(_what_migrates()):
        found.update(path.read_bytes())
    return found.hexdigest()[:16]


def _what_migrates() -> set[Path]:
    migrations = {path for app in APPS for path in (ROOT / app / "migrations").glob("*.py")}
    modules = {name for path in migrations for name in _imported(path) if name.split(".")[0] in APPS}
    return migrations | {path for name in modules if (path := ROOT / f"{name.replace('.', '/')}.py").exists()}


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def _make(link: Link, name: str) -> None:
    """Under another name until it is whole: what was cut short is no template."""
    half = f"half_{name}"
    _ask(link, SQL("DROP DATABASE IF EXISTS {}").format(Identifier(half)))
    _ask(link, SQL("CREATE DATABASE {}").format(Identifier(half)))
    address = urlsplit(os.environ["DATABASE_OWNER_URL"])._replace(path=f"/{half}").geturl()
    env = os.environ | {"DATABASE_URL": address}
    subprocess.run([sys.executable, "manage.py", "migrate", "--verbosity", "0"], cwd=ROOT, env=env, check=True)
    _ask(link, SQL("ALTER DATABASE {} RENAME TO {}").format(Identifier(half), Identifier(name)))


def _templates(link: Link) -> list[str]:
    """Newest first."""
    rows = _ask(link, SQL("SELECT datname FROM pg_database ORDER BY oid DESC"))
    return [name for (name,) in rows if name.startswith(PREFIX)]


def _ask(link: Link, words: Any) -> list[tuple[Any, ...]]:
    with link.cursor() as cursor:
        cursor.execute(words)
        return cursor.fetchall() if cursor.description else []
