from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from member_states.models import MemberState
from search.kinds import PUBLIC, Kind, in_each_language, named, searchable


@searchable
class States(Kind[MemberState]):
    code, name, model, audience = "state", _("Member states"), MemberState, PUBLIC

    def words(self, row: MemberState) -> Iterable[str]:
        return [*named(row), row.alpha2, row.alpha3, *in_each_language(row.get_sub_region_display)]

    def text(self, row: MemberState) -> str:
        return row.get_sub_region_display()

    def url(self, row: MemberState, user: Any) -> str:
        return row.get_absolute_url()

    def state(self, row: MemberState) -> MemberState:
        return row
