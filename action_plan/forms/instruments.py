from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from action_plan.models import Activity
from common.mandate import Point


class LinkForm(forms.Form):
    point = forms.TypedChoiceField(
        label=gettext_lazy("Point of the action plan"),
        choices=[("", "–"), *Point.choices],
        coerce=int,
        empty_value=None,
        required=False,
    )
    activity = forms.CharField(
        label=gettext_lazy("Activity"),
        help_text=gettext_lazy("Paste the address of its page."),
        required=False,
        max_length=300,
    )

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by

    def clean_activity(self) -> Activity | None:
        """By the last part of its address."""
        typed = self.cleaned_data["activity"].replace("\0", "").strip()
        slug = typed.split("?")[0].split("#")[0].rstrip("/").rsplit("/", 1)[-1]
        found = Activity.objects.visible_to(self.by).filter(slug=slug).first()
        if typed and found is None:
            raise forms.ValidationError(_("There is no such activity. Copy the address from its page."))
        return found

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not cleaned.get("point") and not cleaned.get("activity"):
            self.add_error("point", _("Choose a point or an activity."))
        return cleaned
