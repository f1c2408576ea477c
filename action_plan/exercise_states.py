"""Where an exercise stands. The ways between: exercise_life.py."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Stands(TextChoices):
    WRITTEN = "written", _("Being written")
    READY = "ready", pgettext_lazy("exercise", "Ready")
    RUNNING = "running", pgettext_lazy("exercise", "Running")
    PAUSED = "paused", _("Paused")
    ENDED = "ended", pgettext_lazy("exercise", "Ended: hot wash")
    REPORTED = "reported", pgettext_lazy("exercise", "Reported")


BEFORE = (Stands.WRITTEN, Stands.READY)
ON = (Stands.RUNNING, Stands.PAUSED)
OVER = (Stands.ENDED, Stands.REPORTED)
