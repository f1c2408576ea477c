from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from capability.drafts import Item, WorkingCopy
from capability.forms.base import EvidenceFields, text_field
from capability.forms.factor import CHOOSE
from capability.models import Stage
from common.days import today
from ministry_desk.models import Enquiry, GuestAnswer


class UntilField(forms.DateField):
    """A day from today to the latest that the update allows."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", gettext_lazy("Answer until"))
        super().__init__(widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), **kwargs)
        self.latest: date | None = None

    def clean(self, value: Any) -> Any:
        day = super().clean(value)
        if day and day < today():
            raise ValidationError(_("This day is over. Choose a later one."))
        if day and self.latest and day > self.latest:
            latest = {"day": date_format(self.latest, "DATE_FORMAT")}
            raise ValidationError(_("Choose %(day)s or an earlier day."), params=latest)
        return day


def _bound(form: forms.BaseForm, latest: date) -> None:
    field: Any = form.fields["until"]
    field.latest = latest
    form.initial.setdefault("until", latest)


class EnquiryForm(forms.ModelForm):
    """Which factors, to whom, in which language and until when."""

    questions = forms.MultipleChoiceField(
        label=gettext_lazy("Questions"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one question.")},
    )
    language = forms.ChoiceField(label=gettext_lazy("Language of the mail"), choices=settings.LANGUAGES)
    until = UntilField()
    with_last = forms.BooleanField(
        label=gettext_lazy("Show the stage and text that were accepted last"), required=False, initial=True
    )

    class Meta:
        model = Enquiry
        fields = ("name", "ministry", "email", "language", "message", "until")
        labels = {"name": gettext_lazy("Name of your colleague")}
        widgets = {"message": forms.Textarea({"rows": 4}), "email": forms.EmailInput({"autocomplete": "off"})}

    def __init__(self, *args: Any, copy: WorkingCopy, latest: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.copy, self.items = copy, askable(copy)
        choices = [(code, f"{item.question.number} {item.question.title}") for code, item in self.items.items()]
        self.fields["questions"].choices = choices  # type: ignore[attr-defined]
        _bound(self, latest)

    @property
    def chosen(self) -> list[Item]:
        return [self.items[code] for code in self.cleaned_data["questions"]]

    def asked(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self._meta.fields or ()}

    def boxes(self) -> dict[str, list[Any]]:
        """By section."""
        found = {box.data["value"]: box for box in self["questions"]}
        sections = {one.section.title: [i.question.code for i in one.items] for one in self.copy.sections}
        by_section = {title: [found[code] for code in codes if code in found] for title, codes in sections.items()}
        return {title: boxes for title, boxes in by_section.items() if boxes}


def askable(copy: WorkingCopy) -> dict[str, Item]:
    """The factors that may be changed now."""
    return {code: item for code, item in copy.items.items() if item.question.indicator and item.may_change}


class AgainForm(forms.Form):
    message = forms.CharField(
        label=gettext_lazy("Message"), required=False, max_length=2000, widget=forms.Textarea({"rows": 3})
    )
    until = UntilField()

    def __init__(self, *args: Any, latest: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _bound(self, latest)


class GuestAnswerForm(EvidenceFields):
    """One factor on the page of a guest. What was typed is kept as it is; ``is_valid`` says whether it can be sent."""

    stage = forms.TypedChoiceField(
        label=gettext_lazy("Stage"),
        choices=Stage.choices,
        coerce=int,
        required=False,
        empty_value=None,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": CHOOSE},
    )
    text = text_field(gettext_lazy("Your answer"))

    field_order = ("stage", "text", "file", "link")

    def __init__(self, data: Any = None, *, answer: GuestAnswer, files: Any = None) -> None:
        self.answer = answer
        super().__init__(data, files, prefix=answer.asked.key, initial={"stage": answer.stage, "text": answer.text})

    @property
    def typed_stage(self) -> int | None:
        typed = str(self.data.get(self.add_prefix("stage")) or "")
        return int(typed) if typed in {str(value) for value in Stage.values} else None

    @property
    def typed_text(self) -> str:
        typed = str(self.data.get(self.add_prefix("text")) or "")
        return typed.replace("\x00", "").replace("\r\n", "\n").strip()[:4000]

    @property
    def typed_link(self) -> str:
        return str(self.data.get(self.add_prefix("link")) or "").replace("\x00", "").strip()

    def check_for_sending(self) -> None:
        """A question may be left out; one that was begun has a stage and a sentence."""
        answer = self.answer
        if answer.is_blank:
            return
        if answer.stage is None:
            self.add_error("stage", CHOOSE)
        if not answer.text:
            self.add_error("text", _("Say in a sentence why this stage fits."))
