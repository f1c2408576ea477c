"""Faults that change nothing anybody could notice, each with the reason. They are not counted."""

EQUIVALENT: dict[str, str] = {}
