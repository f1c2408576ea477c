"""Celery only rings: tasks carry ids, speak JSON, and may be run twice. What is to be done stands in the database."""

import inspect
import json

import pytest
from celery import current_app
from django.conf import settings

from audit.models import Seal
from common.scope import PROGRAMME, scope
from notices import bell
from notices.models import Job, Mail
from reporting.models import Run
from tests.factories.reporting import make_schedule

current_app.loader.import_default_modules()
OURS = {name: task for name, task in current_app.tasks.items() if not name.startswith("celery.")}
BY_BEAT = sorted({entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()})


def test_every_task_is_known_and_beat_rings_only_those():
    assert "notices.tasks.ring" in OURS
    assert set(BY_BEAT) <= OURS.keys()


@pytest.mark.parametrize("name", OURS)
def test_a_task_takes_the_id_of_a_row_and_its_kind_and_nothing_else(name):
    parameters = inspect.signature(OURS[name].run).parameters.values()

    assert {parameter.annotation for parameter in parameters} <= {str, int}
    assert [parameter.name for parameter in parameters] in ([], ["pk"], ["label", "pk"])


def test_nothing_but_json_is_spoken():
    assert current_app.conf.accept_content == ["json"]
    assert current_app.conf.task_serializer == "json"
    assert current_app.conf.event_serializer == current_app.conf.result_serializer == "json"


def test_a_bell_carries_the_kind_and_the_id_of_a_row(
    update_chl, lead_chl, monkeypatch, django_capture_on_commit_callbacks
):
    rung = []
    monkeypatch.setattr(bell, "send", lambda task, *words: rung.append([task, *words]))
    with django_capture_on_commit_callbacks(execute=True), scope(PROGRAMME):
        bell.ring_soon(Mail.objects.create(kind="update due", object_id=update_chl.pk, person=lead_chl))

    (message,) = rung
    assert json.loads(json.dumps(message)) == message
    assert message[:2] == ["notices.tasks.ring", "notices.mail"]
    assert [type(part) for part in message] == [str, str, int]


def test_each_kind_of_job_is_claimed_alike():
    assert {Mail, Run} <= set(Job.kinds())
    assert all("work" not in vars(kind) for kind in Job.kinds())


@pytest.mark.parametrize("name", BY_BEAT)
def test_what_beat_rings_may_be_run_twice(name, update_chl, lead_chl, chile, officer, manager):
    make_schedule(manager, chile, every="day")

    OURS[name].run()
    once = rows()
    OURS[name].run()

    assert rows() == once


def rows():
    with scope(PROGRAMME):
        return [list(kind.objects.order_by("pk").values()) for kind in (Mail, Run, Seal)]
