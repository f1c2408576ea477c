"""Alerts and pushed indicators as feeds of MISP (core format, draft-20): one for each collection."""
