"""Requests for support, one text for each of the seven points. Asking for nothing is an answer too."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from capability.drafts import Content, Item, given
from capability.forms.base import AnswerForm
from common.mandate import Point

NEED_LENGTH = 1000


class RequestsForm(AnswerForm):
    def __init__(self, data: Any = None, *, item: Item, files: Any = None) -> None:
        super().__init__(data, item=item, files=files)
        for point in Point:
            self.fields[str(point.value)] = forms.CharField(
                label=point.label,
                required=False,
                max_length=NEED_LENGTH,
                widget=forms.Textarea({"rows": 2}),
                error_messages={"max_length": _("Use 1,000 characters or fewer.")},
            )

    @classmethod
    def values(cls, content: Content) -> dict[str, Any]:
        return {str(point.value): content.facts.get(str(point.value), "") for point in Point}

    def content(self) -> Content:
        return Content(facts=given({name: self.typed(name) for name in self.fields}))
