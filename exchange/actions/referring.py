"""What objects are about, once more: while a release is put in, and after going back, the version before writes too."""

import json
from datetime import timedelta

from django.utils import timezone

from common.scope import PROGRAMME, scope
from exchange.models import Reference, StixObject
from exchange.stix.referring import ABOUT, about_of

BACK = timedelta(days=7)


def keep_references() -> None:
    """Of what came within a week and has none yet; none of what was deleted meanwhile."""
    with scope(PROGRAMME, page="references"):
        Reference.objects.filter(object__in=StixObject.objects.exclude(gone_at=None)).delete()
        rows = StixObject.objects.standing().filter(type__in=ABOUT, date_added__gte=timezone.now() - BACK)
        bodies = rows.filter(references=None).values_list("pk", "body").iterator()
        Reference.objects.bulk_create(
            Reference(object_id=pk, stix_id=stix_id) for pk, body in bodies for stix_id in about_of(json.loads(body))
        )
