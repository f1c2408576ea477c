"""Files of reports are kept for so many days; then their content goes. Their rows stay and say what it was."""

import logging
from datetime import timedelta

from django.conf import settings
from django.core.files.storage import default_storage
from django.utils import timezone

from common.scope import PROGRAMME, scope
from reporting.models import RunFile

logger = logging.getLogger(__name__)

AT_ONCE = 500


def expire() -> int:
    """How many did. The content goes before the row says so: should a worker die between, the next ends it."""
    if not settings.REPORT_DAYS:
        return 0
    until = timezone.now() - timedelta(days=settings.REPORT_DAYS)
    expired, last = 0, 0
    while True:
        with scope(PROGRAMME, page="worker"):
            due = RunFile.objects.filter(expired_at=None, made_at__lte=until, pk__gt=last).order_by("pk")
            files = list(due.select_for_update()[:AT_ONCE])
            if not files:
                return expired
            expired += _expire(files)
            last = files[-1].pk


def _expire(files: list[RunFile]) -> int:
    """What was made twice is kept once: it stays as long as the younger of both."""
    pks = [file.pk for file in files]
    others = RunFile.objects.filter(expired_at=None, content__in=[file.content.name for file in files])
    needed = set(others.exclude(pk__in=pks).values_list("content", flat=True))
    gone = [file.pk for file in files if file.content.name in needed or _erased(str(file.content.name))]
    return RunFile.objects.filter(pk__in=gone).update(expired_at=timezone.now())


def _erased(name: str) -> bool:
    """Never raises: what stays is tried again in an hour."""
    try:
        default_storage.delete(name)
    except OSError:
        logger.exception("The file of an old report could not be deleted")
        return False
    return True
