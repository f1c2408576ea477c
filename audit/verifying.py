"""Does the trail still say what it said? Every edit, deletion, addition and cut is found, and dated by its seal.

To be asked as the owner of the database, from whom no entry is hidden.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from audit.models import Seal, Tally
from audit.sealing import DIGEST_AT_FIRST, digest_of


@dataclass(frozen=True)
class Finding:
    """`after` and `before`: the seals between which the entry was written; None where there is none."""

    what: str
    after: datetime | None = None
    before: datetime | None = None

    def __str__(self) -> str:
        since = f" after {self.after:%Y-%m-%d %H:%M} UTC" if self.after else ""
        until = f" until {self.before:%Y-%m-%d %H:%M} UTC" if self.before else ""
        return f"{self.what}{', written' if since or until else ''}{since}{until}"


EDITED = """
SELECT 'The entry ' || e.id || ' was edited',
       (SELECT max(s.made_at) FROM audit_seal s WHERE s.id < f.seal_id),
       (SELECT s.made_at FROM audit_seal s WHERE s.id = f.seal_id)
  FROM accounts_auditentry e JOIN audit_fingerprint f ON f.entry_id = e.id
 WHERE f.digest <> fingerprint_of(e) ORDER BY e.id
"""
DELETED = """
SELECT 'The entry ' || f.entry_id || ' was deleted',
       (SELECT max(s.made_at) FROM audit_seal s WHERE s.id < f.seal_id),
       (SELECT s.made_at FROM audit_seal s WHERE s.id = f.seal_id)
  FROM audit_fingerprint f WHERE NOT EXISTS (SELECT 1 FROM accounts_auditentry e WHERE e.id = f.entry_id)
 ORDER BY f.entry_id
"""
ADDED = """
SELECT 'The entry ' || e.id || ' has no fingerprint: it was added around the trigger, or its fingerprint was removed',
       e.at, NULL::timestamptz
  FROM accounts_auditentry e WHERE NOT EXISTS (SELECT 1 FROM audit_fingerprint f WHERE f.entry_id = e.id)
 ORDER BY e.id
"""
UNSEALED = """
SELECT count(*) || ' entries have waited for a seal since '
       || to_char(min(e.at) AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI') || ' UTC: the sealer does not run',
       NULL::timestamptz, NULL::timestamptz
  FROM audit_fingerprint f JOIN accounts_auditentry e ON e.id = f.entry_id
 WHERE f.seal_id IS NULL AND e.at < now() - interval '5 minutes' HAVING count(*) > 0
"""
MAILED = """
SELECT 'The seal ' || m.object_id || ', whose head was mailed, is gone',
       (SELECT max(s.made_at) FROM audit_seal s WHERE s.id < m.object_id), min(m.queued_at)
  FROM notices_mail m
 WHERE m.kind = 'audit head' AND NOT EXISTS (SELECT 1 FROM audit_seal s WHERE s.id = m.object_id)
 GROUP BY m.object_id ORDER BY m.object_id
"""


def findings(heads: Iterable[str] = ()) -> Iterator[Finding]:
    """`heads` were logged or mailed (``Seal.head``): with them a chain that was made anew is found too."""
    for question in (EDITED, DELETED, ADDED, UNSEALED, MAILED):
        with connection.cursor() as cursor:
            cursor.execute(question)
            yield from (Finding(*row) for row in cursor.fetchall())
    yield from _cut_chain()
    yield from _broken_chain()
    yield from _missing_heads(heads)


def _cut_chain() -> Iterator[Finding]:
    made = Tally.objects.values_list("seals", flat=True).first() or 0
    times = dict(Seal.objects.order_by("pk").values_list("pk", "made_at"))
    if made != len(times):
        # Some numbers were never used: the earliest gap is where the cut may be, not where it must be.
        until = next((at for pk, at in times.items() if pk + 1 not in times), None)
        yield Finding(
            f"{made} seals were made and {len(times)} are here: the chain was cut, or its count altered", until
        )


def _broken_chain() -> Iterator[Finding]:
    before, at, is_new = "", None, False
    for seal in Seal.objects.order_by("pk").iterator():
        if seal.previous != before:
            yield Finding(f"The seal {seal.pk} does not follow the one before it: a seal was removed", at, seal.made_at)
        if seal.digest == digest_of(seal):
            is_new = True  # and none after it is of the first form
        elif is_new or seal.digest != digest_of(seal, DIGEST_AT_FIRST):
            what = "its fingerprints, its count or its time changed"
            yield Finding(f"The seal {seal.pk} does not hold what it held: {what}", at, seal.made_at)
        before, at = seal.digest, seal.made_at


def _missing_heads(heads: Iterable[str]) -> Iterator[Finding]:
    known = {seal.head: seal for seal in Seal.objects.all()}
    times = {seal.pk: seal.made_at for seal in known.values()}
    for head in heads:
        if head not in known:
            number = int(head.partition(":")[0])
            earlier = max((at for pk, at in times.items() if pk < number), default=None)
            yield Finding(f"The head {head} is not in the chain: it was cut or made anew", earlier, times.get(number))
