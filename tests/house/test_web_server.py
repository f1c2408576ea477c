"""What the web server takes from visitors: it trusts its proxy, which passes on headers that visitors made up."""

import runpy
from pathlib import Path

from gunicorn.config import Config
from gunicorn.http import RequestParser

SETTINGS = Path(__file__).parents[2] / "deploy" / "gunicorn.py"
PROXY = ("10.0.0.2", 40000)


def _configured() -> Config:
    config = Config()
    for name, value in runpy.run_path(str(SETTINGS)).items():
        if name in config.settings:
            config.set(name, value)
    return config


def test_no_visitor_says_where_the_portal_begins() -> None:
    """With it the front page would be stored under the address of any other page (decision 37)."""
    asked = b"GET /es/states/ HTTP/1.1\r\nHost: x\r\nSCRIPT_NAME: /es/states\r\nPATH_INFO: /\r\n\r\n"
    request = next(RequestParser(_configured(), iter([asked]), PROXY))
    assert dict(request.headers) == {"HOST": "x"}
