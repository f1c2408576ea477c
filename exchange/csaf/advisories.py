"""One alert as a document of CSAF 2.0. To be made in the scope of whoever reads it; it says what the alert says."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from common.tlp import Pap, Tlp
from csirt_network.alert_words import Words
from csirt_network.feeds import ANCIENT
from csirt_network.models import Alert, AlertVersion
from exchange.csaf.words import main_language, note, notes_of, sharing_of, steps_of, title_of

TLP_OF_FIRST = "https://www.first.org/tlp/"
# Section 3.2.1.5.2.1 knows the labels of TLP 1; the label of TLP 2.0 stands in the text beside it.
LABELS = {Tlp.CLEAR: "WHITE", Tlp.GREEN: "GREEN", Tlp.AMBER: "AMBER", Tlp.STRICT: "AMBER", Tlp.RED: "RED"}
Json = dict[str, Any]


def advisory_of(alert: Alert, reader: Any) -> bytes:
    """The file. A public one is the same for everybody, whatever else they may read of it."""
    who = AnonymousUser() if is_public(alert) else reader
    return file_of(alert, AlertVersion.objects.visible_to(who).filter(alert=alert).order_by("number").defer("snapshot"))


def file_of(alert: Alert, versions: Iterable[AlertVersion]) -> bytes:
    """`versions`: those that the reader may read, the oldest first."""
    with translation.override(main_language(alert)):
        made: Json = {"document": _document(alert, list(versions))}
        products = products_of(alert)
        if alert.cves and products:
            made["product_tree"] = {"full_product_names": products}
        if alert.cves:
            made["vulnerabilities"] = [_vulnerability(alert, cve, products) for cve in dict.fromkeys(alert.cves)]
    return json.dumps(made, ensure_ascii=False, indent=1, sort_keys=True).encode()


def is_public(alert: Alert) -> bool:
    """Whether the provider hands it out to everybody (AlertQuerySet.by_feed)."""
    is_passed_on = alert.is_out and not alert.is_exercise and alert.pap != Pap.RED
    return is_passed_on and alert.tlp == Tlp.CLEAR


def id_of(alert: Alert) -> str:
    return f"OAS-{alert.code}"


def file_name(alert: Alert) -> str:
    """Section 5.1: the id in lower case, and nothing in it but letters, digits, + and -."""
    return f"{id_of(alert).lower()}.json"


def address_of(alert: Alert) -> str:
    if not is_public(alert):
        return str(settings.SITE_URL + reverse("alert-csaf", args=[alert.pk]))
    year, name = folder_of(alert), file_name(alert).removesuffix(".json")
    return str(settings.SITE_URL + reverse("csaf-file", args=[year, name]))


def folder_of(alert: Alert) -> int:
    """Section 7.1.11: the year of the first release."""
    return (alert.published_at or ANCIENT).astimezone(UTC).year


def moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def publisher() -> Json:
    """The programme, which brings together what teams say: a coordinator (section 3.2.1.8.1)."""
    with translation.override("en"):
        name = str(settings.PROGRAMME_NAME)
    return {"category": "coordinator", "name": name, "namespace": settings.SITE_URL}


def products_of(alert: Alert) -> list[Json]:
    """A product a line, in the words of the alert."""
    lines = dict.fromkeys(line.strip() for line in alert.products.splitlines())
    return [{"name": line, "product_id": f"CSAFPID-{number:04d}"} for number, line in enumerate(filter(None, lines), 1)]


def _document(alert: Alert, versions: list[AlertVersion]) -> Json:
    from_team = {"acknowledgments": [{"organization": str(alert.from_team)}]} if alert.from_team else {}
    return {
        **from_team,
        "category": _category(alert),
        "csaf_version": "2.0",
        "distribution": {"text": sharing_of(alert), "tlp": {"label": LABELS[Tlp(alert.tlp)], "url": TLP_OF_FIRST}},
        "lang": _tag(main_language(alert)),
        "notes": notes_of(alert),
        "publisher": publisher(),
        "references": [
            {"category": "self", "summary": id_of(alert), "url": address_of(alert)},
            {"category": "external", "summary": _("The alert"), "url": settings.SITE_URL + alert.get_absolute_url()},
        ],
        "title": title_of(alert),
        "tracking": _tracking(alert, versions),
    }


def _category(alert: Alert) -> str:
    """Sections 4.1 to 4.4: which profile it can keep."""
    if not alert.cves:
        return "csaf_informational_advisory"
    return "csaf_security_advisory" if products_of(alert) else "csaf_base"


def _tracking(alert: Alert, versions: list[AlertVersion]) -> Json:
    history = list(_history(alert, versions))
    return {
        "current_release_date": history[-1]["date"],
        "id": id_of(alert),
        "initial_release_date": history[0]["date"],
        "revision_history": history,
        "status": "final",
        "version": history[-1]["number"],
    }


def _history(alert: Alert, versions: list[AlertVersion]) -> Iterable[Json]:
    """No number may be missing (section 6.1.21). Of a version for other readers it has the number and nothing else:
    its date is that of the one before it."""
    readable = {version.number: version for version in versions}
    at = alert.published_at or ANCIENT
    for number in range(1, max(alert.version, 1) + 1):
        version = readable.get(number)
        at = version.at if version else at
        yield {"date": moment(at), "number": str(number), "summary": _summary(number, version)}


def _summary(number: int, version: AlertVersion | None) -> str:
    if version is None and number > 1:
        return _("A version for other readers.")
    return (version and version.what_changed) or (_("First version.") if number == 1 else _("New version."))


def _vulnerability(alert: Alert, cve: str, products: list[Json]) -> Json:
    """Of scores and weaknesses an alert says nothing, so neither does this."""
    ids = [product["product_id"] for product in products]
    made: Json = {"cve": cve, "notes": [note("general", _("The alert"), f"{alert.code} {title_of(alert)}")]}
    words = Words(alert, main_language(alert))
    if ids:
        made["product_status"] = {"known_affected": ids}
        made["notes"] += [note("other", _("Affected products"), _together())] if len(alert.cves) > 1 else []
    if ids and words.steps:
        made["remediations"] = [{"category": "mitigation", "details": steps_of(words), "product_ids": ids}]
    return made


def _together() -> str:
    return _("The alert names its vulnerabilities and the affected products together, not one by one.")


def _tag(code: str) -> str:
    """As BCP 47 writes it: pt-BR."""
    language, _hyphen, region = code.partition("-")
    return f"{language}-{region.upper()}" if region else language
