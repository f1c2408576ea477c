from typing import Any

from django import forms
from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from common.translated import SUFFIXES
from csirt_network.models import Alert

TEXTS: dict[str, str | Promise] = {
    "title": _("Title"),
    "happening": _("What is happening"),
    "to_do": _("What to do now"),
}
PRODUCTS = "products"
TOO_LONG = _("Keep it under 4,000 characters.")


def fields_of(alert: Alert) -> list[tuple[str, str]]:
    """Those with words in them, each language by its name."""
    languages = dict(zip(SUFFIXES, (name for _code, name in settings.LANGUAGES), strict=True))
    found = [
        (f"{text}_{suffix}", _("%(text)s, in %(language)s") % {"text": label, "language": _(languages[suffix])})
        for suffix in SUFFIXES
        for text, label in TEXTS.items()
        if getattr(alert, f"{text}_{suffix}")
    ]
    return [*found, (PRODUCTS, str(_("Affected products")))] if alert.products else found


class CommentForm(forms.Form):
    key = forms.UUIDField(widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("Your comment"),
        max_length=4000,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("Write something first."), "max_length": TOO_LONG},
    )


class CorrectionForm(forms.Form):
    """One field of the alert at a time, with its words to be changed."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    after = forms.CharField(
        label=_("As it should be"),
        widget=forms.Textarea({"rows": 8}),
        error_messages={"required": _("Write how it should be."), "max_length": _("This is too long for this field.")},
    )
    reason = forms.CharField(
        label=_("Why"),
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("Write why it should be changed."), "max_length": TOO_LONG},
    )

    def __init__(self, *args: Any, field: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        after: Any = self.fields["after"]
        column: Any = Alert._meta.get_field(field)
        after.max_length = column.max_length
        after.validators = [v for v in after.validators if not hasattr(v, "limit_value")]
        after.validators.append(MaxLengthValidator(after.max_length))


class DecisionForm(forms.Form):
    verdict = forms.ChoiceField(
        label=_("Decision"),
        choices=[("accept", _("Accept: a new version with these words")), ("refuse", _("Refuse, with a reason"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether you accept it.")},
    )
    answer = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"max_length": _("Keep it under 2,000 characters.")},
    )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("verdict") == "refuse" and not given.get("answer", "").strip():
            self.add_error("answer", _("Write why you refuse it: whoever proposed it reads your words."))
        return given
