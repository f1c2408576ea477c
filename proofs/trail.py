"""Somebody with all rights over the database touches the sealed trail, again and again: each time it is found."""

import random
from collections import Counter
from collections.abc import Iterator

from proofs.house import House
from proofs.record import Finding

LOCKS = {
    "accounts_auditentry": "audit_locked",
    "audit_fingerprint": "fingerprint_locked",
    "audit_seal": "seal_locked",
}


def prove(house: House, *, quick: bool) -> Iterator[Finding]:
    times = 24 if quick else 200
    house.open()
    from audit.verifying import findings
    from proofs.world import World
    from tests.audit.test_seals import ATTACKS
    from tests.conftest import as_owner

    _leave_a_trail(World())
    with as_owner():
        from django.db import connection

        with connection.cursor() as trail:
            for table, lock in LOCKS.items():
                trail.execute(f"ALTER TABLE {table} DISABLE TRIGGER {lock}")
            trail.execute("SELECT id FROM accounts_auditentry ORDER BY id")
            entries = [row[0] for row in trail.fetchall()]
            yield Finding(f"a trail of {len(entries)} entries, untouched: no finding", not list(findings()))
            found: Counter[str] = Counter()
            dated = 0
            for number in range(times):
                attack = [*ATTACKS][number % len(ATTACKS)]
                one, two = random.sample(entries[2:], 2)
                trail.execute("BEGIN")
                trail.execute(ATTACKS[attack], {"one": one, "two": two})
                told = list(findings())
                trail.execute("ROLLBACK")
                found[attack] += bool(told)
                dated += any(finding.after or finding.before for finding in told)
            words = f"{times} tamperings of {len(ATTACKS)} kinds: {found.total()} found, {dated} dated"
            yield Finding(words, found.total() == dated == times)


def _leave_a_trail(world: object) -> None:
    """What the making of the portal left, under one seal, and ten more."""
    from audit.sealing import seal
    from capability.models import Update
    from common.scope import PROGRAMME, scope

    updates = world.updates(10)  # type: ignore[attr-defined]
    seal()
    for update in updates:
        with scope(PROGRAMME):
            for answered in (1, 2, 3):
                Update.objects.filter(pk=update.pk).update(answered=answered)
        seal()
