"""The world, built once for all tests of a module, and for all of this folder; every visit to it is undone."""

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import override_settings

from tests.access.world import World
from tests.conftest import take_statistics


def build(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("world")
    files = settings.STORAGES["default"] | {"OPTIONS": {"location": str(folder / "files"), "base_url": None}}
    as_in_a_trial = override_settings(
        TRIAL=True,
        STORAGES=settings.STORAGES | {"default": files},
        EMAIL_FILE_PATH=str(folder / "mail"),
        ACCOUNT_RATE_LIMITS=False,
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    )
    assert connection.settings_dict["NAME"].startswith("test_"), "mark the module with pytest.mark.django_db"
    with django_db_blocker.unblock(), as_in_a_trial, transaction.atomic():
        logging.disable(logging.CRITICAL)  # every refusal would be a line with its traceback
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")  # while the world is made, there are no statistics yet
        made = World()
        connection.check_constraints()  # once: what is left for the end of the transaction, each test would ask again
        take_statistics()
        yield made
        logging.disable(logging.NOTSET)
        transaction.set_rollback(True)


world = pytest.fixture(build, scope="module", name="world")
world_of_the_folder = pytest.fixture(build, scope="package", name="world")
