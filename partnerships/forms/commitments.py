"""What is entered of a commitment and of what was delivered on it, and how a delivery is reviewed."""

import uuid
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from action_plan.models import Activity
from common.days import today
from common.mandate import Objective, Point
from partnerships.forms.promise_fields import (
    DAY,
    ActivitiesField,
    FilesField,
    PartialDateField,
    PartyField,
    Spoken,
    four,
    lines_of,
    parties_of,
)
from partnerships.models import Agreement, Commitment, Delivery, DeliveryFile


def several(label: Any, choices: Any) -> forms.TypedMultipleChoiceField:
    return forms.TypedMultipleChoiceField(
        label=label, choices=choices, coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )


class CommitmentForm(Spoken, forms.ModelForm):
    party = PartyField(label=gettext_lazy("Who undertook it"), empty_label=None, widget=forms.RadioSelect)
    due = PartialDateField(label=gettext_lazy("Due"))
    objectives = several(gettext_lazy("Objectives it serves"), Objective.choices)
    points = several(gettext_lazy("Points of the action plan"), Point.choices)
    activities = ActivitiesField(label=gettext_lazy("Activities it shows up in"))
    edited = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    class Meta:
        model = Commitment
        fields = ("party", *four("what"), "due", "objectives", "points", "source")
        widgets: ClassVar = {name: forms.Textarea({"rows": 3}) for name in four("what")}

    def __init__(self, *args: Any, agreement: Agreement, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["party"].queryset = parties_of(agreement, user)
        fields["activities"].seen = Activity.objects.visible_to(user)
        if self.instance.pk:
            self.initial["edited"] = self.instance.edited
            held = Activity.objects.visible_to(user).filter(commitments__commitment=self.instance)
            self.initial["activities"] = lines_of(held.order_by("pk"))
        else:
            del fields["edited"]
            self.instance.agreement = agreement


class DeliveryForm(forms.ModelForm):
    """`key` comes with the form that reports one: the same key again is the same delivery."""

    link = forms.URLField(
        label=gettext_lazy("Link that shows it"),
        required=False,
        max_length=400,
        assume_scheme="https",
        error_messages={"invalid": gettext_lazy("Enter a whole address, such as https://www.example.org/report.")},
    )
    files = FilesField(label=gettext_lazy("Files that prove it"), required=False)  # type: ignore[assignment]
    taken_away = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Take away"),
        queryset=DeliveryFile.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    edited = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    class Meta:
        model = Delivery
        fields = ("what", "on", "link", "fulfils")
        widgets: ClassVar = {
            "what": forms.Textarea({"rows": 5}),
            "on": forms.DateInput(DAY, format="%Y-%m-%d"),
        }

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        if self.instance.pk:
            self.initial["edited"] = self.instance.edited
            held = DeliveryFile.objects.visible_to(user).filter(delivery=self.instance)
            fields["taken_away"].queryset = held
            del fields["key"]
            if not held:
                del fields["taken_away"]
        else:
            del fields["edited"], fields["taken_away"]
            self.initial["key"] = uuid.uuid4()

    def clean_on(self) -> Any:
        day = self.cleaned_data["on"]
        if day > today():
            raise forms.ValidationError(_("This day is still to come. Enter the day when it was delivered."))
        return day

    def clean_key(self) -> uuid.UUID:
        return self.cleaned_data["key"] or uuid.uuid4()

    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class ReviewForm(forms.Form):
    decision = forms.ChoiceField(
        label=gettext_lazy("Your decision"),
        choices=[
            ("accept", gettext_lazy("Accept: this was delivered")),
            ("return", gettext_lazy("Return: something is missing")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose whether you accept the delivery or return it.")},
    )
    reason = forms.CharField(
        label=gettext_lazy("What is missing, or what you want to add"),
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("decision") == "return" and not cleaned.get("reason") and not self.has_error("reason"):
            self.add_error("reason", _("Say what is missing, so that it can be added."))
        return cleaned
