"""What the log of production would hold of what happens meanwhile."""

import json
import logging
from contextlib import contextmanager
from io import StringIO

from django.conf import settings
from django.utils.module_loading import import_string


@contextmanager
def written():
    """All that the log of production would hold, of whatever level."""
    kept = StringIO()
    handler = logging.StreamHandler(kept)
    handler.setFormatter(import_string(settings.LOGGING["formatters"]["json"]["()"])())
    for name in settings.LOGGING["handlers"]["console"]["filters"]:
        handler.addFilter(import_string(settings.LOGGING["filters"][name]["()"])())
    was_disabled, root = logging.root.manager.disable, logging.getLogger()
    logging.disable(logging.NOTSET)
    root.addHandler(handler)
    try:
        yield kept
    finally:
        root.removeHandler(handler)
        logging.disable(was_disabled)


def lines(kept):
    return [json.loads(line) for line in kept.getvalue().splitlines()]


def told(kept, message):
    return [line for line in lines(kept) if line["message"] == message]
