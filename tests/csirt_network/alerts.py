"""Alerts for tests, published as people publish them."""

from typing import Any

from accounts.models import User
from common.scope import PROGRAMME, reach_of, scope
from csirt_network.actions.publishing import countersign, publish
from csirt_network.actions.writing import Seen, Written, write
from csirt_network.models import Alert, Announcement, Recipient
from notices.models import Mail
from notices.work import work
from tests.factories.accounts import make_staff


def fresh(person: Any) -> User:
    """As the portal meets a person: with the reach of today."""
    return User.objects.get(pk=person.pk)


def send_out(*teams: Any, by: Any, tlp: str = "GREEN", origin: Any = None, people: Any = (), **facts: Any) -> Alert:
    """A warning by `by`, countersigned by an officer where it must be; `indicators` are pairs of kind and value."""
    chosen = [Recipient(kind="team", team=team) for team in teams]
    chosen += [Recipient(kind="person", person=person) for person in people]
    indicators = [Seen(kind=kind, value=value) for kind, value in facts.pop("indicators", ())]
    words = {"title_en": "Fake tax refunds", "happening_en": "Messages promise a refund.", "language": "en"}
    columns = {"kind": "warning", "tlp": tlp, "rsit": ["phishing"], **words, **facts}
    author = fresh(by)
    with scope(reach_of(author)):
        made = write(
            written=Written(columns=columns, recipients=chosen, indicators=indicators), origin=origin, by=author
        )
    second = _second(origin, author)
    with scope(reach_of(second)):
        if tlp != "RED":
            countersign(alert=made, by=second)
    with scope(reach_of(author)):
        return publish(alert=made, edited=made.edited, by=author)


def _second(origin: Any, author: Any) -> User:
    found = User.objects.exclude(pk=author.pk)
    found = found.filter(teams__team=origin) if origin else found.filter(roles__role="officer")
    return found.first() or fresh(make_staff("Oscar Otro", "officer"))


def walk_all() -> None:
    """What the worker does once the bell has rung: the announcements, until nothing is queued."""
    perform(Announcement)


def perform(kind: Any, /, **which: Any) -> None:
    with scope(PROGRAMME):
        waiting = list(kind.objects.waiting().filter(**which).values_list("pk", flat=True))
    for pk in waiting:
        work(kind, pk)


def mails_of(person: Any, kind: str = "alert matched") -> list[Mail]:
    with scope(PROGRAMME):
        return list(Mail.objects.filter(person=person, kind=kind).order_by("pk"))
