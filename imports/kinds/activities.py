from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext as _
from rules.permissions import has_perm

from action_plan.actions import activities as actions
from action_plan.forms.activities import ActivityForm
from action_plan.models import Activity, ActivityState
from common.translated import SUFFIXES
from imports.cells import spelled
from imports.kinds.base import Kind, RowRefused


class Activities(Kind):
    code = "activities"

    @classmethod
    def may(cls, user: Any) -> bool:
        return bool(has_perm("action_plan.add_activity", user))

    def about(self) -> str:
        return _(
            "A row without an id adds an idea, which only the programme’s staff read of. An activity of the"
            " same title and first day is known again. Who reads of an activity and where it stands are said"
            " on its page, never by a table."
        )

    def form(self, thing: Any = None, data: Any = None) -> ActivityForm:
        return ActivityForm(data, user=self.by, instance=thing)

    def names(self) -> list[str]:
        return [*ActivityForm.Meta.fields, "states"]

    def things(self) -> Any:
        rows = ActivityState.objects.visible_to(self.by).select_related("state")
        found = Activity.objects.visible_to(self.by).select_related("officer", "host_state")
        return found.prefetch_related(Prefetch("taking_part", rows, to_attr="shown_states")).newest_first()

    def values(self, thing: Any) -> dict[str, Any]:
        kept = {name: getattr(thing, name) for name in ActivityForm.Meta.fields}
        return kept | {"states": [row.state for row in thing.shown_states]}

    def called(self, cells: dict[str, str]) -> str:
        return next((title for suffix in SUFFIXES if (title := cells.get(f"title_{suffix}", ""))), "")

    def natural(self, cells: dict[str, str]) -> str:
        title = spelled(self.called(cells))
        return f"{title} {cells.get('starts_on', '')}" if title else ""

    def besides(self, thing: Any) -> dict[str, Any]:
        return {"edited": thing.edited} if thing else {}

    def check(self, thing: Any) -> None:
        if not has_perm("action_plan.edit_activity", self.by, thing):
            raise RowRefused(_("A state that you speak for takes part in it. Ask a colleague to change it."))

    def add(self, form: ActivityForm) -> Activity:
        states = form.cleaned_data["states"]
        return actions.add_activity(activity=form.save(commit=False), states=states, by=self.by)

    def change(self, thing: Any, form: ActivityForm, changed: set[str]) -> None:
        states = form.cleaned_data["states"] if "states" in changed else None
        try:
            actions.change_activity(activity=form.instance, fields=form.Meta.fields, states=states, by=self.by)
        except actions.EditedMeanwhile as error:
            raise RowRefused(_("A colleague saved it meanwhile.")) from error
