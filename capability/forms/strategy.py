"""The national strategy: where it stands, when each stage was reached, its other versions, who was consulted.

Versions and consultations are rows: those that are answered and one blank row. Each press of "Add another" saves what
was typed and brings the next blank row; a row with nothing in it is no row.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from capability.drafts import STRATEGY_FACTS, Content, Item, given
from capability.forms.base import YES_NO, FactsForm
from capability.models import StrategyStatus
from capability.models.strategies import PEOPLE
from common.mandate import Sector
from common.partial_dates import first_day

CHOOSE_STEP = gettext_lazy("Choose where the national strategy stands.")
WHOLE_ADDRESS = gettext_lazy("Enter a whole address, such as https://www.example.org/report.")
WHOLE_NUMBER = gettext_lazy("Enter a whole number, such as 12, or leave it empty.")
STAGES = [step for step in StrategyStatus.Step if step not in ("none", "unknown")]
MOST = {"versions": 10, "consultations": 20}
ROW = re.compile(r"(versions|consultations)-(\d{1,2})-\w+")


class PartialDateField(forms.CharField):
    """A year, a year and month, or a day, as the source gives it; nothing that is still to come."""

    def __init__(self, **more: Any) -> None:
        super().__init__(max_length=10, required=False, **more)

    def clean(self, value: Any) -> str:
        typed: str = super().clean(value)
        if typed and (day := first_day(typed)) is None:
            raise forms.ValidationError(_("Enter a year such as 2023, or a date such as 2023-12 or 2023-12-04."))
        if typed and day and day > timezone.localdate():
            raise forms.ValidationError(_("This date is still to come. Enter when it happened, or leave it empty."))
        return typed


@dataclass(frozen=True)
class Listed:
    """One row of a list: its number from one and its fields."""

    number: int
    fields: list[forms.BoundField]
    people: list[forms.BoundField]
    is_blank: bool

    @property
    def place(self) -> str:
        return str(self.number - 1)


class StrategyForm(FactsForm):
    NAMES = STRATEGY_FACTS
    SAID_YES_OR_NO = ("in_force",)

    step = forms.ChoiceField(
        label=gettext_lazy("Where does the national strategy stand?"),
        choices=[choice for choice in StrategyStatus.Step.choices if choice[0] != "unknown"],
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE_STEP, "invalid_choice": CHOOSE_STEP},
    )
    in_force = forms.ChoiceField(
        label=gettext_lazy("Is an adopted strategy in force?"),
        choices=YES_NO,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Say whether an adopted strategy is in force.")},
    )
    title = forms.CharField(label=gettext_lazy("Title"), max_length=250, required=False)
    adopted = PartialDateField(
        label=gettext_lazy("Adopted"),
        help_text=gettext_lazy("The year, or year, month and day: 2023 or 2023-12-04."),
    )
    later_versions = forms.CharField(label=gettext_lazy("Later versions"), max_length=250, required=False)
    link_to_text = forms.URLField(
        label=gettext_lazy("Where it can be read"),
        max_length=400,
        required=False,
        assume_scheme="https",
        error_messages={"invalid": WHOLE_ADDRESS},
    )

    field_order = ("step", "in_force", "title", "adopted", "later_versions", "link_to_text", "text")

    def __init__(self, data: Any = None, *, item: Item, files: Any = None) -> None:
        super().__init__(data, item=item, files=files)
        for stage in STAGES:
            self.fields[f"reached-{stage.value}"] = PartialDateField(label=stage.label)
        self.counts = {name: self._count(name) for name in MOST}
        for name, count in self.counts.items():
            for place in range(count):
                self.fields |= {f"{name}-{place}-{part}": field for part, field in FIELDS[name]().items()}

    @classmethod
    def values(cls, content: Content) -> dict[str, Any]:
        facts = content.facts
        values = super().values(content) | {"link_to_text": facts.get("link", ""), "link": ""}
        values |= {f"reached-{step}": reached for step, reached in facts.get("stages", {}).items()}
        for name, most in MOST.items():
            for place, row in enumerate(facts.get(name, [])[:most]):
                values |= {f"{name}-{place}-{part}": value for part, value in row.items()}
        return values

    def content(self) -> Content:
        """`link` is the field for evidence in every form; the strategy's own address is a field beside it."""
        content = super().content()
        facts = {name: value for name, value in content.facts.items() if name != "link"}
        stages = given({stage.value: self.typed(f"reached-{stage.value}") for stage in STAGES})
        rows = {name: [row for row in map(given, self._typed_rows(name)) if row] for name in MOST}
        return Content(
            facts=given(facts | {"link": self.typed("link_to_text"), "stages": stages} | rows), text=content.text
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        needed = {"versions": ("title", _("Enter the title of this version, or empty its row."))}
        needed["consultations"] = ("sector", _("Choose the sector that was consulted, or empty its row."))
        for name, (part, sentence) in needed.items():
            for place, row in enumerate(self._typed_rows(name)):
                if given(row) and not row[part]:
                    self.add_error(f"{name}-{place}-{part}", sentence)
        return cleaned

    def clean_title(self) -> str:
        title: str = self.cleaned_data["title"]
        if not title and self.cleaned_data.get("in_force") == "yes":
            raise forms.ValidationError(_("Enter the title of the strategy in force."))
        return title

    # What the page shows one by one --------------------------------------------------------------------------------

    @property
    def plain(self) -> list[forms.BoundField]:
        """The single questions; the old line of later versions only where it still says something."""
        names = ["step", "in_force", "title", "adopted", "later_versions", "link_to_text"]
        return [self[name] for name in names if name != "later_versions" or self["later_versions"].value()]

    @property
    def stages(self) -> list[forms.BoundField]:
        return [self[f"reached-{stage.value}"] for stage in STAGES]

    @property
    def versions(self) -> list[Listed]:
        return list(self._listed("versions"))

    @property
    def consultations(self) -> list[Listed]:
        return list(self._listed("consultations"))

    @property
    def may_add_version(self) -> bool:
        return self.counts["versions"] < MOST["versions"]

    @property
    def may_add_consultation(self) -> bool:
        return self.counts["consultations"] < MOST["consultations"]

    def is_in_a_row(self, name: str) -> bool:
        return ROW.fullmatch(name) is not None

    def _listed(self, name: str) -> Iterator[Listed]:
        for place in range(self.counts[name]):
            bound = {part: self[f"{name}-{place}-{part}"] for part in FIELDS[name]()}
            people = [field for part, field in bound.items() if part in PEOPLE]
            others = [field for part, field in bound.items() if part not in PEOPLE]
            yield Listed(place + 1, others, people, not any(field.value() for field in bound.values()))

    def _count(self, name: str) -> int:
        """As many as were typed, or as are answered, with a blank one behind them."""
        start = f"{self.add_prefix(name)}-" if self.is_bound else f"{name}-"
        known = self.data if self.is_bound else self.initial
        places = [int(key.removeprefix(start).split("-")[0]) for key in known if _is_row(key, start)]
        return min(max(places, default=-1) + (1 if self.is_bound else 2), MOST[name])

    def _typed_rows(self, name: str) -> Iterator[dict[str, Any]]:
        for place in range(self.counts[name]):
            yield {part: self._typed_part(f"{name}-{place}-{part}", part) for part in FIELDS[name]()}

    def _typed_part(self, field: str, part: str) -> Any:
        if part == "sector":
            return self.choice(field)
        typed = self.typed(field)
        return int(typed) if part in PEOPLE and typed.isdecimal() and len(typed) < 7 else typed


def _is_row(key: str, start: str) -> bool:
    return key.startswith(start) and key.removeprefix(start).split("-")[0].isdecimal()


def _version() -> dict[str, forms.Field]:
    return {
        "title": forms.CharField(label=_("Title"), max_length=250, required=False),
        "adopted": PartialDateField(label=_("Adopted")),
        "link": forms.URLField(
            label=_("Link"),
            max_length=400,
            required=False,
            assume_scheme="https",
            error_messages={"invalid": WHOLE_ADDRESS},
        ),
    }


def _consultation() -> dict[str, forms.Field]:
    counted = {"women": _("Women"), "men": _("Men"), "other": _("Other"), "not_stated": _("Not stated")}
    numbers = {name: _number(label) for name, label in counted.items()}
    sectors = [("", _("Choose a sector")), *Sector.choices]
    return {
        "sector": forms.ChoiceField(label=_("Sector"), choices=sectors, required=False),
        "held": PartialDateField(label=_("When")),
        **numbers,
    }


def _number(label: str) -> forms.IntegerField:
    wrong = {name: WHOLE_NUMBER for name in ("invalid", "min_value", "max_value")}
    return forms.IntegerField(label=label, required=False, min_value=0, max_value=999_999, error_messages=wrong)


FIELDS = {"versions": _version, "consultations": _consultation}
