"""The texts of an alert as event reports of MISP, in Markdown: one for each language, the label before and after."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid5

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from csirt_network.alert_words import Words, languages_of
from csirt_network.models import Alert

LANGUAGES: dict[str, Any] = dict(settings.LANGUAGES)


def reports_of(event: UUID, alert: Alert, at: int) -> list[dict[str, Any]]:
    return [
        {
            "uuid": str(uuid5(event, f"report {code}")),
            "name": f"{alert.code} ({LANGUAGES.get(code, code)})",
            "content": _content(Words(alert, code)),
            "timestamp": str(at),
        }
        for code in languages_of(alert)
    ]


def _content(words: Words) -> str:
    with translation.override(words.code):
        return "\n\n".join(_parts(words))


def _parts(words: Words) -> Iterator[str]:
    alert = words.alert
    yield f"**{alert.get_tlp_display()} {alert.get_pap_display()}**"
    yield f"# {alert.code} {words.title}"
    if words.happening:
        yield f"## {_('What is happening')}\n\n{words.happening}"
    if words.steps:
        steps = "\n".join(f"{number}. {step}" for number, step in enumerate(words.steps, 1))
        yield f"## {_('What to do now')}\n\n{steps}"
    if alert.products:
        yield f"## {_('Affected products')}\n\n{alert.products}"
    if alert.closing:
        yield f"## {_('How it ended')}\n\n{alert.closing}"
    yield f"**{alert.get_tlp_display()} {alert.get_pap_display()}**"
