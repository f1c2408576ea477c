"""The sealer: whatever the trail holds and no seal covers goes under a new seal, chained to the one before.

Not in the transaction of the change itself: there a chain would make every writer wait for every other. An entry that
commits late is found by the next seal, because what counts is that no seal covers it, not its number.
"""

import logging

from django.db import connection

from audit.models import Fingerprint, Seal
from common.scope import PROGRAMME, scope

logger = logging.getLogger(__name__)

ONE_AT_A_TIME = 7_305_119  # any number; the lock goes with the transaction
NEXT = "SELECT nextval(pg_get_serial_sequence('audit_seal', 'id'))"
DIGEST = """
SELECT encode(sha256(convert_to(
    %s || coalesce(string_agg(entry_id || ':' || digest, ',' ORDER BY entry_id), ''), 'UTF8')), 'hex')
  FROM audit_fingerprint WHERE seal_id = %s
"""


def seal() -> Seal | None:
    """The new head, or None when there was nothing to seal or somebody else is sealing."""
    with scope(PROGRAMME, page="worker"), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
        if cursor.fetchone() != (True,) or not Fingerprint.objects.unsealed().exists():
            return None
        last = Seal.objects.order_by("-pk").values_list("digest", flat=True).first() or ""
        cursor.execute(NEXT)
        (pk,) = cursor.fetchone()
        entries = Fingerprint.objects.unsealed().update(seal_id=pk)
        cursor.execute(DIGEST, [last, pk])
        (digest,) = cursor.fetchone()
        new = Seal.objects.create(pk=pk, entries=entries, previous=last, digest=digest)
    logger.info("The head of the audit trail is %s, %s entries", new.head, entries)
    return new
