from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.arriving import NoRoom
from documents.refusal import NO_ROOM
from imports.models import TableImport
from imports.reading import ACCEPT


class TableForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Table"),
        help_text=gettext_lazy("CSV or Excel (.xlsx), up to 5 MB and 5,000 rows."),
        widget=forms.FileInput({"accept": ACCEPT}),
        error_messages={
            "required": gettext_lazy("Choose a file."),
            "empty": gettext_lazy("This file is empty. Choose another one."),
        },
    )

    def clean_file(self) -> bytes:
        upload: Any = self.cleaned_data["file"]
        if isinstance(upload, NoRoom):
            raise ValidationError(NO_ROOM)
        if upload.size > TableImport.MOST_BYTES:
            raise ValidationError(_("This file is too large. Import at most 5 MB at a time."))
        upload.seek(0)
        content: bytes = upload.read()
        return content
