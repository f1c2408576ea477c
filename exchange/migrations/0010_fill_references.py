import json
from itertools import islice

from django.db import migrations

from exchange.stix.referring import ABOUT, about_of


def fill(apps, schema_editor):
    """Of what is in the collections already."""
    objects, reference = (apps.get_model("exchange", name) for name in ("StixObject", "Reference"))
    rows = objects.objects.filter(type__in=ABOUT, gone_at=None).values_list("pk", "body")
    left = rows.iterator()
    while some := list(islice(left, 2000)):
        reference.objects.bulk_create(
            (reference(object_id=pk, stix_id=stix_id) for pk, body in some for stix_id in about_of(json.loads(body))),
            ignore_conflicts=True,
        )


class Migration(migrations.Migration):
    dependencies = [("exchange", "0009_references")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
