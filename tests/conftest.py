"""The named cast, and a database that is met as production meets it: as the role that owns nothing."""

import gc
import os
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import dj_database_url
import pytest
import time_machine
from django.core.cache import caches
from django.db import connection
from django.test import Client, TransactionTestCase
from hypothesis import HealthCheck, settings

from common.compiled import compile_catalogues
from common.scope import PROGRAMME, scope
from tests.factories.accounts import make_person, make_staff
from tests.factories.capability import make_edition, make_round, make_update
from tests.factories.csirt_network import make_member, make_team
from tests.factories.member_states import make_liaison, make_state
from tests.signing_in import sign_in_from_inside
from tests.template import template_database

OWNER = dj_database_url.parse(os.environ["DATABASE_OWNER_URL"])
APP = dj_database_url.parse(os.environ["DATABASE_URL"])

# A busy machine is no fault.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright's own loop runs beside the tests


def pytest_collection_finish() -> None:
    """The tests themselves stay to the end, so they need not be looked through for what may go."""
    gc.freeze()


def sign_in_to_database_as(role: dict[str, Any]) -> None:
    connection.close()
    connection.settings_dict.update({key: role[key] for key in ("USER", "PASSWORD", "HOST", "PORT")})


def take_statistics() -> None:
    """Rows that are never committed leave none: without them a plan may walk whole tables in circles for minutes."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


@contextmanager
def as_owner() -> Iterator[None]:
    """For what only the owner may do: making the test database and emptying it."""
    sign_in_to_database_as(OWNER)
    try:
        yield
    finally:
        sign_in_to_database_as(APP)


@pytest.fixture(scope="session", autouse=True)
def _catalogues() -> None:
    compile_catalogues()


@pytest.fixture(scope="session", autouse=True)
def _namespace() -> Iterator[None]:
    """Ids of STIX are the same in each run, and the first to ask for one asks no more than the next."""
    with patch("exchange.stix.ids.namespace", return_value=uuid.UUID("3b0b9a4e-6d0b-4c5e-9a39-3f5f6a1f2b77")):
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> None:
    sign_in_to_database_as(OWNER)
    connection.settings_dict["TEST"]["TEMPLATE"] = template_database(OWNER)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        if connection.pg_version >= 170000:  # type: ignore[attr-defined]
            cursor.execute(f'GRANT MAINTAIN ON ALL TABLES IN SCHEMA public TO "{APP["USER"]}"')
    sign_in_to_database_as(APP)
    yield
    sign_in_to_database_as(OWNER)


_empty_tables = TransactionTestCase._fixture_teardown


def _empty_tables_as_owner(case: TransactionTestCase) -> None:
    with as_owner():
        _empty_tables(case)


TransactionTestCase._fixture_teardown = _empty_tables_as_owner  # type: ignore[method-assign]


@pytest.fixture(autouse=True)
def _own_folders(request: Any, settings: Any, tmp_path: Any) -> None:
    """Files and mail of one test are nobody else's; the world of the access tests has folders of its own."""
    if "world" in request.fixturenames:
        return
    settings.STORAGES = settings.STORAGES | {
        "default": settings.STORAGES["default"] | {"OPTIONS": {"location": str(tmp_path / "files"), "base_url": None}}
    }
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")


@pytest.fixture(autouse=True)
def _own_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """What one test counts, such as attempts to sign in, counts for no other, nor for a neighbour's run; and no stretch
    of time ends in the middle of it, but where it travels.
    """
    caches["default"].key_prefix = uuid.uuid4().hex
    began = time.time()

    def clock() -> float:
        return time.time() if time_machine.escape_hatch.is_travelling() else began

    monkeypatch.setattr("common.limits.time", SimpleNamespace(time=clock))


@pytest.fixture
def speaks() -> Callable[[Any, str], None]:
    """The cast speaks English; a test about languages says who does not."""

    def _speaks(person: Any, language: str) -> None:
        person.language = language
        person.save(update_fields=["language"])

    return _speaks


@pytest.fixture
def sign_in(client: Client) -> Callable[[Any], Client]:
    def _sign_in(person: Any) -> Client:
        return sign_in_from_inside(client, person)

    return _sign_in


# The cast: staff


@pytest.fixture
def manager(db: None) -> Any:
    return make_staff("Marta Gestora", "manager")


@pytest.fixture
def officer(db: None) -> Any:
    return make_staff("Ana Ejemplo", "officer")


@pytest.fixture
def second_officer(db: None) -> Any:
    return make_staff("Oscar Segundo", "officer")


@pytest.fixture
def observer(db: None) -> Any:
    return make_staff("Olive Watcher", "observer")


@pytest.fixture
def admin(db: None) -> Any:
    return make_staff("Ada Keeper", "administrator")


# The cast: states and their liaisons


@pytest.fixture
def chile(db: None) -> Any:
    return make_state("chile")


@pytest.fixture
def jamaica(db: None) -> Any:
    return make_state("jamaica")


@pytest.fixture
def brazil(db: None) -> Any:
    return make_state("brazil")


@pytest.fixture
def lead_chl(chile: Any) -> Any:
    return make_liaison("Camila Muestra", chile, "lead")


@pytest.fixture
def deputy_chl(chile: Any) -> Any:
    return make_liaison("Diego Muestra", chile, "deputy")


@pytest.fixture
def lead_jam(jamaica: Any) -> Any:
    return make_liaison("Marcus Sample", jamaica, "lead")


@pytest.fixture
def lead_bra(brazil: Any) -> Any:
    return make_liaison("Beatriz Amostra", brazil, "lead")


@pytest.fixture
def outsider(db: None) -> Any:
    """Somebody whose membership has ended: signed in, and nothing more."""
    return make_person("Otto Outside")


# The cast: teams of the network and their people


@pytest.fixture
def csirt_chl(chile: Any) -> Any:
    """The national team of Chile, a member of the network."""
    with scope(PROGRAMME):
        return make_team("CSIRT of Chile", chile)


@pytest.fixture
def csirt_banks(chile: Any, csirt_chl: Any) -> Any:
    """The team of Chile's banks: a constituent of the national one."""
    with scope(PROGRAMME):
        return make_team("CSIRT of the banks", chile, kind="sector", constituent_of=csirt_chl)


@pytest.fixture
def csirt_jam(jamaica: Any) -> Any:
    with scope(PROGRAMME):
        return make_team("CIRT of Jamaica", jamaica)


@pytest.fixture
def rep_chl(csirt_chl: Any) -> Any:
    return make_member("Tomas Turno", csirt_chl, "representative")


@pytest.fixture
def analyst_chl(csirt_chl: Any) -> Any:
    return make_member("Ana Lista", csirt_chl, "analyst")


@pytest.fixture
def rep_banks(csirt_banks: Any) -> Any:
    return make_member("Sonia Sector", csirt_banks, "representative")


@pytest.fixture
def rep_jam(csirt_jam: Any) -> Any:
    return make_member("Fay Foreign", csirt_jam, "representative")


# The world


@pytest.fixture
def edition(db: None) -> Any:
    """The 2021 edition: five dimensions, 23 factors with one indicator and five sentences each."""
    return make_edition()


@pytest.fixture
def open_round(edition: Any, manager: Any) -> Any:
    """The round 2026-2, open, due in nine days; nobody is invited yet."""
    return make_round(edition, by=manager)


@pytest.fixture
def update_chl(open_round: Any, chile: Any) -> Any:
    return make_update(open_round, chile)


@pytest.fixture
def update_jam(open_round: Any, jamaica: Any) -> Any:
    return make_update(open_round, jamaica)
