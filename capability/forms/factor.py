"""One factor: the stage that fits best, what changed, and what shows it."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from capability.drafts import Content, Item, told
from capability.forms.base import AnswerForm, EvidenceFields, text_field, without_old_words
from capability.models import Stage

CHOOSE = gettext_lazy("Choose the stage that fits best.")


class FactorForm(EvidenceFields, AnswerForm):
    stage = forms.TypedChoiceField(
        label=gettext_lazy("Stage"),
        choices=Stage.choices,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )
    text = text_field(gettext_lazy("What changed"))

    @classmethod
    def values_of(cls, item: Item) -> dict[str, Any]:
        """A change is begun blank: the last answer is marked, not chosen."""
        return cls.values(without_old_words(item, item.content))

    @classmethod
    def values(cls, content: Content) -> dict[str, Any]:
        return {"stage": content.stage, "text": content.text}

    def content(self) -> Content:
        stage = self.choice("stage")
        return Content(stage=int(stage) if stage else None, text=self.typed("text"))

    def clean(self) -> dict[str, Any]:
        """Within an edition a rise needs a sentence and a proof, a fall a sentence; the first answer a sentence."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        stage = cleaned.get("stage")
        if stage:
            self._ask_for_words(stage, cleaned.get("text", ""))
            self._ask_for_proof(stage)
            self._ask_for_a_change()
        return cleaned

    def _ask_for_words(self, stage: int, text: str) -> None:
        before = self.item.last.stage if self.item.last else None
        if text or stage == before:
            return
        if before is None:
            self.add_error("text", _("Say in a sentence why this stage fits."))
        elif stage > before:
            self.add_error("text", _("Say in a sentence what changed, because the stage goes up."))
        else:
            self.add_error("text", _("Say in a sentence what changed, because the stage goes down."))

    def _ask_for_proof(self, stage: int) -> None:
        before = self.item.last.stage if self.item.last else None
        if before and stage > before and not self.item.evidence:
            self.add_error("file", _("Attach a document or a link, because the stage goes up."))

    def _ask_for_a_change(self) -> None:
        """An answer that came back with a comment does not go back as it was."""
        item = self.item
        if item.returned and item.sent and item.draft and told(item.sent) == told(item.draft):
            self.add_error("text", _("This answer was returned. Change it, or say here why it stays as it is."))
