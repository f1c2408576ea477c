from correspondence.models.contacts import PointOfContact
from correspondence.models.notes import Note, NoteSerial
from correspondence.models.scans import NoteScan

__all__ = ["Note", "NoteScan", "NoteSerial", "PointOfContact"]
