"""What the portal runs in: settings for this machine, and servers of its own unless others are named."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from devtools.install import VENV, timed
from devtools.processes import end_groups, free_port, is_alive
from devtools.services import ROOT, Services, Trouble, state_folder

LOCAL = ROOT / ".local"
LAST_UP = LOCAL / "up.json"  # of the last `up`: its port, whether with the sample, its processes

Environment = dict[str, str]


def last_up() -> dict[str, Any]:
    with suppress(OSError, ValueError):
        return dict(json.loads(LAST_UP.read_text()))
    return {}


def secret_key() -> str:
    path = LOCAL / "secret-key"
    if not path.exists():
        LOCAL.mkdir(mode=0o700, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text()


def settings(folder: Path, *, sample: bool, port: int) -> Environment:
    return {
        "SECRET_KEY": secret_key(),
        "OAS_DEBUG": "1",
        "OAS_TRIAL": "1" if sample else "0",
        "OAS_SITE_URL": f"http://localhost:{port}",
        "OAS_FILES": str(folder / "files"),
        "OAS_MAIL": str(folder / "mail"),
    }


def servers_are_named() -> bool:
    named = [name for name in ("DATABASE_URL", "REDIS_URL") if os.environ.get(name)]
    if len(named) == 1:
        raise Trouble(f"Only {named[0]} is set. Set both DATABASE_URL and REDIS_URL, or neither.")
    return bool(named)


def environment(ours: Environment) -> Environment:
    """What the person has set comes first; the programs of the virtual environment are found first."""
    path = f"{VENV / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"
    env = ours | os.environ | {"PATH": path}
    return {"DATABASE_OWNER_URL": env.get("DATABASE_URL", "")} | env


@contextmanager
def main(*, sample: bool, port: int, leave_running: bool) -> Iterator[Environment]:
    """With the services of `up`. They stop at the end; those that ran before stay when told to leave them."""
    ours = settings(LOCAL, sample=sample, port=port)
    if servers_are_named():
        yield environment(ours)
        return
    services = Services("main")
    leave_running = leave_running and services.are_running()
    try:
        if not services.are_running():
            with timed("PostgreSQL and Valkey"):
                services.start()
        yield environment(ours | services.environment())
    finally:
        if not leave_running:
            services.stop()


@contextmanager
def throw_away() -> Iterator[Environment]:
    """With services of this run alone, gone at its end."""
    if servers_are_named():
        yield environment(settings(LOCAL, sample=True, port=8000))
        return
    throw_away_what_was_left()
    services = Services(f"test-{os.getpid()}", durable=False)
    try:
        with timed("PostgreSQL and Valkey"):
            services.start()
        yield environment(settings(services.folder, sample=True, port=8000) | services.environment())
    finally:
        services.throw_away()


@contextmanager
def proving() -> Iterator[Environment]:
    """With durable services of this proof alone, whatever servers are named: they will be killed."""
    throw_away_what_was_left()
    services = Services(f"proof-{os.getpid()}")
    port = free_port()
    try:
        services.start()
        told = {"OAS_PROOF": services.folder.name, "OAS_PROOF_PORT": str(port), "OAS_LEASE_SECONDS": "20"}
        ours = settings(services.folder, sample=False, port=port) | services.environment() | told
        yield environment({}) | ours
    finally:
        end_groups(services.folder / "groups")
        services.throw_away()


def throw_away_what_was_left() -> None:
    """The services of tests and proofs that were killed before they could."""
    for folder in (*state_folder().glob("test-*"), *state_folder().glob("proof-*")):
        if not is_alive(int(folder.name.split("-")[1])):
            end_groups(folder / "groups")
            Services(folder.name, durable=False).throw_away()
