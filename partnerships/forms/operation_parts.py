"""What is added to an operation: each with its own label, never below the operation's."""

import uuid
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.tlp import Tlp
from csirt_network.forms.alerts import UtcField
from csirt_network.models import Alert
from documents.forms import EvidenceField
from partnerships.forms.operations import DAY, labels
from partnerships.models import Exhibit, Operation, OperationAction, OperationFigure
from partnerships.models.operation_parts import SHA256

ALERTS_OFFERED = 200


def moment(label: Any) -> UtcField:
    return UtcField(
        label=label,
        help_text=gettext_lazy("In UTC."),
        error_messages={"invalid": gettext_lazy("Enter a day and an hour, such as 2026-05-04 13:30.")},
    )


def own_labels(operation: Operation, user: Any) -> list[tuple[str, str]]:
    """Only whoever is named can write under TLP:RED, and read it again."""
    is_named = user.pk in operation.person_ids
    return [row for row in labels(operation.tlp) if is_named or row[0] != Tlp.RED]


class KeyField(forms.UUIDField):
    """Comes with the form: the same form sent twice is one entry."""

    def __init__(self) -> None:
        super().__init__(widget=forms.HiddenInput, required=False, initial=uuid.uuid4)


class _Labelled:
    def offer_labels(self, operation: Operation, user: Any) -> None:
        fields: Any = self.fields  # type: ignore[attr-defined]
        fields["tlp"].choices = own_labels(operation, user)
        self.initial.setdefault("tlp", operation.tlp)  # type: ignore[attr-defined]


class LogForm(_Labelled, forms.Form):
    key = KeyField()
    happened_at = moment(gettext_lazy("When it happened"))
    text = forms.CharField(label=gettext_lazy("What happened"), max_length=4000, widget=forms.Textarea({"rows": 4}))
    tlp = forms.ChoiceField(label="TLP", widget=forms.RadioSelect)

    def __init__(self, *args: Any, operation: Operation, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_labels(operation, user)

    def clean_happened_at(self) -> Any:
        when = self.cleaned_data["happened_at"]
        if when > timezone.now():
            raise forms.ValidationError(_("This has not happened yet. Enter when it did."))
        return when


class ExhibitForm(_Labelled, forms.ModelForm):
    key = KeyField()
    file = EvidenceField(label=gettext_lazy("File"), required=False)
    sha256 = forms.CharField(label="SHA-256", required=False, max_length=64)
    from_whom = forms.CharField(label=gettext_lazy("From whom it was secured"), max_length=200, required=False)
    held_by = forms.CharField(label=gettext_lazy("Who holds it now"), max_length=200)
    tlp = forms.ChoiceField(label="TLP", widget=forms.RadioSelect)
    field_order = ("title", "about", "taken_on", "file", "sha256", "from_whom", "held_by", "tlp")

    class Meta:
        model = Exhibit
        fields = ("title", "about", "taken_on", "sha256", "tlp")
        widgets = {"taken_on": DAY, "about": forms.Textarea({"rows": 3})}

    def __init__(self, *args: Any, operation: Operation, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_labels(operation, user)

    def clean_sha256(self) -> str:
        typed = str(self.cleaned_data["sha256"]).strip().lower()
        if typed:
            SHA256(typed)
        return typed

    def clean_taken_on(self) -> Any:
        if self.cleaned_data["taken_on"] > timezone.now().date():
            raise forms.ValidationError(_("This day has not come yet. Enter when it was secured."))
        return self.cleaned_data["taken_on"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if bool(cleaned.get("file")) == bool(cleaned.get("sha256")) and not {"file", "sha256"} & set(self.errors):
            self.add_error("file", _("Give the file, or the SHA-256 of what is kept elsewhere: one of the two."))
        return cleaned


class CustodyForm(forms.Form):
    key = KeyField()
    from_whom = forms.CharField(label=gettext_lazy("From"), max_length=200)
    to_whom = forms.CharField(label=gettext_lazy("To"), max_length=200)
    handed_at = moment(gettext_lazy("When it changed hands"))
    why = forms.CharField(label=gettext_lazy("What for"), max_length=300)

    def clean_handed_at(self) -> Any:
        when = self.cleaned_data["handed_at"]
        if when > timezone.now():
            raise forms.ValidationError(_("This has not happened yet. Enter when it did."))
        return when


class ActionForm(forms.ModelForm):
    class Meta:
        model = OperationAction
        fields = ("kind", "what", "legal_basis", "jurisdiction", "asked_on", "ordered_on", "done_on", "refused_on")
        widgets = dict.fromkeys(("asked_on", "ordered_on", "done_on", "refused_on"), DAY)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        asked = cleaned.get("asked_on")
        for name in ("ordered_on", "done_on", "refused_on"):
            if asked and cleaned.get(name) and cleaned[name] < asked:
                self.add_error(name, _("This day comes before the one on which it was asked."))
        if cleaned.get("done_on") and cleaned.get("refused_on"):
            self.add_error("refused_on", _("It was either done or refused. Leave one of the two days empty."))
        return cleaned


class FigureForm(forms.ModelForm):
    class Meta:
        model = OperationFigure
        fields = ("kind", "exactness", "number", "counted_on", "said_by")
        widgets = {"counted_on": DAY}


class AlertChoice(forms.ModelChoiceField):
    def label_from_instance(self, alert: Any) -> str:
        return f"TLP:{alert.tlp} {alert}"


class AlertForm(forms.Form):
    alert = AlertChoice(
        label=gettext_lazy("Alert"), queryset=Alert.objects.none(), empty_label=gettext_lazy("Choose an alert")
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        alert: Any = self.fields["alert"]
        newest = Alert.objects.visible_to(user).out().order_by("-published_at", "-pk").values("pk")[:ALERTS_OFFERED]
        alert.queryset = Alert.objects.visible_to(user).filter(pk__in=newest).order_by("-published_at", "-pk")
