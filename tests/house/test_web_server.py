"""What the web server takes from visitors: it trusts its proxy, which passes on headers that visitors made up."""

import runpy
from pathlib import Path

import pytest
from gunicorn.config import Config
from gunicorn.http import RequestParser
from gunicorn.http.errors import ParseException

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


@pytest.mark.parametrize(
    "headers",
    [
        b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
        b"Content-Length: 5\r\nContent-Length: 6\r\n",
        b"Content-Length: 5, 6\r\n",
        b"Content-Length: +5\r\n",
        b"Content-Length: -1\r\n",
        b"Transfer-Encoding: xchunked\r\n",
        b"Transfer-Encoding: chunked, identity\r\n",
        b"Transfer-Encoding : chunked\r\n",
        b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
        b"Content_Length: 5\r\nContent-Length: 5\r\nX: a\r\n b\r\n",
    ],
)
def test_a_request_whose_end_is_told_in_two_ways_is_not_read(headers: bytes) -> None:
    """Otherwise the proxy and we could disagree where one visitor's request ends and the next one's begins."""
    asked = (
        b"POST /sign-in/ HTTP/1.1\r\nHost: x\r\n" + headers + b"\r\n0\r\n\r\nGET /health/ HTTP/1.1\r\nHost: x\r\n\r\n"
    )
    with pytest.raises(ParseException):
        next(RequestParser(_configured(), iter([asked]), PROXY))
