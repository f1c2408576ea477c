import os
from typing import Any

from celery import Celery
from celery.signals import setup_logging, worker_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oas_cyber.settings")

app = Celery("oas_cyber")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@setup_logging.connect
def log_as_the_web_does(**_: Any) -> None:
    """Celery would put its own lines in the place of ours."""
    from django.conf import settings
    from django.utils.log import configure_logging

    configure_logging(settings.LOGGING_CONFIG, settings.LOGGING)


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
