"""A portal of its own to break: PostgreSQL and broker as `dev.py up` has them, web, workers and beats as wanted."""

import os
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from email import message_from_bytes
from pathlib import Path
from typing import Any

import django
import redis

from devtools import processes
from devtools.install import PYTHON
from devtools.services import Services, run

PATIENCE = 300
TRIAL = {"OAS_DEBUG": "1", "OAS_TRIAL": "1"}


class House:
    def __init__(self) -> None:
        self.services = Services(os.environ["OAS_PROOF"])
        self.folder = self.services.folder
        self.port = int(os.environ["OAS_PROOF_PORT"])
        self.mailbox = Path(os.environ["OAS_MAIL"])
        self.children = processes.Children(self.folder / "logs")
        self.is_ready = False

    def open(self, *, sample: bool = False) -> None:
        """Migrations and published data, and the sample if wanted; then this process too is part of the portal."""
        if self.is_ready:
            return
        self._manage("migrate", "--skip-checks", "--verbosity", "0", DATABASE_URL=os.environ["DATABASE_OWNER_URL"])
        if sample:
            os.environ.update(TRIAL)
        self._manage("prepare", *([] if sample else ["--empty"]))
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oas_cyber.settings")
        django.setup()
        self.is_ready = True

    def _manage(self, *words: str, **env: str) -> None:
        quiet = subprocess.DEVNULL
        subprocess.run([PYTHON, "manage.py", *words], env=os.environ | env, check=True, stdout=quiet)

    # Processes -------------------------------------------------------------------------------------------------------

    def web(self, *, limit: list[str] | None = None, **env: str) -> None:
        self._start("web", [*(limit or []), *processes.web(self.port, reload=False)], env)
        self.children.wait_for_web(self.port)

    def worker(self, name: str = "worker", **env: str) -> None:
        self._start(name, [*processes.celery(self.folder)["worker"], "--hostname", f"{name}@proof"], env)

    def beat(self, name: str = "beat") -> None:
        command = processes.celery(self.folder)["beat"]
        self._start(name, [str(self.folder / name) if "beat" in word and "/" in word else word for word in command], {})

    def _start(self, name: str, command: list[str], env: dict[str, str]) -> None:
        self.children.start(name, command, os.environ | env)
        with (self.folder / "groups").open("a") as groups:  # `dev.py` ends them should this process not
            groups.write(f"{self.children.running[name].pid}\n")

    def kill(self, name: str) -> None:
        """kill -9, with all of its children."""
        child = self.children.running.pop(name)
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()

    def end(self) -> None:
        self.children.end()

    # What is broken --------------------------------------------------------------------------------------------------

    def broker(self) -> Any:
        return redis.Redis(unix_socket_path=str(self.services.valkey_socket))

    def kill_broker(self) -> None:
        number = int(self.broker().info("server")["process_id"])
        os.kill(number, signal.SIGKILL)
        wait_until(lambda: not self.services.valkey_runs(), "the broker to die")

    def start_broker(self) -> None:
        """Empty: it keeps nothing."""
        self.services.start_valkey()

    def restart_database(self) -> None:
        """As after a crash: every session is cut, and what was committed is read back from the log."""
        command = [self.services.programs / "pg_ctl", "-D", self.services.data, "-m", "immediate", "-w"]
        run(*command, "-l", self.services.folder / "postgresql.log", "restart")

    # What was done ---------------------------------------------------------------------------------------------------

    def ring(self, task: str, *words: Any) -> None:
        """What beat does once a minute."""
        from notices import bell

        bell.send(task, *words)

    def sweep(self) -> None:
        """As beat does, but only when nothing is rung any more: rings without end would only keep the workers busy."""
        if not self.broker().llen("celery"):
            self.ring("notices.tasks.sweep")

    def mails(self) -> Counter[str]:
        """How often each Message-ID went out."""
        files = (message_from_bytes(file.read_bytes()) for file in self.mailbox.glob("*.eml"))
        return Counter(str(mail["Message-ID"]) for mail in files)


def wait_until(holds: Callable[[], Any], what: str, *, seconds: float = PATIENCE, pause: float = 0.05) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            raise SystemExit(f"Waited {seconds:.0f} s in vain for {what}.")
        time.sleep(pause)


def say(words: str) -> None:
    print(f"           {words}", flush=True)
