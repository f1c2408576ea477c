"""A note verbale as PDF: made for a preview while it is a draft, and kept once it is issued."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse

from action_plan.certificate_paper import qr_of
from common.days import today
from common.paper.typeset import language_of, typeset
from correspondence.composing import formula
from correspondence.models import Note
from correspondence.wording import WORDINGS

TEMPLATE = Path(__file__).with_name("note.typ")


def as_pdf(note: Note) -> bytes:
    """The same bytes for the same note."""
    return typeset(TEMPLATE, _told(note), note.issued_on or today())


def _told(note: Note) -> dict[str, Any]:
    words = WORDINGS[note.language]
    address = settings.SITE_URL + reverse("note-detail", args=[note.pk]) if note.number else ""
    return {
        **language_of(note.language),
        **formula(note),
        "page": words.page,
        "is_sample": settings.TRIAL,
        "address": address,
        "qr": qr_of(address) if address else "",
        "words": {
            "brand": words.brand,
            "programme": words.programme,
            "sample": words.sample,
            "kind": words.kind,
            "quote": words.quote,
            "code": words.code,
        },
    }
