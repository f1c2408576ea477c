"""/.well-known/security.txt (RFC 9116): whom to tell of a weakness in the portal, in which languages, until when."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.checks import CheckMessage, Error
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

SCHEMES = ("mailto:", "https://", "tel:")
LONGEST = timedelta(days=366)


@login_not_required
@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    fields = [("Contact", contact.strip()) for contact in settings.SECURITY_CONTACTS]
    fields += [
        ("Expires", expires().strftime("%Y-%m-%dT%H:%M:%SZ")),
        ("Preferred-Languages", "en, es, fr, pt"),
        ("Canonical", settings.SITE_URL + reverse("security-txt")),
        ("Policy", settings.SITE_URL + reverse("disclosure-policy")),
        ("CSAF", settings.SITE_URL + reverse("csaf-provider")),
    ]
    lines = "".join(f"{name}: {value}\r\n" for name, value in fields)
    return HttpResponse(lines, content_type="text/plain; charset=utf-8")


def expires() -> datetime:
    """The end of the day that is set."""
    return datetime.combine(date.fromisoformat(settings.SECURITY_EXPIRES), time(23, 59, 59), UTC)


def check_security_txt(app_configs: Any, **more: Any) -> list[CheckMessage]:
    """For `manage.py check --deploy`."""
    return list(_faults())


def _faults() -> Iterator[CheckMessage]:
    for contact in settings.SECURITY_CONTACTS:
        if not contact.strip().startswith(SCHEMES):
            hint = "Write mailto:security@… or the address of a page that begins with https://."
            yield Error(f"OAS_SECURITY_CONTACT: {contact!r} is no address.", hint=hint, id="oas_cyber.E001")
    try:
        left = expires() - datetime.now(UTC)
    except ValueError:
        yield Error("OAS_SECURITY_EXPIRES is no day.", hint="Write it as 2027-06-30.", id="oas_cyber.E002")
        return
    if not timedelta() < left <= LONGEST:
        hint = "See that the contact still answers, then set a day within the next twelve months."
        yield Error("OAS_SECURITY_EXPIRES lies in the past or too far ahead.", hint=hint, id="oas_cyber.E003")
