"""Links that are named somewhere, and whether they still lead anywhere.

An address is asked once a week, one request to a server at a time, whoever names it. It is called broken when it
failed on several days; a server that refuses machines (401, 403, 429 and the like) is there. Nothing is asked while
``settings.LINK_CHECKER`` is off.

also(evidence_links)   # in AppConfig.ready: pairs of an address and the state it is private to, or None
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from time import monotonic
from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext

from common.days import day_of
from common.fetching import Fetcher, NotAllowed, Unreachable
from common.scope import PROGRAMME, scope
from documents.models import Link, Source

Named = Iterable[tuple[str, int | None]]

WEEK, DAY, HOUR = timedelta(days=7), timedelta(days=1), timedelta(hours=1)
LEASE = timedelta(minutes=2)  # longer than two requests may take
ONE_CLAIM_AT_A_TIME = 0x11A5  # of PostgreSQL's advisory locks: any number that nobody else takes
GONE = (404, 410)

_more: list[Callable[[], Named]] = []


class Outcome(NamedTuple):
    status: int | None = None
    has_failed: bool = False
    is_refused: bool = False

    @property
    def is_silence(self) -> bool:
        return self.has_failed and self.status is None


def also(rows: Callable[[], Named]) -> None:
    if rows not in _more:
        _more.append(rows)


def note() -> None:
    """Takes up what is named since the last time, and drops what is named no more."""
    with scope(PROGRAMME, page="worker"):
        named = {(url, state) for rows in (_of_sources, *_more) for url, state in rows() if url}
        known = {(link.url, link.state_id): link.pk for link in Link.objects.all()}
        Link.objects.filter(pk__in=[pk for key, pk in known.items() if key not in named]).delete()
        Link.objects.bulk_create(
            (Link(url=url, state_id=state, host=_host(url)) for url, state in named - known.keys()),
            ignore_conflicts=True,
        )


def check(fetcher: Fetcher | None = None, *, seconds: float = 45) -> int:
    """Asks for what is due, one after another, for so long at most; answers how many were asked."""
    until, asked = monotonic() + seconds, 0
    while settings.LINK_CHECKER and monotonic() < until and (link := claim()):
        outcome = ask(fetcher or Fetcher(), link.url)
        if outcome.is_silence and not _somebody_answered():
            _ask_later(link)
        else:
            settle(link, outcome)
        asked += 1
    return asked


def claim() -> Link | None:
    """The link that waits longest, of a server that nobody is asking now."""
    with scope(PROGRAMME, page="worker"), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_CLAIM_AT_A_TIME])
        busy = Link.objects.filter(claimed_until__gt=Now()).values("host")
        waiting = Link.objects.filter(next_check_at__lte=Now()).exclude(host__in=busy)
        link = waiting.order_by("next_check_at", "pk").first()
        if link:
            Link.objects.filter(pk=link.pk).update(claimed_until=Now() + LEASE, next_check_at=Now() + DAY)
        return link


def ask(fetcher: Fetcher, url: str) -> Outcome:
    """HEAD first; some servers only know GET."""
    try:
        reply = fetcher.ask("HEAD", url)
        if reply.status >= 400:
            reply = fetcher.ask("GET", url)
    except NotAllowed:
        return Outcome(is_refused=True)
    except Unreachable:
        return Outcome(has_failed=True)
    return Outcome(reply.status, has_failed=reply.status in GONE or reply.status >= 500)


def settle(link: Link, outcome: Outcome, *, now: datetime | None = None) -> None:
    """Holds for everybody who names the same address. Two failures of one day count once."""
    now = now or timezone.now()
    failures = _failures(link, now) if outcome.has_failed else 0
    pause = min(DAY * 2 ** (failures - 1), WEEK) if failures else WEEK
    with scope(PROGRAMME, page="worker"):
        Link.objects.filter(url=link.url).update(
            checked_at=now,
            next_check_at=now + pause,
            claimed_until=None,
            status=outcome.status,
            is_refused=outcome.is_refused,
            failures=failures,
            failed_since=(link.failed_since or now) if failures else None,
        )


def _somebody_answered() -> bool:
    """Within a day; else it may be the portal that is cut off, and nothing is said of the link."""
    with scope(PROGRAMME, page="worker"):
        return Link.objects.filter(checked_at__gte=timezone.now() - DAY, status__isnull=False).exists()


def _ask_later(link: Link) -> None:
    with scope(PROGRAMME, page="worker"):
        Link.objects.filter(url=link.url).update(next_check_at=Now() + HOUR, claimed_until=None)


def _failures(link: Link, now: datetime) -> int:
    is_same_day = link.failures and link.checked_at and day_of(link.checked_at) == day_of(now)
    return link.failures if is_same_day else link.failures + 1


def _of_sources() -> Named:
    return [(url, None) for url in Source.objects.exclude(link="").values_list("link", flat=True)]


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "")[:255]
    except ValueError:
        return ""


def standing(link: Link | None) -> str:
    """What may be said of a link, in a sentence that claims no more than was seen."""
    if link is None or (link.checked_at is None and not link.is_refused):
        return gettext("Not checked yet")
    day = {"day": date_format(localtime(link.failed_since or link.checked_at))}
    if link.is_refused:
        return gettext("Not checked: its address is not on the public internet")
    if link.is_broken:
        return gettext("Broken since %(day)s") % day
    if link.failures:
        return gettext("Could not be reached since %(day)s") % day
    return gettext("Worked on %(day)s") % day
