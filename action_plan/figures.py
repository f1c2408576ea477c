"""Who took part, in numbers, as page, list, downloads and API show them."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from action_plan.models import Activity, ParticipantCount
from action_plan.querysets.activities import GENDERS
from common.mandate import Sector
from member_states.models import MemberState

GENDER_NAMES = {"women": _("Women"), "men": _("Men"), "other": _("Other"), "not_stated": _("Not stated")}
ASKED = (Sector.PUBLIC, Sector.PRIVATE, Sector.CIVIL_SOCIETY, Sector.END_USERS)  # objective 4


@dataclass(frozen=True)
class Line:
    """Figures of a sector, of a state or of all."""

    name: str | Promise
    figures: list[int]
    state: MemberState | None = None

    @property
    def total(self) -> int:
        return sum(self.figures)


class Figures:
    """Of one activity, for one reader: two queries."""

    def __init__(self, activity: Activity, user: Any) -> None:
        counts = ParticipantCount.objects.visible_to(user).filter(activity=activity)
        by_sector = {row["sector"]: _figures(row) for row in counts.summed("sector")}
        self.is_counted = bool(by_sector)
        asked = [Line(sector.label, by_sector.pop(sector.value, [0] * len(GENDERS))) for sector in ASKED]
        self.sectors = asked + [Line(_name(code), by_sector[code]) for code in sorted(by_sector)]
        self.states = _by_state(counts, user)
        columns = zip(*(line.figures for line in self.sectors), strict=True)
        self.all = Line(_("All"), [sum(column) for column in columns])

    @property
    def missing(self) -> list[str | Promise]:
        """The groups of objective 4 of which nobody takes part."""
        return [line.name for line in self.sectors[: len(ASKED)] if not line.total]


def _by_state(counts: Any, user: Any) -> list[Line]:
    """Alphabetically in the reader's language; those of no state last."""
    found = {row["state"]: _figures(row) for row in counts.summed("state")}
    states = [state for state in MemberState.objects.visible_to(user).in_order() if state.pk in found]
    lines = [Line(str(state), found[state.pk], state) for state in states]
    return [*lines, *([Line(_("No member state, or not stated"), found[None])] if None in found else [])]


def _name(code: str) -> str | Promise:
    return Sector(code).label if code else _("Sector not stated")


def _figures(row: dict[str, Any]) -> list[int]:
    return [row[gender] for gender in GENDERS]
