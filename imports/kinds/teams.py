from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rules.permissions import has_perm

from accounts.rules import is_officer
from csirt_network.actions.directory import save_facts
from csirt_network.forms.directory import FactsForm
from csirt_network.models import Team
from imports.kinds.base import Kind, RowRefused


class Teams(Kind):
    code = "teams"
    told: ClassVar = {"name": gettext_lazy("Name"), "state": gettext_lazy("State"), "kind": gettext_lazy("Kind")}

    @classmethod
    def may(cls, user: Any) -> bool:
        return bool(is_officer(user))  # all teams; a representative keeps one, on its page

    def about(self) -> str:
        return _(
            "Teams come into the directory by an application, so a table changes those that are there. Their"
            " name, their state and their kind are in the download to be read, and are left alone."
        )

    def form(self, thing: Any = None, data: Any = None) -> FactsForm:
        return FactsForm(data, instance=thing)

    def names(self) -> tuple[str, ...]:
        return FactsForm.Meta.fields

    def things(self) -> Any:
        return Team.objects.visible_to(self.by).select_related("state").in_order()

    def told_of(self, thing: Any) -> dict[str, str]:
        return {"name": thing.name, "state": thing.state.slug, "kind": thing.kind}

    def called(self, cells: dict[str, str]) -> str:
        return cells.get("id", "")

    def check(self, thing: Any) -> None:
        if not has_perm("csirt_network.edit_team", self.by, thing):
            raise RowRefused(_("You may not change this team."))

    def add(self, form: FactsForm) -> Any:
        raise RowRefused(_("Give the id of a team. New teams come into the directory by an application."))

    def change(self, thing: Any, form: FactsForm, changed: set[str]) -> None:
        save_facts(team=thing, facts=form.cleaned_data, by=self.by)
