"""What every answer's form can do: read content from what was typed, and be filled from stored content."""

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from capability.drafts import Content, Item, given, told

TEXT_LENGTH = 4000
YES_NO = [("yes", _("Yes")), ("no", _("No"))]


class AnswerForm(forms.Form):
    """A draft takes whatever was typed (``content``); ``is_valid`` says whether the answer is complete.

    The fields are named by the question's key, so that a section is one form: D2-3-stage, D2-3-text.
    """

    def __init__(self, data: Any = None, *, item: Item, files: Any = None) -> None:
        self.item = item
        super().__init__(data, files, prefix=item.question.key, initial=self.values_of(item))

    @classmethod
    def stored(cls, item: Item) -> "AnswerForm":
        """Bound to what is stored, to ask whether that is complete."""
        values = cls.values_of(item)
        return cls({f"{item.question.key}-{name}": value for name, value in values.items()}, item=item)

    @classmethod
    def values_of(cls, item: Item) -> dict[str, Any]:
        """The values of the fields: of the answer, or of what is known and may be confirmed."""
        content = item.content if item.answer else item.known
        return cls.values(without_old_words(item, content or Content()))

    @classmethod
    def confirming(cls, item: Item) -> "AnswerForm":
        """Bound to what is known, to ask whether it can be confirmed as it stands."""
        values = cls.values(item.known or Content())
        return cls({f"{item.question.key}-{name}": value for name, value in values.items()}, item=item)

    @classmethod
    def values(cls, content: Content) -> dict[str, Any]:
        raise TypeError(f"{cls.__name__} must say what its fields hold")

    def content(self) -> Content:
        raise TypeError(f"{type(self).__name__} must say what was answered")

    @property
    def revision(self) -> int:
        """The revision the page was made of; nothing newer is overwritten."""
        typed = self.typed("revision")
        return int(typed) if typed.isdecimal() and len(typed) < 9 else 0

    def typed(self, name: str) -> str:
        """Just as it was typed, whether or not it is valid; the database takes no NUL."""
        typed = self.data.get(self.add_prefix(name)) or ""
        return str(typed).replace("\x00", "").replace("\r\n", "\n").strip()[: TEXT_LENGTH * 2]

    def choice(self, name: str) -> str:
        """What was chosen, if it is one of the choices."""
        typed = self.typed(name)
        choices = self.fields[name].choices  # type: ignore[attr-defined]
        return typed if typed in {str(value) for value, _label in choices} else ""

    def yes_or_no(self, name: str) -> bool | None:
        return {"yes": True, "no": False}.get(self.typed(name))

    def is_in_a_row(self, name: str) -> bool:
        """Whether the field belongs to a list that people make as long as they like."""
        return False

    @property
    def was_posted(self) -> bool:
        return self.add_prefix("revision") in self.data


class EvidenceFields(forms.Form):
    """A file and a link to be attached. Without script they come along with the whole section."""

    file = forms.FileField(label=_("File"), required=False)
    link = forms.URLField(
        label=_("Link"),
        required=False,
        max_length=500,
        assume_scheme="https",
        error_messages={"invalid": _("Enter a whole address, such as https://www.example.org/report.")},
    )


def spelled(value: bool | None) -> str:
    return {True: "yes", False: "no", None: ""}[value]


def without_old_words(item: Item, content: Content) -> Content:
    """What changed last time is no answer to what changed since: the field begins blank."""
    is_old = item.answer is None or item.answer.is_still_true
    return replace(content, text="") if is_old else content


def text_field(label: Any, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label, required=False, max_length=TEXT_LENGTH, widget=forms.Textarea({"rows": 3}), **more
    )


class FactsForm(EvidenceFields, AnswerForm):
    NAMES: tuple[str, ...] = ()
    SAID_YES_OR_NO: tuple[str, ...] = ()

    text = text_field(
        _("What changed"),
        help_text=_("One or two sentences are enough, in any of the four languages."),
    )

    @classmethod
    def values(cls, content: Content) -> dict[str, Any]:
        facts = {name: content.facts.get(name, "") for name in cls.NAMES}
        spelt = {name: spelled(content.facts.get(name)) for name in cls.SAID_YES_OR_NO}
        return {**facts, **spelt, "text": content.text}

    def content(self) -> Content:
        facts: dict[str, Any] = {name: self.typed(name) for name in self.NAMES}
        facts |= {name: self.yes_or_no(name) for name in self.SAID_YES_OR_NO}
        return Content(facts=given(facts), text=self.typed("text"))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        item = self.item
        if item.returned and item.sent and item.draft and told(item.sent) == told(item.draft):
            self.add_error("text", gettext("This answer was returned. Change it, or say here why it stays as it is."))
        return cleaned
