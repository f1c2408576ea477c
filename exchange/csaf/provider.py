"""What a provider of CSAF 2.0 shows (section 7.1), all of it for everybody: alerts under TLP:CLEAR and no others.

To be made in the scope of nobody.
"""

import csv
import hashlib
from collections.abc import Iterable
from datetime import datetime
from io import StringIO
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import translation

from common.tlp import Tlp
from csirt_network.feeds import ANCIENT, for_programs
from csirt_network.models import Alert
from exchange.csaf.advisories import address_of, advisory_of, file_name, folder_of, id_of, moment, publisher
from exchange.csaf.words import main_language, title_of

SCHEMA = "https://docs.oasis-open.org/csaf/csaf/v2.0/csaf_json_schema.json"
CATEGORY = {"scheme": "urn:ietf:params:rolie:category:information-type", "term": "csaf"}
HASHES = ("sha256", "sha512")
Json = dict[str, Any]


class Line(NamedTuple):
    """Of the list for people."""

    alert: Any
    path: str
    address: str
    title: str
    language: str


def public_alerts() -> Any:
    """The one that changed last first."""
    return for_programs(AnonymousUser()).filter(tlp=Tlp.CLEAR)


def metadata(alerts: Iterable[Any]) -> Json:
    return {
        "canonical_url": settings.SITE_URL + reverse("csaf-provider"),
        "distributions": [
            {"directory_url": settings.SITE_URL + reverse("csaf-folder")},
            {"rolie": {"feeds": [{"summary": _title(), "tlp_label": "WHITE", "url": _feed_address()}]}},
        ],
        "last_updated": moment(changed_last(alerts)),
        "list_on_CSAF_aggregators": True,
        "metadata_version": "2.0",
        "mirror_on_CSAF_aggregators": True,
        "publisher": publisher(),
        "role": "csaf_provider",
    }


def index(alerts: Iterable[Any]) -> str:
    """Section 7.1.12."""
    return "".join(f"{path_of(alert)}\n" for alert in alerts)


def changes(alerts: Iterable[Any]) -> str:
    """Section 7.1.13: what changed last first."""
    made = StringIO()
    rows = ((path_of(alert), moment(alert.changed_at)) for alert in alerts)
    csv.writer(made, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(rows)
    return made.getvalue()


def rolie(alerts: Iterable[Any]) -> Json:
    """Section 7.1.15; RFC 8322."""
    alerts = list(alerts)
    feed = {
        "id": "oas-csaf-feed-tlp-white",
        "title": _title(),
        "link": [{"rel": "self", "href": _feed_address()}],
        "category": [CATEGORY],
        "updated": moment(changed_last(alerts)),
        "entry": [_entry(alert) for alert in alerts],
    }
    return {"feed": feed}


def digest_of(alert: Alert, name: str) -> str:
    """Section 7.1.18: the line that sha256sum and sha512sum take."""
    digest = hashlib.new(name, advisory_of(alert, AnonymousUser())).hexdigest()
    return f"{digest}  {file_name(alert)}\n"


def line_of(alert: Any) -> Line:
    """Its address here, for that of the site is the same."""
    address = address_of(alert).removeprefix(settings.SITE_URL)
    return Line(alert, path_of(alert), address, title_of(alert), main_language(alert))


def path_of(alert: Alert) -> str:
    return f"{folder_of(alert)}/{file_name(alert)}"


def changed_last(alerts: Iterable[Any]) -> datetime:
    return max((alert.changed_at for alert in alerts), default=ANCIENT)


def _entry(alert: Any) -> Json:
    address = address_of(alert)
    hashes = [{"rel": "hash", "href": f"{address}.{name}"} for name in HASHES]
    return {
        "id": id_of(alert),
        "title": title_of(alert),
        "link": [{"rel": "self", "href": address}, *hashes],
        "published": moment(alert.published_at),
        "updated": moment(alert.changed_at),
        "content": {"type": "application/json", "src": address},
        "format": {"schema": SCHEMA, "version": "2.0"},
    }


def _title() -> str:
    with translation.override("en"):
        return translation.gettext("Alerts under TLP:CLEAR")


def _feed_address() -> str:
    return str(settings.SITE_URL + reverse("csaf-rolie"))
