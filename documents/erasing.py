"""The content of withdrawn files goes; their rows stay. The row itself is the order to delete, so none is lost."""

import logging

from django.core.files.storage import default_storage
from django.db import transaction

from common.scope import PROGRAMME, scope
from documents.models import File

logger = logging.getLogger(__name__)


def erase_soon(file: File) -> None:
    """After the transaction, and again by the sweeper should this process die before it."""
    name = str(file.content.name)
    transaction.on_commit(lambda: _erase(name))


def erase_withdrawn() -> int:
    """Deletes what is left of files that were withdrawn; answers how many there were."""
    with scope(PROGRAMME, page="worker"):
        names = list(File.objects.exclude(withdrawn_at=None).values_list("content", flat=True))
    return sum(_erase(name) for name in names)


def _erase(name: str) -> bool:
    """Never raises: the sweeper comes back."""
    try:
        was_there = default_storage.exists(name)
        default_storage.delete(name)
    except OSError:
        logger.exception("A withdrawn file could not be deleted")
        return False
    return was_there
