"""An alert as one of its earlier versions said it, from what was kept when that went out."""

import copy
from dataclasses import dataclass
from typing import Any

from csirt_network import alert_words
from csirt_network.actions.publishing import TEXTS
from csirt_network.indicators import defang
from csirt_network.models import Alert, AlertVersion


@dataclass(frozen=True)
class Earlier:
    version: AlertVersion
    words: alert_words.Words
    products: str
    cves: list[str]
    indicators: list[tuple[str, str]]  # made harmless, each with its note


def earlier_of(user: Any, alert: Alert, number: str, language: str = "") -> Earlier | None:
    """Version `number`, if `user` may read it and it is not the one that stands; anything else is none."""
    found = AlertVersion.objects.visible_to(user).filter(alert=alert).exclude(number=alert.version)
    version = found.filter(number=int(number)).first() if number.isdecimal() and len(number) < 6 else None
    if version is None:
        return None
    said, then = version.snapshot, copy.copy(alert)
    for name in (*TEXTS, "language"):
        setattr(then, name, said[name])
    return Earlier(
        version=version,
        words=alert_words.words_of(then, language),
        products=said["products"],
        cves=said["cves"],
        indicators=[(defang(one["value"], one["kind"]), one["note"]) for one in said["indicators"]],
    )
