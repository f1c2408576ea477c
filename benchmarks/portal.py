"""A portal of its own to measure: a throw-away database with the sample, and the settings of production.

The settings are read when Django starts, so whatever needs them is imported by name inside `portal`.
"""

import base64
import importlib
import os
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import django
import psycopg2
from psycopg2 import sql

from devtools.environment import Environment, throw_away
from devtools.services import ROOT

PRODUCTION = {
    "OAS_DEBUG": "",
    "OAS_TRIAL": "",
    "OAS_HOSTS": "testserver",
    "OAS_SITE_URL": "https://testserver",
    "OAS_FIELD_KEYS": base64.urlsafe_b64encode(os.urandom(32)).decode(),
    "OAS_MAIL_FROM": "OAS Cyber <no-reply@example.org>",
    "OAS_SECURITY_CONTACT": "mailto:security@example.org",
    "OAS_SECURITY_EXPIRES": "2099-12-31",
    "OAS_SMTP_HOST": "localhost",
}
EMPTY_BY_NATURE = r"The 'tests' package|No directory at"


@contextmanager
def portal() -> Iterator[str]:
    """Django as it runs in production, on a database of its own with the sample in it; gives the database's name."""
    name = f"oas_benchmark_{os.getpid()}"
    with throw_away() as env, tempfile.TemporaryDirectory() as folder:
        owner = env["DATABASE_OWNER_URL"]
        env |= {key: _of(name, env[key]) for key in ("DATABASE_URL", "DATABASE_OWNER_URL")}
        create_database(name, owner)
        try:
            _fill(env)
            _start(env, folder)
            yield name
        finally:
            drop_database(name, owner)


def create_database(name: str, owner: str = "", *, like: str = "template1") -> None:
    _as_owner(
        "CREATE DATABASE {} OWNER oas_owner TEMPLATE {}", name, like, owner=owner or os.environ["DATABASE_OWNER_URL"]
    )


def drop_database(name: str, owner: str = "") -> None:
    """A session that we have closed may take the server a moment longer to end."""
    _close_connections()
    for patience in (0.1, 0.3, 1, 3, 0):
        try:
            return _as_owner("DROP DATABASE IF EXISTS {}", name, owner=owner or os.environ["DATABASE_OWNER_URL"])
        except psycopg2.errors.ObjectInUse as error:
            if not patience:
                print(f"{error}\nThe database {name} was left behind: drop it.", file=sys.stderr)
            time.sleep(patience)


def _as_owner(statement: str, *names: str, owner: str) -> None:
    connection = psycopg2.connect(_of("postgres", owner))
    connection.autocommit = True
    try:
        connection.cursor().execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
    finally:
        connection.close()


def _of(name: str, url: str) -> str:
    """The same server, another database."""
    return urlsplit(url)._replace(path=f"/{name}").geturl()


def _fill(env: Environment) -> None:
    for command, role in (("migrate", "DATABASE_OWNER_URL"), ("prepare", "DATABASE_URL")):
        settings = env | {"DATABASE_URL": env[role]}
        manage = [sys.executable, "manage.py", command]
        subprocess.run(manage, cwd=ROOT, env=settings, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own words


def _start(env: Environment, folder: str) -> None:
    warnings.filterwarnings("ignore", EMPTY_BY_NATURE)
    os.environ.update(env | PRODUCTION | {"DJANGO_SETTINGS_MODULE": "oas_cyber.settings"})
    settings = _settings()
    settings.STATIC_ROOT = folder
    # Addresses with hashes, as in production, without compressing the files for it.
    hashed = {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": hashed}
    django.setup()
    importlib.import_module("django.core.management").call_command("collectstatic", verbosity=0)


def _settings() -> Any:
    return importlib.import_module("django.conf").settings


def _close_connections() -> None:
    if _settings().configured:
        importlib.import_module("django.db").connections.close_all()


def signed_in(email: str, **options: Any) -> Any:
    """A browser of this person of the sample, in English; nobody's when `email` is empty."""
    client = importlib.import_module("django.test").Client(headers={"accept-language": "en"}, **options)
    if email:
        person = importlib.import_module("accounts.models").User.objects.get(email=email)
        person.language = "en"
        person.save()
        importlib.import_module("tests.signing_in").sign_in_from_inside(client, person)
    return client
