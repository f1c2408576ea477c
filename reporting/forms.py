"""What staff say when they order reports: what, when, and who in which language."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import StaffRole, User
from accounts.time_zones import time_zones
from capability.models import Round
from member_states.models import Liaison, MemberState
from partnerships.models import Agreement
from reporting.calendars.periods import Period, months_of
from reporting.kinds import ReportKind, Subject
from reporting.listed import language_names, listed
from reporting.models import Kind, Schedule
from reporting.plain_words import Plan

ALL = "all"  # areas


class StateBox(NamedTuple):
    state: MemberState
    is_chosen: bool


def language_choices() -> list[tuple[str, str]]:
    names = language_names()
    return [(code, names[code]) for code, _name in settings.LANGUAGES]


def period_choices() -> list[tuple[str, str]]:
    return [(code, capfirst(str(label))) for code, label in Period.choices]


class OrderForm(forms.Form):
    """About what, in which languages: all that a report made now needs. The kind says which of the fields it has."""

    states = forms.ModelMultipleChoiceField(
        queryset=MemberState.objects.none(),
        label=gettext_lazy("Member states"),
        error_messages={"required": gettext_lazy("Choose at least one state.")},
    )
    rounds = forms.ModelMultipleChoiceField(
        queryset=Round.objects.none(),
        label=gettext_lazy("Rounds"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one round.")},
    )
    agreements = forms.ModelMultipleChoiceField(
        queryset=Agreement.objects.none(),
        label=gettext_lazy("Agreements"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one agreement.")},
    )
    area = forms.ChoiceField(
        label=gettext_lazy("Of which states"),
        help_text=gettext_lazy(
            "The calendar of one state holds what its liaisons may read; any other all that the programme knows."
        ),
        error_messages={
            "required": gettext_lazy("Choose all member states, a sub-region or one state."),
            "invalid_choice": gettext_lazy("Choose all member states, a sub-region or one state."),
        },
    )
    period = forms.ChoiceField(choices=period_choices, label=gettext_lazy("Months"))
    languages = forms.MultipleChoiceField(
        choices=language_choices,
        label=gettext_lazy("Languages"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one language.")},
    )

    def __init__(self, *args: Any, user: Any, kind: ReportKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.kind = user, kind
        self._keep(*self._asked())
        self._offer("states", MemberState.objects.visible_to(user).in_order())
        self._offer("rounds", Round.objects.visible_to(user).exclude(opened_at=None))
        self._offer("agreements", Agreement.objects.visible_to(user).filter(phase="concluded"))
        chosen_from = {"states", "area"} & self.fields.keys()
        self.all_states = list(MemberState.objects.visible_to(user).in_order()) if chosen_from else []
        if "area" in self.fields:
            self.fields["area"].choices = self._areas()  # type: ignore[attr-defined]

    def _asked(self) -> Iterable[str]:
        return ("area", "period") if self.kind.asks_now == "area" else (self.kind.asks_now,)

    def _areas(self) -> list[Any]:
        """All, a sub-region, or one state."""
        states: dict[str, list[tuple[str, str]]] = {}
        for state in self.all_states:
            states.setdefault(state.get_sub_region_display(), []).append((state.slug, str(state)))
        return [(ALL, _("All member states")), (_("A sub-region"), MemberState.SubRegion.choices), *states.items()]

    def _keep(self, *asked: str) -> None:
        for name in {"states", "rounds", "agreements", "area", "period", "to_liaisons", "to_representatives"} - {
            *asked
        }:
            self.fields.pop(name, None)

    def _offer(self, name: str, rows: Any) -> None:
        if name in self.fields:
            self.fields[name].queryset = rows  # type: ignore[attr-defined]

    def subjects(self) -> list[Subject]:
        """What is to be made, once it is valid; where there is nothing to choose, the one that there is."""
        match self.kind.asks_now:
            case "states":
                return [Subject(state_id=state.pk) for state in self.cleaned_data["states"]]
            case "rounds":
                return [Subject(round_id=round.pk) for round in self.cleaned_data["rounds"]]
            case "agreements":
                return [Subject(agreement_id=one.pk) for one in self.cleaned_data["agreements"]]
            case "area":
                state = next(iter(self.chosen_states()), None)
                first, last = months_of(self.cleaned_data["period"], timezone.localdate())
                return [Subject(state.pk if state else None, None, self.sub_region(), first, last)]
            case _:
                return [Subject()]

    def chosen_states(self) -> list[MemberState]:
        """Of a form that asks for states, or for an area that may be one."""
        if "area" in self.fields:
            return [state for state in self.all_states if state.slug == self.cleaned_data.get("area")]
        return list(self.cleaned_data.get("states") or [])

    def sub_region(self) -> str:
        area = self.cleaned_data.get("area", "")
        return area if area in MemberState.SubRegion.values else ""

    def boxes(self) -> dict[str, list[StateBox]]:
        """By sub-region, in order of name."""
        regions: dict[str, list[StateBox]] = {}
        for box in self._boxes():
            regions.setdefault(box.state.get_sub_region_display(), []).append(box)
        return regions

    def _boxes(self) -> Iterator[StateBox]:
        chosen = {str(getattr(state, "pk", state)) for state in self["states"].value() or []}
        return (StateBox(state, str(state.pk) in chosen) for state in self.all_states)


class ScheduleForm(OrderForm, forms.ModelForm):
    time_zone = forms.ChoiceField(label=gettext_lazy("Time zone"), choices=time_zones)

    class Meta:
        model = Schedule
        fields = (
            "states",
            "period",
            "every",
            "weekday",
            "day",
            "at",
            "time_zone",
            "languages",
            "to_liaisons",
            "to_representatives",
            "recipients",
        )
        widgets = {
            "every": forms.RadioSelect,
            "at": forms.TimeInput({"type": "time"}, format="%H:%M"),
            "day": forms.NumberInput({"min": 1, "max": 31}),
            "recipients": forms.CheckboxSelectMultiple,
        }
        labels = {
            "every": gettext_lazy("How often"),
            "at": gettext_lazy("Time"),
            "to_liaisons": gettext_lazy("The liaisons of each state, for their own state"),
            "to_representatives": gettext_lazy("The representatives of all teams of the network"),
            "recipients": gettext_lazy("Programme staff"),
        }

    def __init__(self, *args: Any, user: Any, kind: ReportKind, **kwargs: Any) -> None:
        super().__init__(*args, user=user, kind=kind, **kwargs)
        if "area" in self.fields:
            self.fields["to_liaisons"].label = _("The liaisons of the state, if you chose one")
            self.initial.setdefault("area", self._area_of(self.instance))
        self.instance.kind = Kind(kind.code)
        self.instance.to_liaisons = self.instance.to_liaisons and "to_liaisons" in kind.asks
        staff = User.objects.visible_to(user).with_staff_role(*StaffRole.PROGRAMME)
        self.fields["recipients"].queryset = staff.order_by("name", "pk")  # type: ignore[attr-defined]
        self.fields["recipients"].error_messages["invalid_choice"] = _(
            "One of these people is not on the programme’s staff any more and may not read the brief of every state. "
            "Choose others."
        )
        allowed = kind.every or Schedule.Every.values
        self.fields["every"].choices = [  # type: ignore[attr-defined]
            (every, capfirst(str(label))) for every, label in Schedule.Every.choices if every in allowed
        ]
        self.fields["weekday"].choices = Schedule.Weekday.choices  # type: ignore[attr-defined]
        self.fields["weekday"].required = False
        if Schedule.Every.WEEK not in allowed:
            del self.fields["weekday"]

    def _asked(self) -> Iterable[str]:
        return self.kind.asks

    def _area_of(self, schedule: Schedule) -> str:
        state = schedule.states.first() if schedule.pk else None
        return state.slug if state else schedule.sub_region or ALL

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        every = given.get("every")
        if every == Schedule.Every.WEEK and given.get("weekday") is None:
            self.add_error("weekday", _("Choose the day of the week."))
        if every in (Schedule.Every.MONTH, Schedule.Every.QUARTER) and not 1 <= (given.get("day") or 0) <= 31:
            self.errors.pop("day", None)
            self.add_error("day", _("Enter the day of the month, from 1 to 31. 31 means the last day."))
        if "area" in self.fields and given.get("to_liaisons") and not self.chosen_states():
            self.add_error(
                "to_liaisons",
                _("Liaisons get the calendar of their own state: choose one state, or leave them out."),
            )
        is_told = given.get("to_liaisons") or given.get("to_representatives")
        if not is_told and not given.get("recipients") and "recipients" not in self.errors:
            self.add_error("recipients", self._nobody())
        return given

    def _nobody(self) -> str:
        if "to_liaisons" in self.fields:
            return _("Choose who gets it: the liaisons, or at least one person.")
        if "to_representatives" in self.fields:
            return _("Choose who gets it: the representatives, or at least one person.")
        return _("Choose at least one person who gets it.")

    def save(self, commit: bool = True) -> Schedule:
        """Times before the change are not made up for under the new timing."""
        if self.instance.pk is None:
            self.instance.made_by = self.user
        self.instance.since = timezone.now()
        schedule: Schedule = super().save(commit)
        if "area" in self.fields:
            schedule.states.set(self.chosen_states())
        return schedule

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        self.instance.sub_region = self.sub_region()

    def plan(self) -> Plan:
        """What was filled in, once it is valid."""
        return Plan(self.instance, self.chosen_states(), list(self.cleaned_data["recipients"]))

    def without_liaison(self) -> str:
        """The chosen states whose liaisons will get nothing, because there are none today."""
        if not self.cleaned_data.get("to_liaisons"):
            return ""
        chosen = self.chosen_states()
        spoken_for = set(
            Liaison.objects.visible_to(self.user).current().filter(state__in=chosen).values_list("state", flat=True)
        )
        return listed([str(state) for state in chosen if state.pk not in spoken_for])
