from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from capability.models import Edition, Round, Update
from common.days import today
from common.translated import SUFFIXES
from member_states.models import MemberState, Participation

INVITATIONS = tuple(f"invitation_{suffix}" for suffix in SUFFIXES)


def _day() -> forms.DateInput:
    return forms.DateInput({"type": "date"}, format="%Y-%m-%d")


class InvitedState(NamedTuple):
    """One box of the list of states. `participation` is said of those that do not take part today."""

    state: MemberState
    is_chosen: bool
    participation: str


class RoundForm(forms.ModelForm):
    """A round and whom it invites. Those who take part today are chosen beforehand; the others by name."""

    states = forms.ModelMultipleChoiceField(
        queryset=MemberState.objects.none(),
        label=gettext_lazy("States invited"),
        error_messages={"required": gettext_lazy("Choose at least one state.")},
    )

    class Meta:
        model = Round
        fields = ("year", "number", "period_from", "period_to", "due_on", "edition", *INVITATIONS)
        widgets = {
            **{name: _day() for name in ("period_from", "period_to", "due_on")},
            **{name: forms.Textarea({"rows": 4}) for name in INVITATIONS},
        }

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.all_states = list(MemberState.objects.visible_to(user).with_participation().in_order())
        self.fields["states"].queryset = MemberState.objects.visible_to(user)  # type: ignore[attr-defined]
        self.fields["edition"].queryset = Edition.objects.visible_to(user).filter(is_rated_by_states=True)  # type: ignore[attr-defined]
        self.fields["edition"].empty_label = None  # type: ignore[attr-defined]
        self.initial.setdefault("states", [state.pk for state in self.all_states if state.participates])  # type: ignore[attr-defined]

    def invitations(self) -> list[Any]:
        """The fields for the words of the mail, by language."""
        return [self[name] for name in INVITATIONS]

    @property
    def has_invitation(self) -> bool:
        return any(field.value() or field.errors for field in self.invitations())

    def boxes(self) -> dict[str, list[InvitedState]]:
        """By sub-region, in order of name."""
        regions: dict[str, list[InvitedState]] = {}
        for box in self._boxes():
            regions.setdefault(box.state.get_sub_region_display(), []).append(box)
        return regions

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        year, number, due_on = given.get("year"), given.get("number"), given.get("due_on")
        if year and number and self._others().filter(year=year, number=number).exists():
            self.add_error("number", _("There is a round with this year and number already. Choose the next number."))
        if given.get("period_from") and given.get("period_to") and given["period_to"] < given["period_from"]:
            self.add_error("period_to", _("The period ends before it begins. Choose a later day."))
        if due_on and due_on <= today():
            self.add_error("due_on", _("Choose a due date in the future, so that states have time to answer."))
        return given

    def _others(self) -> Any:
        return Round.objects.visible_to(self.user).exclude(pk=self.instance.pk)

    def _boxes(self) -> Iterator[InvitedState]:
        chosen = {str(pk) for pk in self["states"].value() or []}
        status = self._participation()
        for state in self.all_states:
            words = "" if state.participates else status.get(state.pk, _("Not participating"))  # type: ignore[attr-defined]
            yield InvitedState(state, str(state.pk) in chosen, words)

    def _participation(self) -> dict[int, str]:
        rows = Participation.objects.visible_to(self.user).current()
        return {row.state_id: row.get_status_display() for row in rows}


class ExtensionForm(forms.Form):
    """Until when one state may answer, and why."""

    due_on = forms.DateField(label=gettext_lazy("New due date"), widget=_day())
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=500, widget=forms.Textarea({"rows": 3}), strip=True
    )

    def __init__(self, *args: Any, update: Update, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.update = update

    def clean_due_on(self) -> date:
        given: date = self.cleaned_data["due_on"]
        has_now = self.update.due_on if self.update.round and self.update.round.is_open else None
        if given <= max(today(), has_now or date.min):
            raise forms.ValidationError(_("Choose a day after today and after the due date the state has now."))
        return given


def next_round(user: Any, today: date) -> dict[str, Any]:
    """What a new round most likely is: there are two a year, each for half of it."""
    half = (today.year, 1 if today.month <= 6 else 2)
    last = Round.objects.visible_to(user).values_list("year", "number").first()
    if last and last >= half:
        half = (last[0] + 1, 1) if last[1] >= 2 else (last[0], 2)
    year, number = half
    days = (date(year, 1, 1), date(year, 6, 30)) if number == 1 else (date(year, 7, 1), date(year, 12, 31))
    return {"year": year, "number": number, "period_from": days[0], "period_to": days[1]}
