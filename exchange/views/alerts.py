"""An alert taken away as STIX, as its reader sees it."""

import json
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from csirt_network.models import Alert
from csirt_network.reads import note_reading
from csirt_network.views.finding import find_alert
from exchange.stix.bundles import MEDIA_TYPE, bundle_of, file_name


@login_not_required
@require_safe
def alert_stix(request: HttpRequest, pk: int) -> HttpResponse:
    alert = find_alert(request, pk)
    note_reading(request, alert)
    return stix_response(alert, request.user)


def stix_response(alert: Alert, reader: Any) -> HttpResponse:
    text = json.dumps(bundle_of(alert, reader), ensure_ascii=False, indent=2)
    headers = {
        "Content-Disposition": f'attachment; filename="{file_name(alert)}"',
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(text, content_type=MEDIA_TYPE, headers=headers)
