"""A scan, and the note that it answers."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from correspondence.matching import note_of, numbers_in
from correspondence.models import Note
from documents.checks import ACCEPT, check_upload
from documents.forms import EvidenceField

PAPER = ("application/pdf", "image/png", "image/jpeg", "image/webp")


class ScanField(EvidenceField):
    """A PDF or a picture: what a scanner makes."""

    widget = forms.FileInput(attrs={"accept": ",".join(e for e in ACCEPT.split(",") if e in ".pdf.png.jpg.jpeg.webp")})

    def clean(self, data: Any, initial: Any = None) -> Any:
        upload = super().clean(data, initial)
        if data and check_upload(data).media_type not in PAPER:
            raise ValidationError(_("Send the reply as a PDF or as a picture (PNG, JPEG, WebP)."))
        return upload


class BringForm(forms.Form):
    file = ScanField(label=gettext_lazy("Scan of the reply"), help_text=gettext_lazy("A PDF or a picture."))


class ScanForm(BringForm):
    typed = forms.CharField(
        label=gettext_lazy("Number or code on it"),
        max_length=100,
        required=False,
        help_text=gettext_lazy(
            "Such as NV-12-26-7KQ4 or OAS/CYBER/NV-12/26. Without it, the number is looked for in the name and in the "
            "text of the file. A picture or a plain scan holds no text: type the number then."
        ),
    )

    def clean_typed(self) -> str:
        typed: str = self.cleaned_data["typed"]
        if typed and not numbers_in(typed):
            raise ValidationError(_("This is no number of a note. Write it as NV-12-26-7KQ4 or NV-12/26."))
        return typed


class MatchForm(forms.Form):
    """Matched by hand: the number of a note that was issued."""

    number = forms.CharField(
        label=gettext_lazy("Number or code of the note"),
        max_length=100,
        error_messages={"required": gettext_lazy("Write the number of the note, such as NV-12/26.")},
    )

    def __init__(self, *args: Any, by: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.by = by

    def clean_number(self) -> Note:
        found = note_of(Note.objects.visible_to(self.by), numbers_in(self.cleaned_data["number"]))
        if found is None:
            raise ValidationError(_("No note has this number and code. Look at the list of notes."))
        return found


class AsideForm(forms.Form):
    why = forms.CharField(
        label=gettext_lazy("Why it answers no note"),
        max_length=300,
        error_messages={"required": gettext_lazy("Say why it is put aside.")},
    )
