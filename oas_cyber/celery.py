import os
from typing import Any

from celery import Celery
from celery.signals import worker_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oas_cyber.settings")

app = Celery("oas_cyber")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_init.connect
def refuse_to_work_with_holes(**_: Any) -> None:
    """SystemExit, because Celery only logs other errors of a signal."""
    import django

    django.setup()
    from oas_cyber.health import refuse_holes

    try:
        refuse_holes()
    except Exception as error:
        raise SystemExit(f"The worker does not start. {error}") from error
