#!/usr/bin/env python3
"""Reads lists from the API of the portal, and sends it something exactly once.

    export OAS_CYBER_TOKEN=oas_…
    python3 portal_api.py https://portal.example.org states
    python3 portal_api.py https://portal.example.org answers --where state=chile --where edition=2025 > answers.jsonl
    python3 portal_api.py https://portal.example.org --send update.json updates/chile/2026-2/submit

It needs Python 3.10 or newer and nothing else. Every row of a list comes as one line of JSON, however many pages it
takes; an answer without pages, such as states/chile or my-turn, is one line. What is sent gets a key of its own, which
is kept beside the file (update.json.key) until the portal has done it: if no answer came, run it again, and the portal
does it once and gives the same answer. After an answer that refuses, mend the file and run it again.
"""

import argparse
import json
import os
import sys
import time
import uuid
from collections.abc import Iterator
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

TRIES = 5
LONGEST_WAIT = 900  # seconds


class Stopped(Exception):
    """Its message says what went wrong."""


class NoRedirect(HTTPRedirectHandler):
    """The token goes to the server that was named, and to no other."""

    def redirect_request(self, *args: Any) -> None:
        return None


class Portal:
    """The API of one portal, asked with an access token."""

    def __init__(self, address: str, token: str) -> None:
        parts = urlsplit(address)
        if parts.scheme != "https" and parts.hostname not in ("localhost", "127.0.0.1", "::1"):
            raise Stopped("The address must begin with https://, or the token could be read on the way.")
        self.root, self.host = urljoin(address, "/api/v1/"), (parts.scheme, parts.netloc)
        self.headers = {"Authorization": f"Bearer {token}", "Accept": "application/json"}
        self.opener = build_opener(NoRedirect)

    def rows(self, path: str, /, **filters: str) -> Iterator[Any]:
        """Every row of a list: `next` leads from page to page, and is empty on the last one.

        An answer without pages is one row.
        """
        address = self.address(path) + (f"?{urlencode(filters)}" if filters else "")
        while address:
            page = self.ask(address)
            if not isinstance(page, dict) or "results" not in page:
                yield page
                return
            yield from page["results"]
            address = page["next"]

    def send(self, path: str, body: Any, key: uuid.UUID) -> Any:
        """Done once, however often it is sent with this key."""
        return self.ask(self.address(path), json.dumps(body).encode(), {"Idempotency-Key": str(key)})

    def address(self, path: str) -> str:
        return urljoin(self.root, path.strip("/") + "/")

    def ask(self, address: str, body: bytes | None = None, more: dict[str, str] | None = None) -> Any:
        """The answer. Waits when it is asked to, and tries again when the portal is away."""
        parts = urlsplit(address)
        if (parts.scheme, parts.netloc) != self.host:
            raise Stopped(f"The portal names an address on another host: {address}")
        headers = self.headers | (more or {}) | ({"Content-Type": "application/json"} if body else {})
        for left in range(TRIES - 1, -1, -1):
            try:
                request = Request(address, data=body, headers=headers)  # noqa: S310 - of the scheme that was named
                with self.opener.open(request, timeout=120) as answer:
                    return json.load(answer)
            except HTTPError as error:
                if error.code not in (429, 502, 503, 504) or not left:
                    raise Stopped(told(error)) from error
                wait = error.headers.get("Retry-After", "")
                time.sleep(min(int(wait), LONGEST_WAIT) if wait.isdigit() else 5 * (TRIES - left))
            except ValueError as error:
                raise Stopped(f"The answer is no JSON but a file; fetch it from its address: {address}") from error
            except OSError as error:
                if not left:
                    raise Stopped(f"The portal cannot be reached: {error}") from error
                time.sleep(5 * (TRIES - left))
        raise Stopped("The portal gave no answer.")


def told(error: HTTPError) -> str:
    """What the portal says of an error: problem details (RFC 9457), with a line for each fault."""
    try:
        said = json.load(error)
    except ValueError:
        return f"{error.code} {error.reason}"
    faults = [
        f"  {fault.get('question', '')} {fault.get('field', '')}: {fault['detail']}" for fault in said.get("errors", ())
    ]
    return "\n".join([f"{error.code} {said.get('detail', error.reason)}", *faults])


def send_file(portal: Portal, path: str, file: str) -> Any:
    """With the key that stands beside the file, or a new one; it goes once the portal has answered."""
    beside = file + ".key"
    with open(file, encoding="utf-8") as given:
        body = json.load(given)
    try:
        with open(beside, encoding="utf-8") as kept:
            key = uuid.UUID(kept.read().strip())
    except FileNotFoundError:
        key = uuid.uuid4()
        with open(beside, "w", encoding="utf-8") as kept:
            kept.write(str(key))
    answer = portal.send(path, body, key)
    os.remove(beside)
    return answer


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("portal", help="its address, such as https://portal.example.org")
    parser.add_argument("path", help="what is read or sent to, such as states or updates/chile/2026-2/submit")
    parser.add_argument("--where", metavar="NAME=VALUE", action="append", default=[], help="a filter of the list")
    parser.add_argument("--send", metavar="FILE", help="send the JSON of this file instead of reading")
    given = parser.parse_args(arguments)
    if slips := [one for one in given.where if "=" not in one]:
        parser.error(f"--where takes NAME=VALUE, such as state=chile, and not {', '.join(slips)}")
    if "OAS_CYBER_TOKEN" not in os.environ:
        parser.error("set OAS_CYBER_TOKEN to what the page of your access tokens showed")
    try:
        portal = Portal(given.portal, os.environ["OAS_CYBER_TOKEN"])
        if given.send:
            print(json.dumps(send_file(portal, given.path, given.send), ensure_ascii=False))
            return 0
        for row in portal.rows(given.path, **dict(one.split("=", 1) for one in given.where)):
            print(json.dumps(row, ensure_ascii=False))
        return 0
    except Stopped as stopped:
        print(stopped, file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
