#!/usr/bin/env python3
"""Fetches what is new for your team from a TAXII 2.1 server, and sends it what you want to share.

    export OAS_CYBER_KEY=oas-… OAS_CYBER_SECRET=…
    python3 taxii_poll.py https://portal.example.org/taxii2/ --csv indicators.csv
    python3 taxii_poll.py https://portal.example.org/taxii2/ --push objects.json --to team-csirt-example

It needs Python 3.10 or newer and nothing else. Run it from cron as often as you like: a state file keeps, for each
collection, up to where it was read, and is written after the rows of each page. If it is stopped in the middle, it
goes on there; a row may then come twice, and none is lost. An indicator that changes comes again as a new row.
"""

import argparse
import csv
import json
import os
import re
import sys
import time
from collections.abc import Iterator
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote, urlencode, urljoin, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

MEDIA_TYPE = "application/taxii+json;version=2.1"
COLUMNS = [
    "collection",
    "id",
    "modified",
    "revoked",
    "tlp",
    "name",
    "pattern_type",
    "pattern",
    "valid_from",
    "valid_until",
]
PAGE = 1000
FORMULA = re.compile(r"""(\A\s*|[;\t\r\n](?:"|[^\S\t\r\n])*)(?=[=+\-@])""")  # spreadsheets may cut a cell at `;` too
TRIES = 5
TLP = {  # TLP 2.0, and the former four
    "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1": "RED",
    "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003": "AMBER+STRICT",
    "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421": "AMBER",
    "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb": "GREEN",
    "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487": "CLEAR",
    "marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed": "RED",
    "marking-definition--f88d31f6-486f-44da-b317-01333bde0b82": "AMBER",
    "marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da": "GREEN",
    "marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9": "CLEAR",
}


class Stopped(Exception):
    """Its message says what went wrong."""


class NoRedirect(HTTPRedirectHandler):
    """The secret goes to the server that was named, and to no other."""

    def redirect_request(self, *args: Any) -> None:
        return None


class Server:
    """One TAXII server, asked with the key and the secret of a machine token."""

    def __init__(self, discovery: str, key: str, secret: str) -> None:
        parts = urlsplit(discovery)
        if parts.scheme != "https" and parts.hostname not in ("localhost", "127.0.0.1", "::1"):
            raise Stopped("The address must begin with https://, or the secret could be read on the way.")
        self.discovery, self.host = discovery, parts.netloc
        self.headers = {"Authorization": f"Bearer {key}.{secret}", "Accept": MEDIA_TYPE}
        self.opener = build_opener(NoRedirect)

    def ask(self, url: str, body: bytes | None = None) -> tuple[Any, Any]:
        """The answer as JSON, and its headers. Waits when it is asked to, and tries again when the server is away."""
        if urlsplit(url).netloc != self.host:
            raise Stopped(f"The server names an address on another host: {url}")
        headers = dict(self.headers, **({"Content-Type": MEDIA_TYPE} if body else {}))
        for left in range(TRIES - 1, -1, -1):
            try:
                request = Request(url, data=body, headers=headers)  # noqa: S310 - of the scheme and host that were named
                with self.opener.open(request, timeout=120) as answer:
                    return json.load(answer), answer.headers
            except HTTPError as error:
                if error.code not in (429, 502, 503, 504) or not left:
                    raise Stopped(told(error)) from error
                wait = error.headers.get("Retry-After", "")
                time.sleep(min(int(wait), 900) if wait.isdigit() else 5 * (TRIES - left))
            except OSError as error:
                if not left:
                    raise Stopped(f"The server cannot be reached: {error}") from error
                time.sleep(5 * (TRIES - left))
        raise Stopped("The server gave no answer.")

    def roots(self) -> Iterator[tuple[str, Any]]:
        """(address, what it says of itself) of each API root."""
        found, _headers = self.ask(self.discovery)
        for root in found.get("api_roots", []):
            url = urljoin(self.discovery, root)
            yield url, self.ask(url)[0]

    def collections(self, root: str) -> list[Any]:
        return self.ask(urljoin(root, "collections/"))[0].get("collections", [])

    def pages(self, root: str, collection: Any, added_after: str | None) -> Iterator[tuple[list[Any], str | None]]:
        """(objects, when the last of them was added) for each page of what is new, oldest first."""
        objects = urljoin(root, f"collections/{quote(collection['id'])}/objects/")
        wanted: dict[str, Any] = {"limit": PAGE}
        if added_after:
            wanted["added_after"] = added_after
        more = True
        while more:
            page, headers = self.ask(f"{objects}?{urlencode(wanted)}")
            last = headers.get("X-TAXII-Date-Added-Last")
            if page.get("objects"):
                yield page["objects"], last
            more = page.get("more", False)
            if "next" in page:
                wanted["next"] = page["next"]
            elif last:  # a server that gives no cursor
                wanted["added_after"] = last
            else:
                return

    def push(self, root: str, most: int, collection: Any, objects: list[Any]) -> list[Any]:
        """Sends objects in as many envelopes as it takes, and waits until each is done: the failures."""
        address = urljoin(root, f"collections/{quote(collection['id'])}/objects/")
        failures = []
        for envelope in envelopes(objects, most):
            status, _headers = self.ask(address, envelope)
            while status["status"] == "pending":
                time.sleep(2)
                status, _headers = self.ask(urljoin(root, f"status/{quote(status['id'])}/"))
            failures += status.get("failures", [])
        return failures


