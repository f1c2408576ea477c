"""The portal as `dev.py up` starts it, but on the test database, with a broker, files and mail of its own."""

import os
import signal
import socket
import time
from collections.abc import Callable
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from celery import Celery
from django.core.management import CommandError, call_command
from django.db import connection

from devtools import processes

OWN_REDIS_DATABASE = 13
PATIENCE = 90


class Portal:
    def __init__(self, folder: Path) -> None:
        self.port = _free_port()
        self.url = f"http://localhost:{self.port}"
        self.mailbox = Mailbox(folder / "mail")
        cache, self.broker = _own_redis(os.environ["REDIS_URL"])
        self.environment = {
            **os.environ,
            "DATABASE_URL": _database(os.environ["DATABASE_URL"]),
            "REDIS_URL": cache,
            "CELERY_BROKER_URL": self.broker,
            "OAS_DEBUG": "1",
            "OAS_TRIAL": "1",
            "OAS_SITE_URL": self.url,
            "OAS_FILES": str(folder / "files"),
            "OAS_MAIL": str(folder / "mail"),
        }
        self.folder = folder
        self.sample: Any = None  # when its tables hold the sample
        self.children, self.workers = (processes.Children(folder / "logs") for _group in range(2))

    def start(self) -> None:
        self.children.start("web", processes.web(self.port, reload=False), self.environment)

    def start_worker(self) -> None:
        self.workers.start("worker", processes.celery(self.folder)["worker"], self.environment)

    def end_worker(self) -> None:
        self.workers.end()

    def kill_worker(self) -> None:
        """kill -9, with all of its children."""
        worker = self.workers.running.pop("worker")
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()

    def wait(self) -> None:
        self.children.wait_for_web(self.port)

    def ring(self, task: str) -> None:
        """What beat does once a minute."""
        with Celery(broker=self.broker, set_as_current=False) as bell:
            bell.send_task(task)

    def stop(self) -> None:
        self.children.end()

    def log(self, name: str) -> str:
        path = self.folder / "logs" / f"{name}.log"
        return path.read_text(errors="replace") if path.exists() else ""


class Mailbox:
    """What was sent: one file each."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def empty(self) -> None:
        for file in self.folder.glob("*.eml"):
            file.unlink()

    def letters(self) -> list[EmailMessage]:
        files = sorted(self.folder.glob("*.eml"), key=lambda file: file.stat().st_mtime)
        return [message_from_bytes(file.read_bytes(), policy=default) for file in files]  # type: ignore[misc]

    def envelopes(self) -> list[tuple[str, str]]:
        """To whom, and what the subject says, in order of the address."""
        return sorted((str(letter["To"]), str(letter["Subject"]).strip()) for letter in self.letters())

    def wait_for(self, count: int) -> list[tuple[str, str]]:
        eventually(lambda: len(self.letters()) >= count, f"{count} mails; there are {self.envelopes()}")
        return self.envelopes()

    def to(self, person: Any) -> EmailMessage:
        """The last one to `person`."""
        return [letter for letter in self.letters() if letter["To"] == person.email][-1]


def eventually(holds: Callable[[], Any], what: str, pause: float = 0.1) -> Any:
    """Waits for another process; says `what` did not come."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if found := holds():
            return found
        time.sleep(pause)
    raise AssertionError(f"Waited {PATIENCE} s in vain for {what}")


def empty_tables() -> None:
    """As a test that commits leaves them. Only the owner may."""
    _test_database()
    for tries_left in reversed(range(10)):
        try:
            call_command("flush", verbosity=0, interactive=False)
            return
        except CommandError:  # a request of a page that was left still reads
            if not tries_left:
                raise
            time.sleep(1)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        return int(probe.getsockname()[1])


def _database(url: str) -> str:
    return urlsplit(url)._replace(path=f"/{_test_database()}").geturl()


def _test_database() -> str:
    """Never the database of whoever runs the tests."""
    name = str(connection.settings_dict["NAME"])
    if not name.startswith("test_"):
        raise RuntimeError(f"{name} is not a test database: nothing is written or emptied there.")
    return name


def _own_redis(url: str) -> tuple[str, str]:
    """Another database of the same server: as the cache names it, and as Celery does."""
    parts = urlsplit(url)
    if parts.scheme == "unix":
        broker = parts._replace(scheme="redis+socket", query=f"virtual_host={OWN_REDIS_DATABASE}")
        return f"unix://{parts.path}?db={OWN_REDIS_DATABASE}", f"redis+socket://{parts.path}?{broker.query}"
    other = parts._replace(path=f"/{OWN_REDIS_DATABASE}").geturl()
    return other, other
