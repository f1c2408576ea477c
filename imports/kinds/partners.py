from typing import Any

from django.utils.translation import gettext as _
from rules.permissions import has_perm

from imports.cells import spelled
from imports.kinds.base import Kind
from partnerships.actions import partners as actions
from partnerships.forms.partners import PartnerForm
from partnerships.models import Partner


class Partners(Kind):
    code = "partners"

    @classmethod
    def may(cls, user: Any) -> bool:
        return bool(has_perm("partnerships.keep_partners", user))

    def about(self) -> str:
        return _(
            "A row without an id whose English name is not known yet adds a partner that only the programme’s"
            " staff read of. Whether everybody reads of a partner is said on its page, never by a table."
        )

    def form(self, thing: Any = None, data: Any = None) -> PartnerForm:
        return PartnerForm(data, user=self.by, instance=thing)

    def names(self) -> tuple[str, ...]:
        return PartnerForm.Meta.fields

    def things(self) -> Any:
        return Partner.objects.visible_to(self.by).select_related("state", "source").order_by("name_en", "pk")

    def called(self, cells: dict[str, str]) -> str:
        return cells.get("name_en", "")

    def natural(self, cells: dict[str, str]) -> str:
        return spelled(cells.get("name_en", ""))

    def besides(self, thing: Any) -> dict[str, Any]:
        return {"edited": thing.edited} if thing else {}

    def add(self, form: PartnerForm) -> Partner:
        return actions.add_partner(partner=form.save(commit=False), by=self.by)

    def change(self, thing: Any, form: PartnerForm, changed: set[str]) -> None:
        actions.change_partner(partner=form.instance, fields=form.Meta.fields, by=self.by)
