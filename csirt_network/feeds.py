"""Alerts as an Atom feed (RFC 4287), as one reader may read them. To be called in the scope of that reader.

A feed has little power: above TLP:GREEN it tells number, label and link and no more; what is for named persons alone,
what may not leave a network (PAP:RED) and what is an exercise are never in it.
"""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree

from django.conf import settings
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import get_language, gettext

from common.tlp import Tlp
from common.translated import suffix
from csirt_network.models import Alert, AlertVersion

NAMESPACE = "http://www.w3.org/2005/Atom"
MOST = 50
OPEN = (Tlp.CLEAR, Tlp.GREEN)
ANCIENT = datetime(2004, 10, 8, tzinfo=UTC)  # of the organisation's strategy: a feed without entries has a date too
NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def entries_for(reader: Any) -> list[Alert]:
    """The newest first; each with `changed_at`."""
    return list(for_programs(reader)[:MOST])


def for_programs(reader: Any) -> Any:
    """Alerts that may be passed on to programs of `reader`, the newest first, each with `changed_at`."""
    latest = AlertVersion.objects.visible_to(reader).filter(alert=OuterRef("pk")).order_by("-number").values("at")[:1]
    alerts = Alert.objects.visible_to(reader).by_feed().select_related("from_team")
    return alerts.annotate(changed_at=Coalesce(Subquery(latest), F("published_at"))).order_by("-changed_at", "-pk")


def atom(alerts: Iterable[Any], *, feed: str, title: str, address: str = "") -> bytes:
    """`feed` names it for good (atom:id); `address` is where it is read, when that is no secret."""
    alerts = list(alerts)
    root = ElementTree.Element("feed", {"xmlns": NAMESPACE, "xml:lang": get_language() or "en"})
    _put(root, "id", feed)
    _put(root, "title", title)
    _put(root, "updated", _moment(max((alert.changed_at for alert in alerts), default=ANCIENT)))
    ElementTree.SubElement(_put(root, "author"), "name").text = str(settings.PROGRAMME_NAME)
    _put(root, "link", rel="alternate", type="text/html", href=settings.SITE_URL + reverse("alert-list"))
    if address:
        _put(root, "link", rel="self", type="application/atom+xml", href=address)
    for alert in alerts:
        _entry(root, alert)
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)


def _entry(root: Any, alert: Any) -> None:
    entry, link = _put(root, "entry"), settings.SITE_URL + alert.get_absolute_url()
    known = {"tlp": alert.get_tlp_display(), "code": alert.code, "title": alert.title_in_any}
    is_open = alert.tlp in OPEN
    sentence = gettext("[%(tlp)s] Alert %(code)s: %(title)s") if is_open else gettext("[%(tlp)s] Alert %(code)s")
    _put(entry, "id", link)
    _put(entry, "title", sentence % known)
    _put(entry, "updated", _moment(alert.changed_at))
    _put(entry, "published", _moment(alert.published_at))
    _put(entry, "link", rel="alternate", type="text/html", href=link)
    _put(entry, "category", scheme="https://www.first.org/tlp/", term=alert.get_tlp_display())
    if is_open:
        _put(entry, "content", _text(alert), type="text")


def _text(alert: Any) -> str:
    """The label stands right before the text and after it."""
    written = suffix(alert.language)
    parts = [getattr(alert, name) or getattr(alert, f"{name}_{written}") for name in ("happening", "to_do")]
    return "\n\n".join([alert.get_tlp_display(), *filter(None, parts), alert.get_tlp_display()])


def _put(parent: Any, tag: str, text: str | None = None, **attributes: str) -> Any:
    child = ElementTree.SubElement(parent, tag, attributes)
    child.text = None if text is None else NO_XML.sub("\N{REPLACEMENT CHARACTER}", text)
    return child


def _moment(moment: datetime) -> str:
    """RFC 3339, as RFC 4287, section 3.3 asks."""
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
