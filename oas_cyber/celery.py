import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oas_cyber.settings")

app = Celery("oas_cyber")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
