"""Questions to colleagues, and a guest's browser."""

import re
from datetime import timedelta
from typing import Any

from django.core import mail
from django.test import Client

from capability.drafts import WorkingCopy
from capability.models import Update
from common.days import today
from common.scope import Reach, reach_of, scope
from ministry_desk.actions.asking import ask
from ministry_desk.models import Enquiry, Letter
from notices.work import work

LINK = re.compile(r"https?://\S+(/colleague/link/\S+/)")


def make_enquiry(update: Update, *questions: str, by: Any, with_last: bool = True, **facts: Any) -> Enquiry:
    """To Elena Colega of the ministry of justice, in Spanish, for seven days, unless `facts` say otherwise."""
    given = {
        "name": "Elena Colega",
        "ministry": "Ministry of Justice",
        "email": "elena@justice.example.org",
        "language": "es",
        "message": "Could you tell us about the new law?",
        "until": today() + timedelta(days=7),
        **facts,
    }
    with scope(reach_of(by)):
        copy = WorkingCopy(update, by)
        items = [copy.items[code] for code in questions or ("D1.1", "D1.2")]
        return ask(update=update, items=items, with_last=with_last, by=by, **given)


def link_of(enquiry: Enquiry) -> str:
    """Sends the last letter and reads the link in it, as its reader does."""
    letter = Letter.objects.filter(enquiry=enquiry).latest("number")
    work(Letter, letter.pk)
    return LINK.search(mail.outbox[-1].body)[1]


def as_guest(enquiry: Enquiry) -> Reach:
    return Reach(guest=enquiry.pk)


def open_link(link: str, client: Client | None = None) -> Client:
    """A browser that has pressed the button behind the link."""
    browser = client or Client()
    browser.get(link)
    browser.post(link)
    return browser
