"""An alert to be taken away: one bundle with all that it refers to."""

from typing import Any

from csirt_network.models import Alert
from exchange.stix.ids import stix_id
from exchange.stix.making import objects_of

MEDIA_TYPE = "application/stix+json;version=2.1"


def bundle_of(alert: Alert, reader: Any) -> dict[str, Any]:
    """In the scope of the reader."""
    return {"type": "bundle", "id": stix_id("bundle", "alert", alert.pk), "objects": objects_of(alert, reader)}


def file_name(alert: Alert) -> str:
    """The label stands in the name: a file goes on without its page."""
    return f"TLP-{alert.tlp.replace('+', '-')}-alert-{alert.code}.stix.json"