def envelopes(objects: list[Any], most: int) -> Iterator[bytes]:
    """JSON texts of at most `most` bytes."""
    begin, end = b'{"objects": [', b"]}"
    batch: list[bytes] = []
    size = len(begin) + len(end)
    for text in (json.dumps(one, ensure_ascii=False).encode() for one in objects):
        if batch and size + len(text) + 1 > most:
            yield begin + b",".join(batch) + end
            batch, size = [], len(begin) + len(end)
        batch.append(text)
        size += len(text) + 1
    if batch:
        yield begin + b",".join(batch) + end


def told(error: HTTPError) -> str:
    """What the server says of an error; its title and description where it is one of TAXII."""
    try:
        said = json.load(error)
        return f"{error.code} {said.get('title', '')} {said.get('description', '')}".strip()
    except ValueError:
        return f"{error.code} {error.reason}"


def row_of(collection: Any, one: Any) -> list[str]:
    """One line of the CSV file. No cell is taken for a formula by a spreadsheet."""
    labels = [TLP[ref] for ref in one.get("object_marking_refs", []) if ref in TLP]
    known = dict(one, collection=collection["title"], tlp=" ".join(labels), revoked=one.get("revoked", False))
    cells = [str(known.get(column, "")) for column in COLUMNS]
    return [FORMULA.sub(r"\1'", cell) for cell in cells]


def write_rows(path: str, rows: list[list[str]]) -> None:
    is_new = not os.path.exists(path)
    with open(path, "a", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        if is_new:
            writer.writerow(COLUMNS)
        writer.writerows(rows)


def read_state(path: str) -> Any:
    try:
        with open(path, encoding="utf-8") as file:
            return json.load(file)
    except FileNotFoundError:
        return {}


def write_state(path: str, state: Any) -> None:
    """All of it or nothing: a half-written file never takes the place of the former one."""
    with open(path + ".new", "w", encoding="utf-8") as file:
        json.dump(state, file, indent=2)
    os.replace(path + ".new", path)


def poll(server: Server, state_path: str, csv_path: str) -> dict[str, int]:
    """Objects by collection, of those that are new."""
    state, counts = read_state(state_path), {}
    for root, _said in server.roots():
        for collection in server.collections(root):
            if not collection["can_read"]:
                continue
            where = urljoin(root, f"collections/{collection['id']}/")
            counts[collection["title"]] = 0
            for objects, last in server.pages(root, collection, state.get(where)):
                indicators = [one for one in objects if one.get("type") == "indicator"]
                write_rows(csv_path, [row_of(collection, one) for one in indicators])
                state[where] = last or state.get(where)
                write_state(state_path, state)
                counts[collection["title"]] += len(objects)
    return counts


def push(server: Server, path: str, to: str | None) -> list[Any]:
    """The failures, of all objects in a file: a bundle, an envelope, a list or one object."""
    with open(path, encoding="utf-8") as file:
        given = json.load(file)
    objects = given if isinstance(given, list) else given.get("objects", [given])
    for root, said in server.roots():
        open_ones = [one for one in server.collections(root) if one["can_write"]]
        chosen = [one for one in open_ones if to in (one["id"], one.get("alias"), one["title"])]
        if chosen:
            return server.push(root, said["max_content_length"], chosen[0], objects)
    raise Stopped("No collection of that name takes objects from you. Name one of its id, alias or title with --to.")


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("server", help="the address of TAXII discovery, such as https://portal.example.org/taxii2/")
    parser.add_argument("--csv", default="indicators.csv", help="where indicators are added as rows")
    parser.add_argument("--state", default="taxii_state.json", help="where it is kept how far was read")
    parser.add_argument("--push", metavar="FILE", help="send the objects of a JSON file instead of reading")
    parser.add_argument("--to", metavar="COLLECTION", help="id, alias or title of the collection to send them to")
    given = parser.parse_args(arguments)
    try:
        key, secret = os.environ["OAS_CYBER_KEY"], os.environ["OAS_CYBER_SECRET"]
    except KeyError as missing:
        parser.error(f"set {missing} to what the page of your machine tokens showed")
    try:
        server = Server(given.server, key, secret)
        if not given.push:
            for title, count in poll(server, given.state, given.csv).items():
                print(f"{title}: {count} new objects")
            return 0
        failures = push(server, given.push, given.to)
        for failure in failures:
            print(f"{failure['id']}: {failure.get('message', '')}", file=sys.stderr)
        return 1 if failures else 0
    except Stopped as stopped:
        print(stopped, file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
