"""What must not lie in the repository: accounts, secrets, paths of somebody's machine, addresses of inner servers."""

import re

import pytest

from tests.house.sources import texts

# Spelled in parts, so that this file does not hold what it looks for.
FORBIDDEN = {
    "a private key": "-----BEGIN [A-Z ]*PRIVATE" + " KEY",
    "a cloud key": "AKIA" + "[0-9A-Z]{16}",
    "a token of a forge": "gh" + "[pousr]_[A-Za-z0-9]{36}",
    "a hashed password": r"(argon2|pbkdf2_sha256|bcrypt_sha256)" + r"\$[^\s\"']{30}",
    "a secret key": r"SECRET_KEY\s*=\s*[\"'][^\"'{<$]{20}",
    "a password in an address": r"(postgres|postgresql|redis|amqp|smtp)://[^\s:/@\"'<{$]+:[^\s@\"'<{$%.]{3,}@",
    "a path of a machine": r"/(home|Users)/[a-z]+/|/ro" + r"ot/|/wo" + r"rk/(main|shared)",
    "an inner registry": r"artif" + r"actory|nex" + r"us\.|/api/(npm|py" + r"pi)/|(py" + r"pi|n" + r"pm)-proxy",
}
LOCK = re.compile(r"requirements/.*\.txt")


@pytest.mark.parametrize("what", FORBIDDEN)
def test_it_is_nowhere(what):
    pattern = re.compile(FORBIDDEN[what])

    assert not [f"{path}: {hit[0]}" for path, text in texts() for hit in pattern.finditer(text)]


def test_packages_are_locked_by_name_version_and_hash_and_no_address():
    locks = {path: text for path, text in texts() if path.endswith("package-lock.json") or LOCK.match(path)}

    assert len(locks) >= 6
    assert [path for path, text in locks.items() if "://" in text] == []


def test_no_account_comes_with_the_code():
    """No fixture, no migration makes anybody who could sign in; people are invited."""
    makes = re.compile(r"create_superuser|is_superuser\s*[=:]\s*True|\"model\":\s*\"accounts\.user\"|\.set_password\(")
    holders = {path for path, text in texts() if makes.search(text) and not path.startswith("tests/")}

    assert holders <= {"accounts/models/people.py"}
