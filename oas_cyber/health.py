"""Is the portal alive, and may it serve? And the gate: a database with a hole in its wall is not served from."""

import logging
from collections.abc import Callable, Iterator
from functools import cache

from celery import current_app
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from common.holes import holes

logger = logging.getLogger(__name__)


@login_not_required
@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """The process answers; it asks nobody else, so that a database that is away restarts nothing."""
    return JsonResponse({"live": True})


@login_not_required
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """Database, broker, migrations and wall. What is amiss stands in the log, never in the answer."""
    amiss = list(_amiss())
    for fault in amiss:
        logger.error("Not ready: %s", fault)
    return JsonResponse({"ready": not amiss}, status=503 if amiss else 200)


class HealthMiddleware:
    """Answers the two health pages before sessions, scopes and redirects, which all need what is being asked about."""

    pages = {"/health/live": live, "/health/ready": ready}

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        page = self.pages.get(request.path.rstrip("/"))
        if page is None:
            return self.get_response(request)
        response = page(request)
        response["Cache-Control"] = "no-store"
        return response


def refuse_holes() -> None:
    """Raises ImproperlyConfigured, naming each hole, unless the wall stands whole."""
    try:
        found = holes()
    finally:
        connection.close()  # the process may yet fork
    if found:
        raise ImproperlyConfigured(
            "The portal refuses to serve, because its database has holes in the wall: "
            + "; ".join(found)
            + ". Run the migrations as the owner, sign in as oas_app, and see docs/operations.md."
        )


def _amiss() -> Iterator[str]:
    for check in (_database, _broker):
        try:
            yield from check()
        except Exception as error:
            yield f"{check.__name__}: {error}"


def _database() -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    missing = migrations_of_the_code() - set(MigrationRecorder(connection).applied_migrations())
    yield from (f"the migration {app}.{name} has not run" for app, name in sorted(missing))
    yield from holes()


def _broker() -> Iterator[str]:
    with current_app.connection_for_write(transport_options={"max_retries": 0}) as broker:
        broker.default_channel.client.ping()
    yield from ()


@cache
def migrations_of_the_code() -> frozenset[tuple[str, str]]:
    return frozenset(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)
