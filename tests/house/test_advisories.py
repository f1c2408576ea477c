"""The audit of what is installed: it sees every pinned package, finds what is known, and never passes in silence."""

import io
import urllib.error

from devtools import advisories


def test_it_asks_of_every_package_in_every_lock():
    names = {name for name, _version in advisories.pinned()}

    assert {"django", "celery", "pytest"} <= {name.lower() for name in names}


def test_what_is_known_fails(monkeypatch, capsys):
    monkeypatch.setattr(advisories, "pinned", lambda: [("a", "1"), ("b", "2")])
    monkeypatch.setattr(advisories, "asked", lambda _: {"results": [{}, {"vulns": [{"id": "GHSA-x"}]}]})

    assert advisories.main() == 1
    assert capsys.readouterr().out == "b 2: GHSA-x\n"


def test_what_was_judged_does_not(monkeypatch):
    monkeypatch.setattr(advisories, "ACCEPTED", {"GHSA-x": "not reached"})

    assert list(advisories.known([("b", "2")], {"results": [{"vulns": [{"id": "GHSA-x"}]}]})) == []


def test_where_nobody_answers_it_says_so(monkeypatch, capsys):
    def silent(*_, **__):
        raise urllib.error.URLError("no way out")

    monkeypatch.setattr(urllib.request, "urlopen", silent)

    assert advisories.main() == 0
    assert "NOT looked up" in capsys.readouterr().out


def test_a_page_in_place_of_an_answer_is_no_answer(monkeypatch, capsys):
    monkeypatch.setattr(urllib.request, "urlopen", lambda *_, **__: io.BytesIO(b"<html>sign in</html>"))

    assert advisories.main() == 0
    assert "NOT looked up" in capsys.readouterr().out
