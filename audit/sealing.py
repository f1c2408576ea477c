"""The sealer: whatever the trail holds and no seal covers goes under a new seal, chained to the one before.

Not in the transaction of the change itself: there a chain would make every writer wait for every other. An entry that
commits late is found by the next seal, because what counts is that no seal covers it, not its number.
"""

import logging
from typing import Any

from django.db import connection

from audit.models import Fingerprint, Seal
from common.scope import PROGRAMME, scope

logger = logging.getLogger(__name__)

ONE_AT_A_TIME = 7_305_119  # any number; the lock goes with the transaction
NEXT = "SELECT nextval(pg_get_serial_sequence('audit_seal', 'id')), statement_timestamp()"
COUNTED = """
INSERT INTO audit_tally (id, seals) VALUES (1, 1) ON CONFLICT (id) DO UPDATE SET seals = audit_tally.seals + 1
"""
ITS_ENTRIES = """
(SELECT coalesce(string_agg(entry_id || ':' || digest, ',' ORDER BY entry_id), '')
   FROM audit_fingerprint WHERE seal_id = %(id)s)
"""
DIGEST = f"""
SELECT encode(sha256(convert_to(concat_ws('|', %(previous)s, %(id)s::bigint, %(entries)s::bigint,
    extract(epoch FROM %(made_at)s::timestamptz), {ITS_ENTRIES}), 'UTF8')), 'hex')
"""  # noqa: S608 (our own words)
# Of the seals made before the digest took in their number, count and time.
DIGEST_AT_FIRST = f"SELECT encode(sha256(convert_to(%(previous)s || {ITS_ENTRIES}, 'UTF8')), 'hex')"


def seal() -> Seal | None:
    """The new head, or None when there was nothing to seal or somebody else is sealing."""
    with scope(PROGRAMME, page="worker"), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
        if cursor.fetchone() != (True,) or not Fingerprint.objects.unsealed().exists():
            return None
        last = Seal.objects.order_by("-pk").values_list("digest", flat=True).first() or ""
        cursor.execute(NEXT)
        pk, made_at = cursor.fetchone()
        entries = Fingerprint.objects.unsealed().update(seal_id=pk)
        new = Seal(pk=pk, made_at=made_at, entries=entries, previous=last)
        new.digest = digest_of(new)
        new.save(force_insert=True)
        cursor.execute(COUNTED)
    logger.info("The head of the audit trail is %s, %s entries", new.head, entries)
    return new


def digest_of(seal: Seal, form: str = DIGEST) -> str:
    told: dict[str, Any] = {"previous": seal.previous, "id": seal.pk, "entries": seal.entries, "made_at": seal.made_at}
    with connection.cursor() as cursor:
        cursor.execute(form, told)
        return str(cursor.fetchone()[0])
