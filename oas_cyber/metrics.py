"""Figures for those who run the portal, as Prometheus reads them; for whoever knows the token, for nobody else.

Counts of requests are kept in the shared cache, since several processes answer. Nothing here names a state or a person.
"""

import hmac
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db.models import Count, Min
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe
from redis.exceptions import RedisError

from audit.models import Fingerprint, Seal
from common.scope import PROGRAMME, scope
from notices.models import Job

REQUESTS, MONTH = "metrics-requests", 30 * 24 * 3600


def count_request(route: str, status: int) -> None:
    """Without the cache nothing is counted, and everything else goes on."""
    with suppress(RedisError, OSError):
        pipe = _counts().pipeline(transaction=False)
        pipe.hincrby(cache.make_key(REQUESTS), f"{route} {status}", 1).expire(cache.make_key(REQUESTS), MONTH)
        pipe.execute()


@login_not_required
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    token = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not settings.METRICS_TOKEN or not hmac.compare_digest(token.encode(), settings.METRICS_TOKEN.encode()):
        raise Http404
    lines = [*_requests(), *_of_database()]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; version=0.0.4; charset=utf-8")


def _counts() -> Any:
    client: Any = cache
    return client._cache.get_client(REQUESTS, write=True)


def _requests() -> Iterator[str]:
    yield "# TYPE oas_requests_total counter"
    with suppress(RedisError, OSError):
        for name, number in sorted(_counts().hgetall(cache.make_key(REQUESTS)).items()):
            route, _space, status = name.decode().rpartition(" ")
            yield f'oas_requests_total{{route="{route}",status="{status}"}} {int(number)}'


def _of_database() -> Iterator[str]:
    with scope(PROGRAMME, read_only=True):
        yield "# TYPE oas_jobs gauge"
        yield "# TYPE oas_oldest_waiting_seconds gauge"
        for kind in sorted(Job.kinds(), key=lambda kind: kind._meta.label_lower):
            yield from _jobs(kind)
        yield from _seals()


def _jobs(kind: type[Job]) -> Iterator[str]:
    """What is done is history; what waits, runs or has failed is to be looked after."""
    name, jobs = kind._meta.label_lower, kind._default_manager.exclude(status="done").order_by()
    numbers = dict(jobs.values_list("status").annotate(number=Count("pk")))
    for status in ("queued", "running", "failed"):
        yield f'oas_jobs{{kind="{name}",status="{status}"}} {numbers.get(status, 0)}'
    oldest = jobs.filter(status="queued", not_before__lte=timezone.now()).aggregate(at=Min("not_before"))["at"]
    yield f'oas_oldest_waiting_seconds{{kind="{name}"}} {_seconds_since(oldest)}'


def _seals() -> Iterator[str]:
    newest = Seal._default_manager.order_by("-pk").values_list("made_at", flat=True).first()
    yield "# TYPE oas_seal_age_seconds gauge"
    yield f"oas_seal_age_seconds {_seconds_since(newest)}"
    yield "# TYPE oas_unsealed_entries gauge"
    yield f"oas_unsealed_entries {Fingerprint._default_manager.filter(seal=None).count()}"


def _seconds_since(moment: Any) -> int:
    return round((timezone.now() - moment).total_seconds()) if moment else 0
