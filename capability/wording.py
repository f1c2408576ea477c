"""Answers in words: what the facts of a section say, label by label, for pages that only show them."""

from collections.abc import Callable
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from capability.models import CsirtStatus, StrategyStatus, ThreatClass, ThreatLevel
from capability.questions import CSIRT, REQUESTS, STRATEGY, THREATS, threat_classes
from common.mandate import Point

Line = tuple[str | Promise, str | Promise]


def facts_in_words(question: str, facts: dict[str, Any]) -> list[Line]:
    """(label, what was said) in the order of the form, without what was left empty."""
    return WORDINGS[question](facts) if facts and question in WORDINGS else []


def _csirt(facts: dict[str, Any]) -> list[Line]:
    return _fields(CsirtStatus, facts, status=CsirtStatus.Status)


def _strategy(facts: dict[str, Any]) -> list[Line]:
    return _fields(StrategyStatus, facts, step=StrategyStatus.Step)


def _threats(facts: dict[str, Any]) -> list[Line]:
    return [(threat.name, _threat(facts[threat.code])) for threat in _classes(facts) if threat.code in facts]


def _requests(facts: dict[str, Any]) -> list[Line]:
    return [(point.label, facts[str(point.value)]) for point in Point if str(point.value) in facts]


WORDINGS: dict[str, Callable[[dict[str, Any]], list[Line]]] = {
    CSIRT: _csirt,
    STRATEGY: _strategy,
    THREATS: _threats,
    REQUESTS: _requests,
}


def _classes(facts: dict[str, Any]) -> list[ThreatClass]:
    return list(threat_classes().filter(code__in=facts))


def _threat(said: dict[str, str]) -> str:
    level = _label(ThreatLevel.Level, said.get("level"))
    trend = _label(ThreatLevel.Trend, said.get("trend"))
    return ", ".join(str(part) for part in (level, trend, said.get("source")) if part)


def _fields(model: Any, facts: dict[str, Any], **choices: Any) -> list[Line]:
    names = [column.name for column in model._meta.fields if column.name in facts]
    return [(_sentence_case(model, name), _value(facts[name], choices.get(name))) for name in names]


def _sentence_case(model: Any, name: str) -> str:
    label = str(model._meta.get_field(name).verbose_name)
    return label[:1].upper() + label[1:]


def _value(value: Any, choices: Any) -> str | Promise:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return _label(choices, value) if choices else str(value)


def _label(choices: Any, value: Any) -> str | Promise:
    """Drafts may hold what is no choice any more; it is shown as it is."""
    return choices(value).label if value in choices.values else str(value or "")
