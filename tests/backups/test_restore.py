"""Somebody deletes everything at some second: the copy brings back what stood the second before, files too."""

import os
import shutil
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg2
import pyrage
import pytest

from backups.__main__ import main
from backups.database import keep_log, receive_log
from backups.files import keep_files
from backups.store import Store, Trouble
from devtools.services import Services, run

WALLED = """
CREATE TABLE answer (id bigint PRIMARY KEY, state_id bigint, text text);
ALTER TABLE answer ENABLE ROW LEVEL SECURITY;
INSERT INTO answer SELECT n, n % 35, 'weakness ' || n FROM generate_series(1, 5000) n;
"""


@pytest.fixture(scope="module")
def cluster():
    services = Services(f"drill-{os.getpid()}", durable=False)
    services.start_postgresql()
    yield services
    services.throw_away()


@pytest.fixture
def owner(cluster):
    link = psycopg2.connect(host=str(cluster.sockets), user="oas_owner", dbname="oas")
    link.autocommit = True
    yield link.cursor()
    link.close()


@pytest.fixture
def identity(tmp_path):
    """As `age-keygen` writes it; and the public half, which is all that making a copy needs."""
    key = pyrage.x25519.Identity.generate()
    path = tmp_path / "identity"
    path.write_text(f"# public key: {key.to_public()}\n{key}\n")
    return path, str(key.to_public())


@pytest.fixture
def settings_of_backups(cluster, identity, tmp_path, monkeypatch):
    (tmp_path / "files/ab").mkdir(parents=True)
    (tmp_path / "files/ab/abc").write_bytes(b"evidence one")
    told = {
        "DATABASE_BACKUP_URL": cluster.environment()["DATABASE_BACKUP_URL"],
        "OAS_BACKUPS": str(tmp_path / "store"),
        "OAS_FILES": str(tmp_path / "files"),
        "OAS_BACKUP_RECIPIENT": identity[1],
    }
    for name, value in told.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("backups.database.PROGRAMS", cluster.programs)
    return tmp_path


def checksum(cursor):
    cursor.execute("SELECT count(*), md5(string_agg(a::text, ',' ORDER BY id)) FROM answer a")
    return cursor.fetchone()


def test_the_second_before_a_deletion_comes_back(cluster, owner, identity, settings_of_backups, capsys):
    folder = settings_of_backups
    url, store = os.environ["DATABASE_BACKUP_URL"], Store(folder / "store", recipient=identity[1])
    owner.execute(WALLED)
    receiver = receive_log(url, folder / "store/spool")
    assert main(["make"]) == 0, capsys.readouterr().err
    time.sleep(1.1)  # a base backup is named by the second
    owner.execute("INSERT INTO answer SELECT n, 1, 'sent after the base backup' FROM generate_series(5001, 9000) n")
    (folder / "files/ab/later").write_bytes(b"evidence two")
    stood = checksum(owner)
    second_before = datetime.now(UTC)
    time.sleep(0.2)
    owner.execute("DELETE FROM answer")

    received(url, owner, folder / "store/spool", store)
    receiver.terminate()
    receiver.wait()
    keep_files(folder / "files", store)
    asked = ["--data", str(folder / "data"), "--files", str(folder / "back"), "--identity", str(identity[0])]
    assert main(["restore", *asked, "--until", second_before.isoformat()]) == 0, capsys.readouterr().err

    with started(cluster, folder / "data") as cursor:
        assert checksum(cursor) == stood == (9000, stood[1])
        cursor.execute("SELECT relrowsecurity FROM pg_class WHERE oid = 'answer'::regclass")
        assert cursor.fetchone() == (True,)
    assert {path.name: path.read_bytes() for path in (folder / "back/ab").iterdir()} == {
        "abc": b"evidence one",
        "later": b"evidence two",
    }
    owner.execute("DROP TABLE answer")


def received(url, owner, spool, store):
    """Waits until the segment with the last change is in the store."""
    owner.execute("SELECT pg_walfile_name(pg_current_wal_insert_lsn())")
    (segment,) = owner.fetchone()
    with psycopg2.connect(host=owner.connection.info.host, user="oas_backup", dbname="postgres") as link:
        link.cursor().execute("SELECT pg_switch_wal()")
    deadline = time.monotonic() + 20
    while not store.has(f"wal/{segment}"):
        assert time.monotonic() < deadline, f"{segment} was not received"
        time.sleep(0.1)
        keep_log(spool, store)


