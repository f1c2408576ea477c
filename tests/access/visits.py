"""One request by one person, and everything that came of it. Nothing of it stays."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any

from django.db import connection, transaction
from django.urls import reverse

from accounts.models import AuditEntry
from common.scope import PROGRAMME, Reach, scope
from notices.models import Mail
from notices.sending import write
from tests.access.canaries import HEARS, sung, words_of

CODES = {401: "L", 403: "F", 404: "N", 400: "M", 405: "M", 409: "M", 410: "M", 422: "M"}
SESSIONS = {"django_session", "usersessions_usersession"}
COUNTS = {
    "csirt_network_librarydownload",
    "action_plan_materialdownload",
}  # how often something was downloaded; by whom is not kept
TRAIL = {"accounts_auditentry", "audit_fingerprint"}  # the fingerprint alone: of an entry that nobody is shown
RECEIPTS = {"csirt_network_receipt"}  # that a team has opened an alert it was sent
WRITTEN = """
    SELECT relname, pg_stat_get_xact_tuples_inserted(oid), pg_stat_get_xact_tuples_updated(oid),
        pg_stat_get_xact_tuples_deleted(oid)
    FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace
"""  # as the view pg_stat_xact_user_tables has it, which asks for much more
CHECKSUM = "SELECT md5(string_agg(t::text, chr(10) ORDER BY t::text)) FROM {} t"


@dataclass
class Seen:
    """`code` as in the matrix; `leaked` what was heard out of reach; `changed` the tables that differ afterwards."""

    code: str
    status: int = 0
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    cookies: Any = None
    leaked: frozenset[str] = frozenset()
    heard: frozenset[str] = frozenset()
    changed: frozenset[str] = frozenset()
    written: frozenset[str] = frozenset()  # with what is written after reading (common/middleware.py)
    looked: Any = None
    error: str = ""


def visit(
    world: Any,
    role: str,
    method: str,
    url: str,
    data: Any = None,
    look: Callable[[], Any] | None = None,
    compares_what_is_done: bool = True,
    **headers: Any,
) -> Seen:
    """`look` is asked before all is undone again; `data` makes it a POST of a form.

    Where what is served may change what it likes, there is no need to say what: comparing tables takes its time.
    """
    client = world.clients[role]
    client.cookies = SimpleCookie(world.cookies[role])
    with undone():
        before = _written()
        try:
            response = client.generic(method, url, **headers) if data is None else client.post(url, data, **headers)
            if response.headers.get("Location", "").startswith(reverse("admin:login")):
                response = _at_the_door_of_the_administration(world, role, **headers)
            body = b"".join(response.streaming_content) if response.streaming else response.content
        except Exception as error:
            return Seen(code="500", error=f"{type(error).__name__}: {error}")
        heard = sung(words_of(body), *(f"{name}: {value}" for name, value in response.items()))
        touched = frozenset(table for table, count in _written().items() if count != before.get(table))
        code = code_of(response)
        return Seen(
            code=code,
            status=response.status_code,
            body=body,
            headers=dict(response.items()),
            cookies=response.cookies,
            heard=heard,
            leaked=(heard - HEARS[role]) | (_leaked_by_mail(world) if "notices_mail" in touched else frozenset()),
            changed=_changed(world, touched) if code != "." or compares_what_is_done else frozenset(),
            written=touched,
            looked=look() if look else None,
        )


def _at_the_door_of_the_administration(world: Any, role: str, secure: bool = False, **_headers: Any) -> Any:
    """Its way of refusing is to lead here, with the page that was wanted. Who comes again hears the same."""
    if (role, secure) not in world.refused:
        world.refused[role, secure] = world.clients[role].get(reverse("admin:login"), secure=secure)
    return world.refused[role, secure]


@contextmanager
def undone() -> Iterator[None]:
    point = transaction.savepoint()
    try:
        yield
    finally:
        connection.needs_rollback = False
        transaction.savepoint_rollback(point)


def code_of(response: Any) -> str:
    sign_in = reverse("account_login")
    target = response.headers.get("Location", "") or response.headers.get("HX-Redirect", "")
    if target.startswith(sign_in):
        return "L"
    if 200 <= response.status_code < 400:
        return "."
    return CODES.get(response.status_code, str(response.status_code))


# What was written -------------------------------------------------------------------------------------------------


def _written() -> dict[str, tuple[int, ...]]:
    """Rows written in this transaction, table by table, those of undone savepoints too: cheap, so asked each time."""
    with connection.cursor() as cursor:
        cursor.execute(WRITTEN)
        return {name: tuple(counts) for name, *counts in cursor.fetchall()}


def _changed(world: Any, touched: frozenset[str]) -> frozenset[str]:
    """Of the tables that were written to, those that hold something else now; reads that were recorded do not count."""
    if not touched:
        return frozenset()
    if touched <= TRAIL:
        return frozenset() if _only_reads_were_recorded(world) else touched
    now = checksums(world, touched)
    changed = {table for table in touched if now[table] != world.checksums[table]} - SESSIONS - COUNTS - RECEIPTS
    if changed and changed <= TRAIL and _only_reads_were_recorded(world):
        return frozenset()
    return frozenset(changed)


def checksums(world: Any, tables: Any = None) -> dict[str, tuple[str, ...]]:
    """Of all rows of a table, as the programme sees them, each state and each team: together that is every row."""
    asked = connection.introspection.table_names() if tables is None else list(tables)
    sums: dict[str, tuple[str, ...]] = {table: () for table in asked}
    for reach in reaches(world):
        with scope(reach), connection.cursor() as cursor:
            for table in asked:
                cursor.execute(CHECKSUM.format(connection.ops.quote_name(table)))
                sums[table] += (str(cursor.fetchone()[0]),)
    return sums


def reaches(world: Any) -> list[Reach]:
    """Together they see every row; what is under TLP:RED, each person whom it names."""
    states = (Reach(states=(pk,)) for pk in world.state_ids)
    teams = (Reach(teams=(team,), person=person, community=True) for team, person in world.team_people)
    return [PROGRAMME, *states, *teams]


def _only_reads_were_recorded(world: Any) -> bool:
    for reach in reaches(world):
        with scope(reach):
            if AuditEntry.objects.exclude(verb="R").filter(pk__gt=world.last_audit_entry).exists():
                return False
    return True


# Mail -------------------------------------------------------------------------------------------------------------


def _leaked_by_mail(world: Any) -> frozenset[str]:
    """Every mail in the outbox as its recipient would get it: subject, body, headers."""
    with scope(PROGRAMME):
        mails = list(Mail.objects.filter(pk__gt=world.last_mail).select_related("person"))
    return frozenset(found for mail in mails for found in leaks_of(world, mail))


def leaks_of(world: Any, mail: Mail) -> frozenset[str]:
    message = write(mail)
    if message is None:
        return frozenset()
    role = world.roles.get(mail.person_id)
    heard = sung(message.message().as_string(), message.subject, message.body, *(str(a) for a in message.alternatives))
    own = sung(mail.person.name)  # a mail greets whom it is for
    return frozenset(f"{found} by mail to {mail.person}" for found in heard - own - HEARS[role or "anon"])
