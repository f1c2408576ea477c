"""Where each member state stands with the network, and the step that would bring it in."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from csirt_network.models import Application, Team
from member_states.models import MemberState

STEPS: dict[str, tuple[str | Promise, str, str]] = {  # words, tint and icon of each
    "member": (_("Member of the network"), "good", "check"),
    "applying": (_("Applying"), "info", "send"),
    "known": (_("Team known, has not applied"), "warn", "mail"),
    "none": (_("No team known"), "neutral", "circle-dashed"),
}


@dataclass
class Standing:
    """Of one state. `applications` are those that the reader may know of."""

    state: MemberState
    members: list[Team] = field(default_factory=list)
    others: list[Team] = field(default_factory=list)
    applications: list[Application] = field(default_factory=list)

    @property
    def code(self) -> str:
        if self.members:
            return "member"
        if self.applications:
            return "applying"
        return "known" if self.others else "none"

    @property
    def words(self) -> str | Promise:
        return STEPS[self.code][0]

    @property
    def tint(self) -> str:
        return STEPS[self.code][1]

    @property
    def icon(self) -> str:
        return STEPS[self.code][2]


@dataclass
class Network:
    standings: list[Standing]

    def _of(self, code: str) -> list[Standing]:
        return [one for one in self.standings if one.code == code]

    @property
    def members(self) -> list[Standing]:
        return self._of("member")

    @property
    def not_yet(self) -> list[Standing]:
        """Those nearest to the network first."""
        return [one for code in ("applying", "known", "none") for one in self._of(code)]

    @property
    def teams(self) -> int:
        return sum(len(one.members) for one in self.standings)

    @property
    def applying(self) -> int:
        return len(self._of("applying"))

    @property
    def rest(self) -> int:
        return len(self.standings) - len(self.members) - self.applying


def network_for(user: Any) -> Network:
    """Membership is public; applications are shown to their sides. Three queries, whoever asks."""
    found = {state.pk: Standing(state) for state in MemberState.objects.visible_to(user).in_order()}
    teams: Any = Team.objects.visible_to(user).with_standing().order_by("kind", "name")
    for team in teams:
        standing = found[team.state_id]
        (standing.members if team.is_connected else standing.others).append(team)
    for application in Application.objects.visible_to(user).open().select_related("team"):
        found[application.state_id].applications.append(application)
    return Network(list(found.values()))
