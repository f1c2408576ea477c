"""Region at a glance: everything on the page from twenty-five queries, for every staff role the same."""

from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext

from action_plan import dialogue
from action_plan.coming import coming
from action_plan.deployment_page import to_confirm
from common.mandate import Objective
from csirt_network.connected import connected
from member_states.models import MemberState
from partnerships import ties
from reporting.dashboards.matrix import Matrix, Row
from reporting.dashboards.objectives import Tile, deployed, facts_of, tally_of, tiles
from reporting.dashboards.points import SevenPoints
from reporting.dashboards.progress import Progress
from reporting.dashboards.standing import QUESTIONS, Standing


class Region:
    def __init__(self, user: Any, params: QueryDict) -> None:
        self.params = params
        self.states = list(MemberState.objects.visible_to(user).with_participation().in_order())
        self.progress = Progress(user, self.states)
        self.facts = facts_of(user)
        self.network = connected(user, timezone.now())
        self.dialogue = dialogue.of_region(user)
        self.ties = ties.of_region(user)
        self.deployed = to_confirm(user)
        self.coming = coming(user)
        self.points = SevenPoints(user)
        self.matrix = Matrix(user, self.states, params.get("edition", ""))
        self.standing = Standing(params.get("map", ""), self.matrix, self.facts, self.progress)

    @property
    def tiles(self) -> list[Tile]:
        of = len(self.states)
        csirts, strategies = self.facts[Objective.CSIRTS], self.facts[Objective.STRATEGIES]
        found = tiles(of, tally_of(of, csirts), tally_of(of, strategies), self.network, self.dialogue, self.ties)
        return [found[0].with_foot(deployed(self.deployed)), *found[1:]]

    @property
    def rows(self) -> list[Row]:
        return list(self.matrix.rows(self.params))

    @property
    def not_participating(self) -> list[MemberState]:
        return [state for state in self.states if not state.participates]  # type: ignore[attr-defined]

    @property
    def maps(self) -> list[dict[str, Any]]:
        """The switch above the map: plain links that keep the rest of the query."""
        return [
            {"label": label, "url": f"?{self._with('map', code)}#map", "current": code == self.standing.question}
            for code, label in QUESTIONS.items()
        ]

    @property
    def editions(self) -> list[dict[str, Any]]:
        is_rated = self.matrix.edition is None or self.matrix.edition.is_rated_by_states
        choices = (("", gettext("Factors today"), is_rated), ("2016", gettext("Indicators of 2016"), not is_rated))
        return [
            {"label": label, "url": f"?{self._with('edition', year)}#matrix", "current": current}
            for year, label, current in choices
        ]

    @property
    def open_all(self) -> str:
        is_open = "all" in self.params.getlist("open")
        return self._with("open", "" if is_open else "all")

    def _with(self, name: str, value: str) -> str:
        changed = self.params.copy()
        changed.setlist(name, [value] if value else [])
        return changed.urlencode()
