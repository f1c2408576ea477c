"""Somebody at a browser, by plain HTTP: signed in, with cookies, over real sockets. Import after ``House.open``."""

import http.client
import time
import uuid
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection
from django.test import Client

from tests.signing_in import sign_in_from_inside

CSRF = "p" * 32


@dataclass(frozen=True)
class Answer:
    status: int  # 0: none came
    location: str
    words: str
    language: str
    seconds: float

    @property
    def outcome(self) -> str:
        """The status, with the title of an error."""
        title = self.words.partition("<title>")[2].partition("</title>")[0]
        return f"{self.status} ({' '.join(title.split())})" if self.status >= 500 else str(self.status)


class Anybody:
    """Who has not signed in."""

    def __init__(self, port: int, timeout: float = 120) -> None:
        self.port, self.timeout = port, timeout
        self.cookies = {settings.CSRF_COOKIE_NAME: CSRF}

    def get(self, path: str) -> Answer:
        return self._ask("GET", path, b"", {})

    def post(self, path: str, fields: dict[str, str], **headers: str) -> Answer:
        body = urlencode({"csrfmiddlewaretoken": CSRF, **fields}).encode()
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self._ask("POST", path, body, kind | {name.replace("_", "-"): value for name, value in headers.items()})

    def upload(self, path: str, fields: dict[str, str], name: str, file: str, content: bytes) -> Answer:
        mark = uuid.uuid4().hex
        parts = [
            f'--{mark}\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'
            for field, value in {"csrfmiddlewaretoken": CSRF, **fields}.items()
        ]
        head = f'Content-Disposition: form-data; name="{name}"; filename="{file}"\r\nContent-Type: application/pdf\r\n'
        before = "".join([*parts, f"--{mark}\r\n{head}\r\n"]).encode()
        body = before + content + f"\r\n--{mark}--\r\n".encode()
        return self._ask("POST", path, body, {"Content-Type": f"multipart/form-data; boundary={mark}"})

    def _ask(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Answer:
        began = time.monotonic()
        line = http.client.HTTPConnection("localhost", self.port, timeout=self.timeout)
        cookies = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        try:
            line.request(method, path, body, headers | cookies)
            came = line.getresponse()
            words = came.read().decode(errors="replace")
        except (OSError, http.client.HTTPException):
            return Answer(0, "", "", "", time.monotonic() - began)
        finally:
            line.close()
        self._keep(came.headers.get_all("Set-Cookie") or [])
        told = came.headers
        location, language = told.get("Location", ""), told.get("Content-Language", "")
        return Answer(came.status, location, words, language, time.monotonic() - began)

    def _keep(self, told: list[str]) -> None:
        for cookie in told:
            name, value = cookie.split(";")[0].split("=", 1)
            if name != settings.CSRF_COOKIE_NAME:
                self.cookies[name] = value.strip('"')


class Visitor(Anybody):
    def __init__(self, port: int, person: Any, timeout: float = 120) -> None:
        super().__init__(port, timeout)
        client = Client()
        sign_in_from_inside(client, person)
        connection.close()  # of this thread
        self.cookies[settings.SESSION_COOKIE_NAME] = client.cookies[settings.SESSION_COOKIE_NAME].value