class started:
    def __init__(self, cluster, data: Path):
        self.cluster, self.data, self.sockets = cluster, data, cluster.folder / "restored"

    def __enter__(self):
        """In the cluster's own folder: the account that PostgreSQL runs as may enter it."""
        home = self.cluster.folder / "restored-data"
        shutil.copytree(self.data, home, symlinks=True)
        settings = home / "postgresql.auto.conf"
        settings.write_text(settings.read_text().replace(str(self.data), str(home)))
        self.sockets.mkdir(mode=0o700)
        owner = self.cluster.data.stat().st_uid
        for path in (home, self.sockets, *home.rglob("*")):
            os.chown(path, owner, -1)
        self.control = (self.cluster.programs / "pg_ctl", "-D", home, "-w")
        run(*self.control, "-l", home / "log", "-o", f"-c unix_socket_directories={self.sockets}", "start")
        self.link = psycopg2.connect(host=str(self.sockets), user="oas_owner", dbname="oas")
        return self.link.cursor()

    def __exit__(self, *_):
        self.link.close()
        run(*self.control, "-m", "immediate", "stop", check=False)


def test_what_is_kept_cannot_be_read_without_the_identity(settings_of_backups, identity, capsys):
    assert main(["make"]) == 0, capsys.readouterr().err

    kept = [path for path in (settings_of_backups / "store").rglob("*") if path.is_file()]
    assert kept
    assert all(path.read_bytes().startswith(b"age-encryption.org/v1") for path in kept)
    assert not any(b"evidence" in path.read_bytes() for path in kept)
    with pytest.raises(Trouble, match="--identity"):
        Store(settings_of_backups / "store").get("files/ab/abc", sys.stdout.buffer)


def test_a_copy_that_was_damaged_is_refused(settings_of_backups, identity, capsys):
    assert main(["make"]) == 0
    damaged = settings_of_backups / "store/files/ab/abc.age"
    damaged.write_bytes(damaged.read_bytes()[:-1] + b"?")

    with pytest.raises(Trouble, match="was damaged"), (settings_of_backups / "out").open("wb") as out:
        Store(settings_of_backups / "store", identity=identity[0]).get("files/ab/abc", out)


def test_a_base_backup_that_broke_off_is_not_kept(settings_of_backups, monkeypatch, capfd):
    monkeypatch.setenv("DATABASE_BACKUP_URL", "postgres://nobody@%2Fnowhere/")

    assert main(["make"]) == 1
    assert "Nothing was kept" in capfd.readouterr().err
    assert not list((settings_of_backups / "store").rglob("*.age"))


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["--until", "2001-01-01T00:00:00+00:00"], "No base backup ended before that moment. The oldest ended at"),
        ([], "is not empty"),
    ],
)
def test_a_restore_that_cannot_be_is_refused_with_a_sentence(settings_of_backups, identity, capfd, asked, said):
    assert main(["make"]) == 0
    (settings_of_backups / "data").mkdir()
    (settings_of_backups / "data/PG_VERSION").touch()
    folders = ["--data", str(settings_of_backups / "data"), "--files", str(settings_of_backups / "back")]

    assert main(["restore", *folders, "--identity", str(identity[0]), *asked]) == 1
    assert said in capfd.readouterr().err


def test_pruning_keeps_the_newest_and_what_it_needs(settings_of_backups, identity, capsys):
    store = settings_of_backups / "store"
    names = ("base/20260101T000000Z", "wal/000000010000000000000001", "files/ab/withdrawn", "base/20260601T000000Z")
    for name, days in zip(names, (40, 40, 40, 20), strict=True):
        path = store / f"{name}.age"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
        then = (datetime.now(UTC) - timedelta(days=days)).timestamp()
        os.utime(path, (then, then))

    assert main(["prune", "--days", "14"]) == 0
    assert [path.name for path in store.rglob("*.age")] == ["20260601T000000Z.age"]


def test_a_missing_setting_is_named(settings_of_backups, monkeypatch, capfd):
    monkeypatch.delenv("OAS_BACKUP_RECIPIENT")

    assert main(["make"]) == 1
    assert "Set OAS_BACKUP_RECIPIENT" in capfd.readouterr().err
