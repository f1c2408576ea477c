"""The scope of the current transaction: whose rows the database will show and take.

Nothing outlives the transaction, so a pooled or persistent connection carries nothing over. Outside a scope the
walled tables are empty.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils.module_loading import import_string


@dataclass(frozen=True)
class Reach:
    """What one person may reach: the four legs, and whether the programme's staff role may be entered.

    `guest` is the fifth, for somebody without an account: what one enquiry asked of them, and nothing else.
    Of the own `states` those are `spoken_for` in which the person writes: a national contact point reads.
    Beside the own `teams` stand their `patrons`, the teams whose constituents they are, and whether they make the
    person one of the `community` of the network (TLP 2.0 speaks of both).
    """

    states: tuple[int, ...] = ()
    teams: tuple[int, ...] = ()
    partners: tuple[int, ...] = ()
    person: int | None = None
    staff: bool = False
    guest: int | None = None
    patrons: tuple[int, ...] = ()
    community: bool = False
    spoken_for: tuple[int, ...] = ()

    @property
    def role(self) -> str:
        return "oas_all" if self.staff else "oas_app"


NOTHING = Reach()
PROGRAMME = Reach(staff=True)  # the programme's own work: reminders, schedules, regional figures, loading data

_current: ContextVar[Reach] = ContextVar("reach", default=NOTHING)
_page: ContextVar[str] = ContextVar("page", default="")


@cache
def _reach_function() -> Callable[[Any], Reach]:
    return import_string(settings.REACH)


def reach_of(user: Any) -> Reach:
    """What `user`, signed in or not, may reach; asked of the function in ``settings.REACH`` once per request."""
    if not hasattr(user, "reach"):
        user.reach = _reach_function()(user)
    return user.reach


@contextmanager
def scope(reach: Reach, *, read_only: bool = False, page: str | None = None) -> Iterator[None]:
    """A transaction in which the database shows and takes only what `reach` allows.

    Scopes nest: leaving the inner one gives the outer its legs back. With `read_only` every write is refused by
    the database. `page` is what the audit trail names as the place a change came from.
    """
    reach_token, page_token = _current.set(reach), _page.set(_page.get() if page is None else page)
    try:
        with transaction.atomic():
            _tell_database(read_only)
            yield
    finally:
        _current.reset(reach_token)
        _page.reset(page_token)
        if connection.in_atomic_block and not connection.needs_rollback:
            _tell_database(read_only=False)


def current_reach() -> Reach:
    return _current.get()


def _tell_database(read_only: bool) -> None:
    """One round trip; the third argument makes each setting die with the transaction."""
    reach = _current.get()
    told = {
        "app.states": ",".join(map(str, reach.states)),
        "app.spoken_for": ",".join(map(str, reach.spoken_for)),
        "app.teams": ",".join(map(str, reach.teams)),
        "app.patrons": ",".join(map(str, reach.patrons)),
        "app.community": "yes" if reach.community else "",
        "app.partners": ",".join(map(str, reach.partners)),
        "app.person": "" if reach.person is None else str(reach.person),
        "app.guest": "" if reach.guest is None else str(reach.guest),
        "app.page": _page.get(),
        "role": reach.role,
    } | ({"transaction_read_only": "on"} if read_only else {})
    calls = ", ".join(["set_config(%s, %s, true)"] * len(told))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {calls}", [part for pair in told.items() for part in pair])
