"""Answers in words: what the facts of a section say, label by label, for pages that only show them."""

from collections.abc import Callable
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from capability.models import CsirtStatus, StrategyStatus, ThreatClass, ThreatLevel
from capability.questions import CSIRT, REQUESTS, STRATEGY, THREATS, threat_classes
from common.mandate import Point, Sector
from common.partial_dates import in_words

Step = StrategyStatus.Step
Line = tuple[str | Promise, str | Promise]


def facts_in_words(question: str, facts: dict[str, Any]) -> list[Line]:
    """(label, what was said) in the order of the form, without what was left empty."""
    return WORDINGS[question](facts) if facts and question in WORDINGS else []


def _csirt(facts: dict[str, Any]) -> list[Line]:
    return _fields(CsirtStatus, facts, status=CsirtStatus.Status)


def _strategy(facts: dict[str, Any]) -> list[Line]:
    lines = _fields(StrategyStatus, facts, step=StrategyStatus.Step)
    stages, versions = facts.get("stages", {}), facts.get("versions", [])
    lines += [(_("Reached: %(stage)s") % {"stage": step.label}, stages[step]) for step in Step if step in stages]
    lines += [(_("Version %(n)s") % {"n": n}, _version(row)) for n, row in enumerate(versions, start=1)]
    held = enumerate(facts.get("consultations", []), start=1)
    return lines + [(_("Consultation %(n)s") % {"n": n}, consultation_in_words(row)) for n, row in held]


def _threats(facts: dict[str, Any]) -> list[Line]:
    lines: list[Line] = [(t.name, _threat(facts[t.code])) for t in _classes(facts) if t.code in facts]
    return lines + ([(_("How is this known?"), facts["source"])] if facts.get("source") else [])


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


def _version(row: dict[str, str]) -> str:
    return ", ".join(row[name] for name in ("title", "adopted", "link") if row.get(name))


def consultation_in_words(row: dict[str, Any]) -> str:
    """The sector, when it was consulted, and how many took part as far as they were counted."""
    parts = [str(_label(Sector, row.get("sector"))), in_words(str(row.get("held") or ""))]
    return ", ".join(part for part in (*parts, *_counted(row)) if part)


def _counted(row: dict[str, Any]) -> list[str]:
    words = {
        "women": ngettext_lazy("%(n)s woman", "%(n)s women", "n"),
        "men": ngettext_lazy("%(n)s man", "%(n)s men", "n"),
        "other": ngettext_lazy("%(n)s other", "%(n)s others", "n"),
        "not_stated": ngettext_lazy("%(n)s without a statement", "%(n)s without a statement", "n"),
    }
    return [str(words[name] % {"n": row[name]}) for name in words if isinstance(row.get(name), int)]


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
