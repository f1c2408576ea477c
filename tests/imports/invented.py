"""Rows in the invented worlds of tests/house/test_wall_differential.py: tables that a worker looks at."""

from typing import Any

from imports.models import TableImport, TableRun

MODELS = {TableRun}


def populate(pairs: list[Any], by: Any) -> None:
    """One for each state of the world, though tables belong to none; as the programme."""
    kept = {"kind": "focal-points", "language": "en", "name": "x", "size": 1, "sha256": "0", "fingerprint": "0"}
    for _pair in pairs:
        TableRun.objects.create(sheet=TableImport.objects.create(by=by, **kept))
