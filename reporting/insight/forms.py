"""What the list of moves may be narrowed to: on its page, in its downloads and in the API."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from capability.models import Dimension, Round
from member_states.models import MemberState

SELECT = {"class": "select"}
UNKNOWN_STATE = _("There is no such state. Use its slug, such as chile.")
UNKNOWN_ROUND = _("There is no such round, or you may not see it. Use its slug, such as 2026-2.")
UNKNOWN_DIMENSION = _("There is no such dimension. Use its code, such as D1.")


class MovesForm(forms.Form):
    state = forms.ModelChoiceField(
        MemberState.objects.none(), required=False, to_field_name="slug", label=_("Member state"),
        empty_label=_("All states"), error_messages={"invalid_choice": UNKNOWN_STATE},
    )  # fmt: skip
    sub_region = forms.ChoiceField(
        choices=[("", _("All sub-regions")), *MemberState.SubRegion.choices], required=False, label=_("Sub-region")
    )
    round = forms.ModelChoiceField(
        Round.objects.none(), required=False, to_field_name="slug", label=_("Round"),
        empty_label=_("All rounds"), error_messages={"invalid_choice": UNKNOWN_ROUND},
    )  # fmt: skip
    dimension = forms.ModelChoiceField(
        Dimension.objects.none(), required=False, to_field_name="code", label=_("Dimension"),
        empty_label=_("All dimensions"), error_messages={"invalid_choice": UNKNOWN_DIMENSION},
    )  # fmt: skip
    direction = forms.ChoiceField(
        choices=[("", _("Up and down")), ("up", _("Up")), ("down", _("Down"))], required=False, label=_("Direction")
    )

    def __init__(self, data: Any, *, user: Any, of_state: bool = False) -> None:
        """`of_state`: the state is given by the page."""
        super().__init__(data)
        rated = Dimension.objects.visible_to(user).filter(edition__is_rated_by_states=True)
        for name, rows in (
            ("state", MemberState.objects.visible_to(user).in_order()),
            ("round", Round.objects.visible_to(user).exclude(opened_at=None)),
            ("dimension", rated.order_by("position")),
        ):
            self.fields[name].queryset = rows  # type: ignore[attr-defined]
        for name in ("state", "sub_region") if of_state else ():
            del self.fields[name]
        self.is_valid()  # an unknown choice narrows nothing and is explained at its field

    def chosen(self, name: str) -> Any:
        return getattr(self, "cleaned_data", {}).get(name) or None

    @property
    def is_narrowed(self) -> bool:
        return any(self.data.get(name) for name in self.fields)

    def of_states(self) -> dict[str, Any]:
        """Which states' updates are read; a round is looked for afterwards, since the update before it counts too."""
        asked = {"state": self.chosen("state"), "state__sub_region": self.chosen("sub_region")}
        return {name: value for name, value in asked.items() if value}

    def lets(self, move: Any) -> bool:
        round, dimension, direction = (self.chosen(name) for name in ("round", "dimension", "direction"))
        return (
            (round is None or move.update.round_id == round.pk)
            and (dimension is None or move.factor.dimension_id == dimension.pk)
            and (direction is None or (move.by > 0) == (direction == "up"))
        )
