"""What the list of moves may be narrowed to: on its page, in its downloads and in the API."""

from functools import cached_property
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from capability.models import Dimension, Round
from member_states.models import MemberState

SELECT = {"class": "select"}
NEWEST = 4  # rounds of the region that are read, unless earlier ones are asked for
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

    earlier = forms.BooleanField(
        required=False, label=_("Earlier rounds too"), help_text=_("Otherwise the newest four alone.")
    )

    def __init__(self, data: Any, *, user: Any, of_state: bool = False, is_whole: bool = False) -> None:
        """`of_state`: the state is given by the page. `is_whole`: nobody need ask for earlier rounds."""
        super().__init__(data)
        self.user = user
        rated = Dimension.objects.visible_to(user).filter(edition__is_rated_by_states=True)
        for name, rows in (
            ("state", MemberState.objects.visible_to(user).in_order()),
            ("round", Round.objects.visible_to(user).exclude(opened_at=None)),
            ("dimension", rated.order_by("position")),
        ):
            self.fields[name].queryset = rows  # type: ignore[attr-defined]
        left_out = ("state", "sub_region", "earlier") if of_state else ("earlier",) if is_whole else ()
        for name in left_out:
            del self.fields[name]
        if "earlier" in self.fields:
            self.fields["round"].empty_label = _("The newest rounds")  # type: ignore[attr-defined]
        self.is_valid()  # an unknown choice narrows nothing and is explained at its field

    def chosen(self, name: str) -> Any:
        return getattr(self, "cleaned_data", {}).get(name) or None

    @property
    def is_narrowed(self) -> bool:
        return any(self.data.get(name) for name in self.fields)

    def of_states(self) -> dict[str, Any]:
        """Which states' updates are read."""
        asked = {"state": self.chosen("state"), "state__sub_region": self.chosen("sub_region")}
        return {name: value for name, value in asked.items() if value}

    @cached_property
    def rounds(self) -> set[int] | None:
        """In which of them something is to have moved; None: in any. The update before counts too, wherever it is."""
        if round := self.chosen("round"):
            return {round.pk}
        if "earlier" not in self.fields or self.chosen("earlier"):
            return None
        opened = Round.objects.visible_to(self.user).exclude(opened_at=None)
        return set(opened.order_by("-year", "-number").values_list("pk", flat=True)[:NEWEST])

    def lets(self, move: Any) -> bool:
        dimension, direction = self.chosen("dimension"), self.chosen("direction")
        return (
            (self.rounds is None or move.update.round_id in self.rounds)
            and (dimension is None or move.factor.dimension_id == dimension.pk)
            and (direction is None or (move.by > 0) == (direction == "up"))
        )
