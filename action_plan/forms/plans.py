"""Forms of country plans. What is needed is chosen from what the state's accepted data offers."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from action_plan.needs import Present
from action_plan.text import Kind, LineText, Need, PlanText
from capability.models import Stage
from member_states.models import Liaison, MemberState

DAY = {"type": "date"}
EDITED: dict[str, Any] = {"widget": forms.HiddenInput, "required": False, "max_value": 2_000_000_000}


def day(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(DAY, format="%Y-%m-%d"), **more)


def text(label: Any, length: int, rows: int = 4, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=length, widget=forms.Textarea({"rows": rows}), **more)


class PeriodForm(forms.Form):
    starts_on = day(gettext_lazy("From"))
    ends_on = day(gettext_lazy("Until"))
    owner = forms.ModelChoiceField(label=gettext_lazy("Responsible"), queryset=User.objects.none())
    edited = forms.IntegerField(**EDITED)

    def __init__(self, *args: Any, state: MemberState, **kwargs: Any) -> None:
        """Whoever speaks for the state is not responsible for its plan in the programme's name."""
        super().__init__(*args, **kwargs)
        owner: Any = self.fields["owner"]
        speak = Liaison.objects.current().filter(state=state).values("person")
        people = User.objects.with_staff_role("officer", "manager").exclude(pk__in=speak)
        owner.queryset = people.order_by("name", "pk")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last <= first:
            self.add_error("ends_on", _("The plan ends before it begins. Choose a later day."))
        if first and last and last - first > timedelta(days=5 * 366):
            self.add_error("ends_on", _("A plan covers five years at most. Choose an earlier day."))
        return cleaned


class LineForm(forms.Form):
    is_needed = forms.ChoiceField(
        label=gettext_lazy("Is support needed here?"),
        choices=[("yes", gettext_lazy("Yes, this point is part of the plan")), ("no", gettext_lazy("Not needed"))],
        widget=forms.RadioSelect,
    )
    what = text(gettext_lazy("What will be done"), 2000, required=False)
    needs = forms.MultipleChoiceField(
        label=gettext_lazy("Needs it answers"), required=False, widget=forms.CheckboxSelectMultiple
    )
    is_refreshed = forms.BooleanField(
        label=gettext_lazy("Take today’s values of the needs that have changed"), required=False
    )
    target_stage = forms.TypedChoiceField(
        label=gettext_lazy("Target stage"), required=False, coerce=int, empty_value=None
    )
    target_on = day(gettext_lazy("Target date"), required=False)
    not_needed_because = text(gettext_lazy("Why it is not needed"), 500, rows=3, required=False)
    edited = forms.IntegerField(**EDITED)

    def __init__(self, data: Any, *, line: LineText, plan: PlanText, present: Present, edited: int) -> None:
        self.line, self.plan = line, plan
        self.chosen = {need.key: need for need in line.needs}
        offered = {need.key: need for need in present.offered}
        self.offered = {**offered, **self.chosen}
        self.now = {key: present.now(need) for key, need in self.chosen.items()}
        super().__init__(data, initial=self._initial(edited))
        needs: Any = self.fields["needs"]
        needs.choices = [(key, need.in_words) for key, need in self.offered.items()]
        stage: Any = self.fields["target_stage"]
        stage.choices = [("", _("No target stage")), *((str(s.value), f"{s.value} {s.label}") for s in Stage)]

    def _initial(self, edited: int) -> dict[str, Any]:
        line = self.line
        said = {name: getattr(line, name) for name in ("what", "target_stage", "target_on", "not_needed_because")}
        is_needed = "" if line.is_empty else "yes" if line.is_needed else "no"
        return said | {"is_needed": is_needed, "needs": list(self.chosen), "edited": edited}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("is_needed") == "no" and not cleaned.get("not_needed_because"):
            self.add_error("not_needed_because", _("Say why it is not needed: the state reads it."))
        if cleaned.get("is_needed") == "yes" and not cleaned.get("what"):
            self.add_error("what", _("Say what will be done, or choose “Not needed”."))
        target = cleaned.get("target_on")
        if target and not self.plan.starts_on <= target <= self.plan.ends_on:
            self.add_error("target_on", _("The target date lies outside the period of the plan. Choose a day in it."))
        return cleaned

    def columns(self) -> dict[str, Any]:
        """A point that is not needed keeps nothing but the reason."""
        given = self.cleaned_data
        if given["is_needed"] == "no":
            because = given["not_needed_because"]
            return {"what": "", "target_stage": None, "target_on": None, "not_needed_because": because}
        said = {name: given[name] for name in ("what", "target_stage", "target_on")}
        return said | {"not_needed_because": ""}

    def picked(self) -> list[str]:
        return self.cleaned_data["needs"] if self.cleaned_data["is_needed"] == "yes" else []

    @property
    def stale(self) -> dict[str, Need]:
        """Chosen needs that stand otherwise today, as they stand today."""
        return {key: now for key, need in self.chosen.items() if (now := self.now[key]) and now != need}

    def needs_to_save(self) -> tuple[set[str], list[Need]]:
        """The keys that keep their values, and what is added."""
        refreshed = self.stale if self.cleaned_data["is_refreshed"] else {}
        picked = self.picked()
        kept = {key for key in picked if key in self.chosen and key not in refreshed}
        return kept, [refreshed.get(key, self.offered[key]) for key in picked if key not in kept]

    def groups(self) -> list[tuple[str, list[tuple[Need, Need | None, bool]]]]:
        """(kind, [(need, how it stands now if otherwise, whether it is ticked)]) for the page."""
        ticked = set(self["needs"].value() or ())
        found: dict[str, list[tuple[Need, Need | None, bool]]] = {}
        for key, need in sorted(self.offered.items(), key=lambda pair: pair[1].point != self.line.point):
            now = self.now.get(key)
            kind = Kind.REQUEST if need.kind == Kind.ASKED else need.kind
            found.setdefault(kind, []).append((need, now if now != need else None, key in ticked))
        return [(kind, found[kind]) for kind in ("request", "threat", "factor") if kind in found]


class OfferForm(forms.Form):
    message = text(gettext_lazy("What you want to say to the state"), 2000, rows=3, required=False)


class ReasonForm(forms.Form):
    reason = text(gettext_lazy("Why"), 2000)

    def __init__(self, *args: Any, label: Any, is_required: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = label
        self.fields["reason"].required = is_required


class SendBackForm(forms.Form):
    reason = text(gettext_lazy("What should be changed"), 2000)
