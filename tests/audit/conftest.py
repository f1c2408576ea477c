"""A trail as its owner finds it: somebody with all rights over the database."""

import pytest
from django.db import connection

from audit.sealing import seal
from capability.models import Update
from common.scope import PROGRAMME, scope
from tests.conftest import as_owner


def change(update, answered):
    with scope(PROGRAMME):
        Update.objects.filter(pk=update.pk).update(answered=answered)


@pytest.fixture
def trail(transactional_db, open_round, update_chl):
    """Ten seals of a few entries each, and the database as its owner finds it."""
    for number in range(1, 11):
        change(update_chl, number)
        change(update_chl, number + 20)
        seal()
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE accounts_auditentry DISABLE TRIGGER audit_locked")
        cursor.execute("ALTER TABLE audit_fingerprint DISABLE TRIGGER fingerprint_locked")
        cursor.execute("ALTER TABLE audit_seal DISABLE TRIGGER seal_locked")
        yield cursor
        cursor.execute("ALTER TABLE accounts_auditentry ENABLE TRIGGER audit_locked")
        cursor.execute("ALTER TABLE audit_fingerprint ENABLE TRIGGER fingerprint_locked")
        cursor.execute("ALTER TABLE audit_seal ENABLE TRIGGER seal_locked")
