"""The threat picture: how far each class of incident reaches, where it tends, and how that is known."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django import forms
from django.utils.translation import gettext as _

from capability.drafts import Content, Item, given
from capability.forms.base import AnswerForm
from capability.models import ThreatClass, ThreatLevel
from capability.questions import threat_classes


class Row(NamedTuple):
    threat: ThreatClass
    level: forms.BoundField
    trend: forms.BoundField
    source: forms.BoundField


class ThreatsForm(AnswerForm):
    def __init__(self, data: Any = None, *, item: Item, files: Any = None) -> None:
        super().__init__(data, item=item, files=files)
        self.fields["source"] = forms.CharField(
            label=_("How is this known?"),
            help_text=_("A report, a body or a link. It holds for every class that names no source of its own."),
            max_length=200,
            required=False,
        )
        self.classes: list[ThreatClass] = list(threat_classes())
        for threat in self.classes:
            self.fields |= _fields_of(threat)

    @classmethod
    def values(cls, content: Content) -> dict[str, Any]:
        classes = {code: said for code, said in content.facts.items() if code != "source"}
        values = {f"{code}-{name}": value for code, said in classes.items() for name, value in said.items()}
        return values | {"source": content.facts.get("source", "")}

    def content(self) -> Content:
        rows = {threat.code: given(self._said(threat.code)) for threat in self.classes}
        return Content(facts=given({**rows, "source": self.typed("source")}))

    def rows(self) -> Iterator[Row]:
        for threat in self.classes:
            yield Row(threat, *(self[f"{threat.code}-{name}"] for name in ("level", "trend", "source")))

    def _said(self, code: str) -> dict[str, str]:
        level, trend = self.choice(f"{code}-level"), self.choice(f"{code}-trend")
        return {"level": level, "trend": trend, "source": self.typed(f"{code}-source")}


def _fields_of(threat: ThreatClass) -> dict[str, forms.Field]:
    choose = _("Choose a level for “%(threat)s”.") % {"threat": threat.name}
    wrong = {"required": choose, "invalid_choice": choose}
    return {
        f"{threat.code}-level": forms.ChoiceField(
            label=_("Level"), choices=ThreatLevel.Level.choices, widget=forms.RadioSelect, error_messages=wrong
        ),
        f"{threat.code}-trend": forms.ChoiceField(
            label=_("Trend"), choices=[("", _("Not known")), *ThreatLevel.Trend.choices], required=False
        ),
        f"{threat.code}-source": forms.CharField(label=_("Source"), max_length=200, required=False),
    }
