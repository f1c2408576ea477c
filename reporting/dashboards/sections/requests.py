"""What one state asked the programme for: today, and update by update."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from capability.models import SupportRequest
from capability.questions import REQUESTS
from member_states.models import MemberState
from reporting.dashboards.sections.said import Said, answers_to, history, statements


@dataclass(frozen=True)
class Asked:
    """A request that stands, and the update that first named this point without a pause since."""

    request: SupportRequest
    since: str
    times: int


class RequestsPage:
    """Two queries."""

    def __init__(self, user: Any, state: MemberState) -> None:
        rows = SupportRequest.objects.visible_to(user).current().filter(state=state)
        self.rows: list[SupportRequest] = list(rows.select_related("update__round").order_by("point"))
        self.answers = answers_to(user, state, REQUESTS)

    @cached_property
    def said(self) -> list[Said]:
        return history(REQUESTS, statements(self.answers))

    @property
    def asked(self) -> list[Asked]:
        return [self._asked(row) for row in self.rows]

    def _asked(self, row: SupportRequest) -> Asked:
        since, times = "", 0
        for line in self.said:
            if str(row.point) not in line.statement.facts:
                break
            since, times = line.statement.title, times + 1
        return Asked(row, since, times)
