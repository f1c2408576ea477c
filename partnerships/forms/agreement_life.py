"""What is asked when an agreement is moved, amended or given to other readers, and what hangs on it."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from action_plan.models import Activity
from documents.forms import EvidenceField
from partnerships.forms.agreements import DAY, AddressField, TermsForm, four
from partnerships.life import Way
from partnerships.models import Agreement, AgreementLink, Audience


class MoveForm(forms.Form):
    day = forms.DateField(label=gettext_lazy("On which day?"), required=False, widget=forms.DateInput(DAY))
    reason = forms.CharField(
        label=gettext_lazy("Why?"), max_length=500, required=False, widget=forms.Textarea({"rows": 3})
    )

    def __init__(self, data: Any = None, *, way: Way) -> None:
        super().__init__(data)
        if not way.asks_day:
            del self.fields["day"]


class AmendForm(TermsForm):
    agreed_on = forms.DateField(label=gettext_lazy("Agreed on"), widget=forms.DateInput(DAY))
    what = forms.CharField(
        label=gettext_lazy("What changed, in a sentence or two"), max_length=1000, widget=forms.Textarea({"rows": 3})
    )
    field_order = ("agreed_on", "what")


class AudienceForm(forms.Form):
    audience = forms.ChoiceField(
        label=gettext_lazy("Who reads it?"), widget=forms.RadioSelect, choices=Audience.choices
    )
    edited = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, data: Any = None, *, agreement: Agreement) -> None:
        super().__init__(data, initial={"audience": agreement.audience, "edited": agreement.edited})


def consequence(audience: str) -> str:
    """One sentence on what follows from the choice."""
    sentences = {
        Audience.STAFF: _(
            "Only the programme’s staff will read it. Partners and states that knew of it find it no more."
        ),
        Audience.PARTIES: _(
            "The people of the partners that are party to it will read it, with its documents and amendments."
        ),
        Audience.STATES: _(
            "The liaisons of all member states and the people of its parties will read it, with its documents and"
            " amendments."
        ),
        Audience.PUBLIC: _("Everybody will read it, without signing in, with its documents and amendments."),
    }
    return sentences[Audience(audience)]


class LinkForm(forms.ModelForm):
    """An activity that takes place under the agreement, or another agreement that belongs to its story."""

    activity = AddressField(
        label=gettext_lazy("Activity under this agreement"),
        missing=gettext_lazy("There is no such activity. Copy the address from its page."),
    )
    other = AddressField(
        label=gettext_lazy("Related agreement"),
        missing=gettext_lazy("There is no such agreement. Copy the address from its page."),
    )

    class Meta:
        model = AgreementLink
        fields = ("other", *four("why"))

    def __init__(self, *args: Any, user: Any, agreement: Agreement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["activity"].rows = Activity.objects.visible_to(user)
        fields["other"].rows = Agreement.objects.visible_to(user).exclude(pk=agreement.pk)
        self.order_fields(["activity", "other"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not cleaned.get("activity") and not cleaned.get("other"):
            self.add_error("activity", _("Enter an activity or an agreement."))
        return cleaned

    def _post_clean(self) -> None:
        """No row is made of it: actions do that."""


class FileForm(forms.Form):
    title = forms.CharField(label=gettext_lazy("What it is"), max_length=200)
    file = EvidenceField(label=gettext_lazy("File"))
