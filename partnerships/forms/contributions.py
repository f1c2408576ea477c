"""What is entered of a contribution: the amount as it is stated, what came in, where it goes, and rates of a day."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from action_plan.models import Activity
from common.days import today
from common.scope import reach_of
from member_states.models import MemberState
from partnerships.forms.promise_fields import (
    DAY,
    ActivityField,
    PartialDateField,
    PartyField,
    Spoken,
    four,
    parties_of,
)
from partnerships.models import Agreement, Allocation, Contribution, ExchangeRate, Instalment

NOT_STATED = Contribution.Precision.NOT_STATED


class CurrencyField(forms.CharField):
    """Three letters, whichever way they are typed."""

    def clean(self, value: Any) -> Any:
        return super().clean(str(value or "").upper())


class ContributionForm(Spoken, forms.ModelForm):
    giver = PartyField(label=gettext_lazy("Given by"), empty_label=None, widget=forms.RadioSelect)
    currency = CurrencyField(
        label=gettext_lazy("Currency"),
        required=False,
        max_length=3,
        help_text=gettext_lazy("Three letters of ISO 4217, such as CAD. Leave it empty when the source names none."),
        validators=Contribution._meta.get_field("currency").validators,
    )
    announced_on = PartialDateField(label=gettext_lazy("Announced on"))
    edited = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    class Meta:
        model = Contribution
        fields = (
            "giver",
            "kind",
            "precision",
            "amount",
            "currency",
            "as_stated",
            "programme",
            *four("what"),
            "announced_on",
            "announced_by",
            "source",
        )
        widgets: ClassVar = {
            "kind": forms.RadioSelect,
            "precision": forms.RadioSelect,
            **{name: forms.Textarea({"rows": 3}) for name in four("what")},
        }

    def __init__(self, *args: Any, agreement: Agreement, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["giver"].queryset = parties_of(agreement, user)
        fields["precision"].choices = Contribution.Precision.choices
        if self.instance.pk:
            self.initial["edited"] = self.instance.edited
        else:
            del fields["edited"]
            self.instance.agreement = agreement

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        precision, amount = cleaned.get("precision"), cleaned.get("amount")
        if precision == NOT_STATED and (amount or cleaned.get("currency")):
            self.add_error("precision", _("There is an amount or a currency: say how it is stated, or take it away."))
        if precision and precision != NOT_STATED and not amount and not self.has_error("amount"):
            self.add_error("amount", _("Enter the amount, or choose that none is stated."))
        return cleaned


class InstalmentForm(forms.ModelForm):
    class Meta:
        model = Instalment
        fields = ("amount", "due_on", "received_on", "note")
        widgets: ClassVar = {
            "due_on": forms.DateInput(DAY, format="%Y-%m-%d"),
            "received_on": forms.DateInput(DAY, format="%Y-%m-%d"),
        }

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        received = cleaned.get("received_on")
        if received and received > today():
            self.add_error("received_on", _("This day is still to come. Leave it empty until the money is there."))
        dated = cleaned.get("due_on") or received or self.has_error("due_on") or self.has_error("received_on")
        if not dated:
            self.add_error("due_on", _("Enter when it is due, or when it was received."))
        return cleaned


class AllocationForm(forms.ModelForm):
    activity = ActivityField(label=gettext_lazy("Activity"))

    class Meta:
        model = Allocation
        fields = ("activity", "state", "point", "amount", "spent", "note")

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["activity"].seen = Activity.objects.visible_to(user)
        others = MemberState.objects.visible_to(user).exclude(pk__in=reach_of(user).states)
        fields["state"].queryset = others.in_order()
        fields["state"].empty_label = _("No state in particular")
        fields["point"].help_text = _("Left empty, the point of the activity holds.")
        if self.instance.pk and self.instance.activity:
            self.initial["activity"] = self.instance.activity.address

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not cleaned.get("activity") and not cleaned.get("state") and not self.has_error("activity"):
            self.add_error("activity", _("Say what it goes to: an activity, a state, or both."))
        amount, spent = cleaned.get("amount"), cleaned.get("spent")
        if amount is not None and spent is not None and spent > amount:
            self.add_error("spent", _("More is spent than is set aside. Raise the amount first."))
        return cleaned


class RateForm(forms.ModelForm):
    base = CurrencyField(label=gettext_lazy("One unit of"), max_length=3)
    quote = CurrencyField(label=gettext_lazy("Is worth, in"), max_length=3)

    class Meta:
        model = ExchangeRate
        fields = ("base", "quote", "rate", "on", "taken_from")
        widgets: ClassVar = {"on": forms.DateInput(DAY, format="%Y-%m-%d")}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("base") and cleaned.get("base") == cleaned.get("quote"):
            self.add_error("quote", _("Enter another currency: a rate leads from one to another."))
        if cleaned.get("on") and cleaned["on"] > today():
            self.add_error("on", _("This day is still to come. Enter the day of the rate."))
        return cleaned
