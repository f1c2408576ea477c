"""The national CSIRT of one state: today, and what was said of it."""

from functools import cached_property
from typing import Any

from action_plan.deployment_page import deployment_of
from capability.drafts import CSIRT_FACTS
from capability.fact_rows import known_facts
from capability.models import CsirtStatus
from capability.questions import CSIRT
from capability.wording import Line, facts_in_words
from csirt_network.models import Team
from member_states.models import MemberState
from reporting.dashboards.objectives import best_known_first
from reporting.dashboards.sections.said import Said, answers_to, history, statements
from reporting.dashboards.state import csirt_fact
from reporting.dashboards.state_list import Mark, csirt_mark


class CsirtPage:
    """Four queries; and five for the deployment, where the reader may see one."""

    def __init__(self, user: Any, state: MemberState) -> None:
        rows = best_known_first(CsirtStatus.objects.visible_to(user).filter(state=state))
        self.rows: list[CsirtStatus] = list(rows.select_related("source", "update__round"))
        self.answers = answers_to(user, state, CSIRT)
        self.deployment = deployment_of(user, state)
        self.may_start = user.is_authenticated and user.has_perm("action_plan.record_deployment")
        self.teams = list(Team.objects.visible_to(user).with_standing().filter(state=state).order_by("name", "pk"))

    @property
    def national(self) -> CsirtStatus | None:
        return next((row for row in self.rows if row.is_national), None)

    @property
    def mark(self) -> Mark:
        return csirt_mark(csirt_fact(self.national))

    @property
    def lines(self) -> list[Line]:
        """What is known beside the status."""
        facts = known_facts(self.national, CSIRT_FACTS)
        return facts_in_words(
            CSIRT, {name: value for name, value in facts.items() if name not in ("status", "website")}
        )

    @property
    def others(self) -> list[CsirtStatus]:
        """Teams that are not the national one."""
        return [row for row in self.rows if not row.is_national and row.is_current]

    @cached_property
    def said(self) -> list[Said]:
        reported = [row for row in self.rows if row.is_national and not row.is_confirmed]
        return history(CSIRT, statements(self.answers, reported, CSIRT_FACTS))
