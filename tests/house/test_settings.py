"""The portal of real people: what it refuses to start with, and how it is closed when it starts."""

import json
import os
import subprocess
import sys
from datetime import date, timedelta

import pytest

from tests.house.sources import ROOT

SECRET = "n" + "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
REAL = {
    "SECRET_KEY": SECRET,
    "OAS_FIELD_KEYS": "A" * 43,
    "DATABASE_URL": "postgres://oas_app@localhost/oas",
    "REDIS_URL": "redis://localhost:6379/0",
    "OAS_HOSTS": "cyber.example.org",
    "OAS_SITE_URL": "https://cyber.example.org",
    "OAS_MAIL_FROM": "OAS Cyber <no-reply@example.org>",
    "OAS_SMTP_HOST": "mail.example.org",
    "OAS_SECURITY_CONTACT": "mailto:security@example.org",
    "OAS_SECURITY_EXPIRES": "2027-06-30",
}
ASKED = (
    "DEBUG", "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE",
    "SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "SESSION_COOKIE_HTTPONLY", "CSRF_COOKIE_HTTPONLY", "EMAIL_USE_TLS",
    "TRIAL", "CELERY_ACCEPT_CONTENT", "ACCOUNT_ADAPTER",
)  # fmt: skip
READ = f"""
import json
from django.conf import settings
print(json.dumps({{name: getattr(settings, name) for name in {ASKED!r}}}))
"""


def started(script=READ, **environment):
    """A process of its own, with nothing of this one's settings."""
    bare = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(  # noqa: S603
        [sys.executable, "-c", script],
        cwd=ROOT,
        env=bare | {"DJANGO_SETTINGS_MODULE": "oas_cyber.settings", "PYTHONPATH": str(ROOT)} | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize("name", REAL)
def test_a_missing_variable_is_named(name):
    refused = started(**{key: value for key, value in REAL.items() if key != name})

    assert refused.returncode
    assert f"Set {name} " in refused.stderr


@pytest.mark.parametrize("secret", ["short", "insecure" + SECRET, "change" + SECRET, ""])
def test_a_weak_secret_is_refused_by_name(secret):
    refused = started(**REAL | {"SECRET_KEY": secret})

    assert refused.returncode
    assert "SECRET_KEY" in refused.stderr
    assert len(secret) < 20 or secret not in refused.stderr


@pytest.mark.parametrize("contact", ["help", "mailto:help@example.org", "Help <help@example.org>", "a@b.org, c@d.org"])
def test_a_contact_that_is_no_address_is_refused_by_name(contact):
    refused = started(**REAL | {"OAS_CONTACT": contact})

    assert refused.returncode
    assert "OAS_CONTACT is no mail address" in refused.stderr


def test_a_contact_is_taken_and_may_be_left_out():
    read = "from django.conf import settings; print(settings.CONTACT)"

    assert started(read, **REAL | {"OAS_CONTACT": "help@example.org"}).stdout.strip() == "help@example.org"
    assert started(read, **REAL | {"OAS_CONTACT": ""}).stdout.strip() == ""


def test_a_trial_never_serves_real_people():
    refused = started(**REAL | {"OAS_TRIAL": "1"})

    assert "OAS_TRIAL" in refused.stderr


def test_how_it_is_closed_when_it_starts():
    answer = started(**REAL)

    assert answer.returncode == 0, answer.stderr
    found = json.loads(answer.stdout)
    assert found == {
        "DEBUG": False,
        "SECURE_SSL_REDIRECT": True,
        "SECURE_HSTS_SECONDS": 365 * 24 * 3600,
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SESSION_COOKIE_NAME": "__Host-session",
        "CSRF_COOKIE_NAME": "__Host-csrf",
        "SESSION_COOKIE_HTTPONLY": True,
        "CSRF_COOKIE_HTTPONLY": True,
        "EMAIL_USE_TLS": True,
        "TRIAL": False,
        "CELERY_ACCEPT_CONTENT": ["json"],
        "ACCOUNT_ADAPTER": "accounts.adapter.InvitationOnlyAdapter",
    }


def test_inside_connections_can_be_encrypted_and_checked():
    """By the addresses alone: a certificate that is not of the server's name is refused."""
    read = """
import json
from django.conf import settings
print(json.dumps([settings.DATABASES["default"]["OPTIONS"], settings.CELERY_BROKER_URL, settings.CACHES["default"]]))
"""
    environment = REAL | {
        "DATABASE_URL": "postgres://oas_app@db.example.org/oas?sslmode=verify-full&sslrootcert=/run/ca.pem",
        "REDIS_URL": "rediss://broker.example.org:6379/0?ssl_cert_reqs=required",
    }
    answer = started(script=read, **environment)
    assert answer.returncode == 0, answer.stderr
    options, broker, cache = json.loads(answer.stdout)

    assert options == {"sslmode": "verify-full", "sslrootcert": "/run/ca.pem"}
    assert broker == cache["LOCATION"] == environment["REDIS_URL"]


def test_the_check_before_a_release_finds_nothing():
    """manage.py check --deploy, as the people who set the portal up would run it."""
    bare = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    checked = subprocess.run(
        [sys.executable, "-W", "ignore", "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env=bare | REAL | {"OAS_SECURITY_EXPIRES": str(date.today() + timedelta(days=90))},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )

    assert checked.returncode == 0, checked.stderr
    assert "no issues" in checked.stdout


def test_the_example_names_every_variable():
    example = (ROOT / ".env.example").read_text()
    asked = set()
    for line in (ROOT / "oas_cyber/settings.py").read_text().split('env("')[1:]:
        asked.add(line.split('"')[0])

    assert sorted(name for name in asked if name not in example and name != "OAS_TEST_DB") == []
