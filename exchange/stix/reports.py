"""An alert as a report: its texts in the language it was written in, the other languages as language-content."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from common.translated import suffix
from csirt_network import rsit
from csirt_network.alert_words import languages_of
from csirt_network.models import Alert

TAGS = {"en": "en", "es": "es", "fr": "fr", "pt-br": "pt-BR"}  # RFC 5646


def language_of(alert: Alert) -> str:
    """The one it was written in, or the first there is a text in."""
    there = languages_of(alert)
    return alert.language if alert.language in there else there[0]


def tag_of(alert: Alert) -> str:
    return TAGS.get(language_of(alert), "en")


def report_facts(alert: Alert, about: Sequence[str]) -> dict[str, Any]:
    """`about`: the ids of what the report is about."""
    language = language_of(alert)
    return {
        "lang": tag_of(alert),
        "name": next(filter(None, _titles(alert, language)), alert.code),
        **_said("description", description_of(alert, language)),
        "published": None,
        "report_types": list(_types(alert, about)),
        "external_references": list(_references(alert)),
        "labels": labels_of(alert),
        "object_refs": list(about),
    }


def other_languages(alert: Alert) -> dict[str, dict[str, str]]:
    """By language: name and description, those of them that there are."""
    others = [code for code in languages_of(alert) if code != language_of(alert)]
    words = {
        TAGS[code]: {**_said("name", _title(alert, code)), **_said("description", description_of(alert, code))}
        for code in others
    }
    return {code: said for code, said in words.items() if said}


def description_of(alert: Alert, language: str) -> str:
    """What is happening, what to do, what it is about, and how it ended."""
    texts = [getattr(alert, f"{name}_{suffix(language)}") for name in ("happening", "to_do")]
    with translation.override(language):
        if alert.products:
            texts.append(_("Affected products: %(products)s") % {"products": alert.products})
        if alert.closing:
            texts.append(_("Closed: %(sentence)s") % {"sentence": alert.closing})
    return "\n\n".join(filter(None, texts))


def labels_of(alert: Alert) -> list[str]:
    """For filters of tools: kind, incident types as MISP writes them, PAP."""
    incidents = [_incident(code) for code in alert.rsit]
    return [alert.kind, *incidents, f"PAP:{alert.pap}", *(["exercise"] if alert.is_exercise else [])]


def _incident(code: str) -> str:
    known = rsit.TYPES.get(code)
    return rsit.misp_tag(known.class_code, code) if known else rsit.misp_tag(code)


def _titles(alert: Alert, language: str) -> Iterator[str]:
    """The same for every reader: whoever reads it in which language changes nothing."""
    return (_title(alert, code) for code in (language, *TAGS))


def _title(alert: Alert, language: str) -> str:
    return str(getattr(alert, f"title_{suffix(language)}"))


def _types(alert: Alert, about: Sequence[str]) -> Iterator[str]:
    if alert.cves:
        yield "vulnerability"
    if any(one.startswith("indicator--") for one in about):
        yield "indicator"
    yield "threat-report"


def _references(alert: Alert) -> Iterator[dict[str, str]]:
    page = settings.SITE_URL + alert.get_absolute_url()
    yield {"source_name": "OAS Cyber", "external_id": alert.code, "url": page}
    for cve in alert.cves:
        yield cve_reference(cve)


def cve_reference(cve: str) -> dict[str, str]:
    return {"source_name": "cve", "external_id": cve}


def _said(name: str, text: str) -> dict[str, str]:
    return {name: text} if text else {}
