"""Rows in the invented worlds of tests/house/test_wall_differential.py: each state has one of each."""

import itertools
from datetime import date
from typing import Any

from correspondence.models import Note, NoteScan, NoteSerial, PointOfContact

MODELS = {Note, NoteScan, NoteSerial, PointOfContact}
NUMBERS = itertools.count(1)
DAY = date(2026, 11, 2)


def populate(pairs: list[Any], by: Any) -> None:
    """A draft and an issued note, a scan that is matched and one that waits, a point of contact; as the programme."""
    for state, _life in pairs:
        number = next(NUMBERS)
        common = {"state": state, "purpose": "join", "language": "en", "text": "x", "made_by": by}
        Note.objects.create(**common)
        issued = {"status": "issued", "year": 2026, "number": number, "code": "2345", "content": "x"}
        note = Note.objects.create(**common, **issued, issued_on=DAY, issued_by=by)
        kept = {"name": "x", "size": 1, "sha256": "0", "content": "x", "brought_by": by}
        NoteScan.objects.create(note=note, state=state, matched="page", **kept)
        NoteScan.objects.create(**kept)
        NoteSerial.objects.create(year=3000 + number % 20_000, last=number)
        PointOfContact.objects.create(
            state=state, name="x", institution="x", email=f"{number}@example.org", language="en", starts_on=DAY,
            confirmed_on=DAY, named_reference="x", recorded_by=by,
        )  # fmt: skip
