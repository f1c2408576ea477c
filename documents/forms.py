from typing import Any

from django import forms

from documents.checks import ACCEPT, check_upload


class EvidenceField(forms.FileField):
    """A file that has passed every check before a view sees it."""

    widget = forms.FileInput(attrs={"accept": ACCEPT})

    def clean(self, data: Any, initial: Any = None) -> Any:
        upload = super().clean(data, initial)
        if data:
            check_upload(upload)
        return upload
