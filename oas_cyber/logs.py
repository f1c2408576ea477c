"""Links that let somebody in are known to who holds them, and to no log."""

import logging
import re
from typing import Any

SECRET = re.compile(r"(/link/)[^/\s\"']+")


def without_secrets(text: str) -> str:
    return SECRET.sub(r"\1…", text)


class WithoutSecrets(logging.Filter):
    """Takes them out of what is logged, in the message and in what is filled into it."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = _clean(record.msg)
        if isinstance(record.args, tuple):
            record.args = tuple(_clean(part) for part in record.args)
        return True


def _clean(part: Any) -> Any:
    return without_secrets(part) if isinstance(part, str) else part
