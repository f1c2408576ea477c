"""Web, worker and beat as children of `up`: started together, watched, and ended together."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import time
from contextlib import suppress
from pathlib import Path

from devtools.services import ROOT, Trouble

SECONDS_TO_START = 60
SECONDS_TO_END = 15


def web(port: int, *, reload: bool) -> list[str]:
    command = f"gunicorn oas_cyber.wsgi --bind localhost:{port} --workers 2 --worker-class gthread --threads 4"
    return [*command.split(), "--graceful-timeout", "5", "--reload" if reload else "--preload"]


def celery(folder: Path) -> dict[str, list[str]]:
    command = ["celery", "--app", "oas_cyber", "--quiet"]
    return {
        "worker": [*command, "worker", "--concurrency", "2", "--loglevel", "INFO"],
        "beat": [*command, "beat", "--schedule", str(folder / "beat"), "--loglevel", "INFO"],
    }


def refuse_busy_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("localhost", port))
        except OSError as error:
            raise Trouble(
                f"Port {port} is taken. If it is this portal: python3 dev.py down. "
                f"If it is something else: PORT={port + 1} python3 dev.py up."
            ) from error


class Children:
    """Their output goes to one log each. They live in sessions of their own: Ctrl-C reaches only the parent,
    which then ends them in order."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def start(self, name: str, command: list[str], env: dict[str, str]) -> None:
        with (self.folder / f"{name}.log").open("wb") as log:
            self.running[name] = subprocess.Popen(
                command,
                cwd=ROOT,
                env=env,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def wait_for_web(self, port: int) -> None:
        deadline = time.monotonic() + SECONDS_TO_START
        while not answers(port):
            self.check()
            if time.monotonic() > deadline:
                raise Trouble(f"The portal does not answer. {self.folder / 'web.log'} says why.")
            time.sleep(0.1)

    def watch(self) -> None:
        """Until one of them ends by itself, which is trouble."""
        while True:
            self.check()
            time.sleep(0.5)

    def check(self) -> None:
        for name, child in self.running.items():
            if child.poll() is not None:
                log = self.folder / f"{name}.log"
                last = "\n".join(log.read_text(errors="replace").splitlines()[-15:])
                raise Trouble(f"The {name} ended by itself. The end of {log}:\n{last}")

    def end(self) -> None:
        for child in self.running.values():
            child.send_signal(signal.SIGTERM)
        deadline = time.monotonic() + SECONDS_TO_END
        for child in self.running.values():
            try:
                child.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()


def is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def works_here(process: int) -> bool:
    """Whether its folder is this checkout: the number may have gone to somebody else's process since."""
    try:
        return Path(os.readlink(f"/proc/{process}/cwd")) == ROOT
    except OSError:
        return False


def end_ours(*processes: int) -> None:
    ours = [process for process in processes if works_here(process)]
    for process in ours:
        os.kill(process, signal.SIGTERM)
    deadline = time.monotonic() + 2 * SECONDS_TO_END
    while any(map(is_alive, ours)) and time.monotonic() < deadline:
        time.sleep(0.1)


def end_groups(listed: Path) -> None:
    """What is left of the process groups whose numbers stand in that file."""
    for line in listed.read_text().split() if listed.exists() else ():
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(int(line), signal.SIGKILL)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        return int(probe.getsockname()[1])


def answers(port: int) -> bool:
    line = http.client.HTTPConnection("localhost", port, timeout=10)
    try:
        line.request("HEAD", "/health/live")
        line.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    else:
        return True
    finally:
        line.close()
