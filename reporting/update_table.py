"""The updates of a state as a table: what was sent, under which number, and what became of it."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from capability.models import Update
from common.downloads import each, where
from common.templatetags.looks import STATUSES


def update_rows(user: Any, updates: Any) -> Iterator[list[Any]]:
    """`updates` come with their submissions, the first one first."""
    yield [
        _("Round"), _("Due"), _("Status"), _("First sent on"), _("Last sent on"), _("Last sent by"), _("Times sent"),
        _("Accepted on"), *where(),
    ]  # fmt: skip
    for one in each(updates):
        sent = sorted(one.submissions.all(), key=lambda each: each.number)
        yield [
            one.round.title,
            one.due_on,
            str(STATUSES[one.display_status].word),
            localtime(sent[0].submitted_at).date() if sent else "",
            localtime(sent[-1].submitted_at).date() if sent else "",
            sent[-1].submitted_by.name if sent else "",
            len(sent),
            localtime(one.accepted_at).date() if one.accepted_at else "",
            one.pk,
            settings.SITE_URL + _address(user, one),
        ]


def _address(user: Any, update: Update) -> str:
    """Where the reader goes on; a draft is nobody's but the state's."""
    of = [update.state.slug, update.round.slug] if update.round else []
    if not user.is_programme_staff:
        return update.get_absolute_url()
    return reverse("state-updates", args=of[:1]) if update.status == "draft" else reverse("update-review", args=of)
