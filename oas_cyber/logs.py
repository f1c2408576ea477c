"""The log: one JSON object a line, in UTC, with what happened and where; never what somebody is called or wrote.

A page is named by its route, not by its address, which may hold a link that lets somebody in. Of an exception the kind
and the places are told, not its message, which may quote what was typed or a row of the database.
"""

import json
import logging
import re
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

# What follows in an address lets somebody in; the proxy leaves out the same (deploy/Caddyfile).
SECRET = re.compile(
    r"(/(?:link|feeds|calendars|participants|unsubscribe|roster/confirm|roster/leave|password/new)/)[^/\s\"']+"
)
ADDRESS = re.compile(r"[^\s@\"'<>]+@[^\s@\"'<>]+\.[a-z]{2,}", re.IGNORECASE)
QUOTES = {"exc", "traceback", "args", "kwargs"}  # in Celery's lines: messages of exceptions
WALL = {"42501"}  # PostgreSQL refused a row or a table: a filter was forgotten, or somebody tries

# Of the request that is being answered: (reference, route, method, person).
current: ContextVar[dict[str, Any] | None] = ContextVar("request", default=None)


def without_secrets(text: str) -> str:
    return ADDRESS.sub("…", SECRET.sub(r"\1…", text))


class WithoutSecrets(logging.Filter):
    """Takes them out of what is logged, in the message and in what is filled into it."""

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        path = getattr(request, "path", None)
        record.msg = _clean(record.msg, path)
        if isinstance(record.args, tuple):
            record.args = tuple(_clean(part, path) for part in record.args)
        elif isinstance(record.args, dict):
            record.args = {name: "…" if name in QUOTES else _clean(part, path) for name, part in record.args.items()}
        return True


def _clean(part: Any, path: str | None) -> Any:
    """Django's own lines name the address of the page: the route stands beside it and says enough."""
    if isinstance(part, str):
        return without_secrets(part.replace(path, "(see route)") if path and len(path) > 1 else part)
    return type(part).__name__ if isinstance(part, Exception) else part


class JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **(current.get() or {}),
            **getattr(record, "about", {}),
            **(_of_exception(record.exc_info[1]) if record.exc_info and record.exc_info[1] else {}),
        }
        return json.dumps({name: told for name, told in line.items() if told is not None}, default=str)


def _of_exception(error: BaseException) -> dict[str, Any]:
    chain = list(_chain(error))
    states = [code for one in chain if (code := getattr(one, "pgcode", None))]
    told: dict[str, Any] = {"error": [type(one).__name__ for one in chain], "at": _places(chain[-1])}
    if states:
        told["sqlstate"] = states[-1]
    if WALL & set(states):
        told["alert"] = "the wall refused"
    return told


def _chain(error: BaseException | None) -> Any:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _places(error: BaseException) -> list[str]:
    frames = traceback.extract_tb(error.__traceback__)
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames][-25:]
