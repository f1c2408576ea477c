#!/usr/bin/env python3
"""The two commands. Beforehand they need Python 3.11 or newer, and nothing else.

    python3 dev.py up [--empty] [--reload]   start the portal here, with the sample (--empty: without)
    python3 dev.py test [pytest arguments]   every check; with arguments only pytest
    python3 dev.py prove [NAME ...] [--quick] ...   break things and count what is left (docs/proofs.md)
    python3 dev.py sign-in ROLE [STATE]      a one-time link: manager, officer, observer, admin, liaison,
                                             representative, analyst
    python3 dev.py manage COMMAND ...        manage.py with the environment of `up`
    python3 dev.py sbom [FILE]               what the portal is made of (CycloneDX)
    python3 dev.py down [--purge]            stop what `up` left running (--purge: and delete its data)

PORT chooses another port than 8000. DATABASE_URL, DATABASE_OWNER_URL and REDIS_URL name servers of your own.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from devtools import environment, install, processes, sbom
from devtools.environment import LAST_UP, LOCAL, Environment, last_up
from devtools.install import PYTHON, call, timed
from devtools.services import ROOT, Services, Trouble, state_folder
from proofs import PROOFS
from proofs.tests import IN_PART, IN_TIME

ROLES = ("manager", "officer", "observer", "admin", "liaison", "representative", "analyst")
NEED_THE_OWNER = ("migrate", "makemigrations", "showmigrations", "sqlmigrate", "verify_audit")
LARGER = ("action_plan", "csirt_network", "exchange", "partnerships", "reporting")  # about half of what is left
OTHERS = [f"--ignore=tests/{name}" for name in ("access", "browser", "house", *LARGER)]
CHECKS = {  # the longest first
    "tests of access": "pytest --quiet tests/access",
    "tests in the browser": "pytest --quiet tests/browser",
    "tests of the house": "pytest --quiet tests/house",
    "ruff": "ruff check --quiet",
    "format": "ruff format --check --quiet --output-format concise",
    "types": "mypy . --no-error-summary",
    "imports": "lint-imports",
    "templates": "djlint templates --lint --quiet",
    "migrations": "python manage.py makemigrations --check --dry-run",
    "translations": "python manage.py messages --check",
    "advisories": "python -m devtools.advisories",
    "tests of plan, network, partners and reports": " ".join(["pytest --quiet", *(f"tests/{n}" for n in LARGER)]),
    "tests": " ".join(["pytest --quiet tests", *OTHERS]),
}
AT_ONCE = 2


def manage(env: Environment, *arguments: str) -> None:
    if arguments[:1] and arguments[0] in NEED_THE_OWNER:
        env = env | {"DATABASE_URL": env["DATABASE_OWNER_URL"]}
    call(PYTHON, "manage.py", *arguments, env=env)


def up(*options: str) -> None:
    sample, port = "--empty" not in options, int(os.environ.get("PORT", "8000"))
    processes.refuse_busy_port(port)
    install.packages("trial")
    with environment.main(sample=sample, port=port, leave_running=False) as env:
        with timed("migrations"):
            manage(env, "migrate", "--skip-checks", "--verbosity", "0")
        with timed("translations, published data, sample" if sample else "translations, published data"):
            manage(env, "prepare", *([] if sample else ["--empty"]))
        serve(env, sample=sample, port=port, reload="--reload" in options)


def serve(env: Environment, *, sample: bool, port: int, reload: bool) -> None:
    children = processes.Children(LOCAL / "logs")
    try:
        with timed("web, worker and beat"):
            children.start("web", processes.web(port, reload=reload), env)
            children.wait_for_web(port)
            for name, command in processes.celery(LOCAL).items():
                children.start(name, command, env)
        running = [os.getpid(), *(child.pid for child in children.running.values())]
        LAST_UP.write_text(json.dumps({"port": port, "sample": sample, "processes": running}))
        say_where(port, sample=sample)
        children.watch()
    finally:
        for ending in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(ending, signal.SIG_IGN)  # once is enough: what follows must not be cut short
        print("\nStopping.", flush=True)
        children.end()


def say_where(port: int, *, sample: bool) -> None:
    print(f"\nOAS Cyber answers at http://localhost:{port}   (stop it with Ctrl-C)")
    if sample:
        print("The people and their figures are a sample. To sign in as one of them, in another window:")
        print("".join(f"    python3 dev.py sign-in {role}\n" for role in ROLES), end="")
    else:
        print("There are no people yet. The first: python3 dev.py manage invite --help")
    print(f"Mail lands in {LOCAL / 'mail'}, logs in {LOCAL / 'logs'}.", flush=True)


def test(*arguments: str) -> None:
    install.packages("dev")
    browser = {"CHROMIUM": install.chromium()}
    with environment.throw_away() as env:
        if arguments:
            sys.exit(subprocess.run(["pytest", *arguments], cwd=ROOT, env=env | browser).returncode)
        with ThreadPoolExecutor(AT_ONCE) as pool:
            running = {name: pool.submit(check, name, command, env | browser) for name, command in CHECKS.items()}
            results = {name: done.result() for name, done in running.items()}
    failed = [name for name, passed in results.items() if not passed]
    print(f"\nFailed: {', '.join(failed)}." if failed else "\nAll checks passed.")
    sys.exit(bool(failed))


def check(name: str, command: str, env: Environment) -> bool:
    """Two run at once, each on a test database of its own, so what one says is printed when it has said it."""
    began = time.monotonic()
    print(f"          {name} ...", flush=True)
    own = env | {"OAS_TEST_DB": f"test_oas_{list(CHECKS).index(name)}"}
    done = subprocess.run(command.split(), cwd=ROOT, env=own, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    passed = done.returncode == 0
    said = done.stdout.decode(errors="replace").rstrip()
    if said and (not passed or "tests" in name):
        print(said)
    print(f"{time.monotonic() - began:6.1f} s  {name}: {'passed' if passed else 'FAILED'}", flush=True)
    return passed


def prove(*arguments: str) -> None:
    """One after the other, each with services of its own; not 0 when a promise is broken."""
    options = [word for word in arguments if word.startswith("--")]
    names = [word for word in arguments if word not in options] or list(PROOFS)
    of_part: dict[str, tuple[str, ...]] = {
        option: IN_PART for option in options if re.fullmatch(r"--percent=[1-9]\d?", option)
    }
    of_part |= {option: IN_TIME for option in options if re.fullmatch(r"--minutes=[1-9]\d{0,2}", option)}
    of_part |= {option: ("mutation",) for option in options if re.fullmatch(r"--of=[a-z_,]+", option)}
    allowed = (*PROOFS, "--quick", *of_part)
    if wrong := [word for word in (*names, *options) if word not in allowed]:
        known = "\n".join(f"    {name:10} {what}" for name, what in PROOFS.items())
        raise Trouble(f"There is no proof {wrong[0]}. These are the proofs:\n{known}")
    if whole := [(name, option) for name in names for option, those in of_part.items() if name not in those]:
        name, option = whole[0]
        raise Trouble(f"{name} is proved without {option}, which is for {', '.join(of_part[option])}.")
    install.packages("dev")
    broken = []
    for name in names:
        with environment.proving() as env:
            if subprocess.run([PYTHON, "-m", "proofs", name, *options], cwd=ROOT, env=env).returncode:
                broken.append(name)
    print(f"\nBroken: {', '.join(broken)}." if broken else "\nAll promises held.")
    sys.exit(bool(broken))


def with_main(*arguments: str) -> None:
    install.packages("trial")
    port = int(os.environ.get("PORT") or last_up().get("port", 8000))
    with environment.main(sample=last_up().get("sample", True), port=port, leave_running=True) as env:
        manage(env, *arguments)


def sign_in(role: str = "", *state: str) -> None:
    if role not in ROLES:
        raise Trouble(f"Say as whom: python3 dev.py sign-in {'|'.join(ROLES)}")
    with_main("sign_in", role, *state)


def down(*options: str) -> None:
    parent, *children = last_up().get("processes", [0])
    processes.end_ours(parent)  # it ends its children
    processes.end_ours(*children)  # unless it was killed and left them behind
    services = Services("main")
    services.stop()
    if "--purge" in options:
        services.throw_away()
        for folder in (LOCAL, *state_folder().glob("programs-*")):
            shutil.rmtree(folder, ignore_errors=True)


def main() -> None:
    verbs: dict[str, Callable[..., None]] = {"up": up, "test": test, "prove": prove, "sign-in": sign_in}
    verbs |= {"manage": with_main, "sbom": sbom.write, "down": down}
    if sys.version_info < (3, 11):  # noqa: UP036 - here is where an older one is told
        sys.exit(f"OAS Cyber needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
    if sys.argv[1:2] == [] or sys.argv[1] not in verbs:
        sys.exit(__doc__)
    for ending in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, signal.default_int_handler)
    try:
        verbs[sys.argv[1]](*sys.argv[2:])
    except Trouble as trouble:
        sys.exit(f"\n{trouble}")
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
