"""What the pages of SIM3 assessments show, worked out of levels and profiles."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch

from csirt_network.models import Assessment, ParameterLevel, PeerRemark, PeerReview, ProofFile, Sim3Profile, Team
from csirt_network.radar import Radar, Spoke, radar
from csirt_network.sim3 import LEVELS, PARAMETERS, Gap, Parameter, Quadrant, averages, parameters_of

Levels = Mapping[str, int | None]


@dataclass(frozen=True)
class QuadrantLine:
    """The mean of what is assessed; `change` against the assessment before, `target` of the chosen profile."""

    quadrant: Quadrant
    mean: float | None
    assessed: int
    of: int
    change: float | None
    target: float | None


@dataclass(frozen=True)
class ParameterLine:
    parameter: Parameter
    said: Any
    target: int | None
    remarks: Sequence[PeerRemark]
    proof: ProofFile | None

    @property
    def level(self) -> int | None:
        return self.said.level if self.said else None

    @property
    def words(self) -> Any:
        return LEVELS[self.level] if self.level is not None else ""

    @property
    def is_missing(self) -> bool:
        return bool(self.target) and (self.level or 0) < (self.target or 0)


class Assessed:
    """One assessment with what is said on each parameter, and by whom it was reviewed."""

    def __init__(self, assessment: Assessment, before: "Assessed | None" = None, profile: Any = None) -> None:
        self.assessment, self.before = assessment, before
        self.said = {row.code: row for row in assessment.levels.all()}
        self.levels: Levels = {code: row.level for code, row in self.said.items()}
        self.targets: Mapping[str, int] = profile.as_profile().levels if profile else {}
        self.profile = profile

    @property
    def means(self) -> Mapping[Quadrant, float | None]:
        return averages(self.levels)

    @property
    def assessed(self) -> int:
        return sum(level is not None for level in self.levels.values())

    @property
    def of(self) -> int:
        return len(PARAMETERS)

    @property
    def missing(self) -> int:
        return self.of - self.assessed

    @property
    def radar(self) -> Radar:
        targets = self.targets
        return radar([Spoke(c, self.levels.get(c), targets.get(c, 0) if targets else None) for c in PARAMETERS])

    @property
    def gaps(self) -> list[Gap]:
        return self.profile.as_profile().gaps(self.levels) if self.profile else []

    @property
    def quadrants(self) -> list[QuadrantLine]:
        before = self.before.means if self.before else {}
        goals = averages({code: self.targets.get(code, 0) for code in PARAMETERS}) if self.targets else {}
        return [
            QuadrantLine(
                quadrant,
                mean,
                sum(self.levels.get(one.code) is not None for one in parameters_of(quadrant)),
                len(parameters_of(quadrant)),
                _change(mean, before.get(quadrant)),
                goals.get(quadrant),
            )
            for quadrant, mean in self.means.items()
        ]

    def groups(self, remarks: Iterable[PeerRemark] = ()) -> list[tuple[Quadrant, list[ParameterLine]]]:
        by_code: dict[str, list[PeerRemark]] = {}
        for remark in remarks:
            by_code.setdefault(remark.code, []).append(remark)
        proofs = {proof.code: proof for proof in self.assessment.proofs.all()}
        lines = {
            code: ParameterLine(
                one, self.said.get(code), self.targets.get(code), by_code.get(code, ()), proofs.get(code)
            )
            for code, one in PARAMETERS.items()
        }
        return [(quadrant, [lines[one.code] for one in parameters_of(quadrant)]) for quadrant in Quadrant]


class TeamMaturity:
    """All of a team's assessments that this reader may see, the newest first. Four queries, however many."""

    def __init__(self, user: Any, team: Team, profile: str = "") -> None:
        profiles = Sim3Profile.objects.visible_to(user).offered().prefetch_related("levels")
        self.profiles = list(profiles.order_by("name_en"))
        self.profile = next((one for one in self.profiles if one.slug == profile), None)
        self.every = assessed(Assessment.objects.visible_to(user).filter(team=team), self.profile)
        self.sent = [one for one in self.every if one.assessment.sent_at]
        self.draft = next((one for one in self.every if not one.assessment.sent_at), None)

    @property
    def latest(self) -> Assessed | None:
        return self.sent[0] if self.sent else None

    @property
    def trend(self) -> list[tuple[Quadrant, list[float | None]]]:
        """By quadrant, the oldest first."""
        return [(quadrant, [one.means[quadrant] for one in reversed(self.sent)]) for quadrant in Quadrant]

    @property
    def oldest_first(self) -> list[Assessed]:
        return self.sent[::-1]


def assessed(assessments: Any, profile: Any = None) -> list[Assessed]:
    """The newest first, each with the one before it."""
    rows = assessments.select_related("team", "sent_by").order_by("version").prefetch_related("levels")
    found: list[Assessed] = []
    for row in rows:
        found.append(Assessed(row, found[-1] if found else None, profile))
    return found[::-1]


def reviews_of(user: Any, assessment: Assessment) -> list[PeerReview]:
    """With the answer and the remarks of each, the first asked first."""
    remarks = Prefetch("remarks", queryset=PeerRemark.objects.visible_to(user).order_by("pk"))
    found = PeerReview.objects.visible_to(user).filter(assessment=assessment).select_related("reviewer", "answer")
    return list(found.order_by("pk").prefetch_related(remarks))


def remarks_of(reviews: Iterable[PeerReview]) -> list[PeerRemark]:
    """What reviewing teams said in words or levels, each knowing its review."""
    found = []
    for review in reviews:
        for remark in review.remarks.all():
            remark.review = review
            found += [remark] if remark.remark or remark.level is not None else []
    return found


def levels_of(assessment: Assessment, user: Any) -> list[ParameterLevel]:
    return list(ParameterLevel.objects.visible_to(user).filter(assessment=assessment))


def _change(now: float | None, before: float | None) -> float | None:
    return None if now is None or before is None else round(now - before, 2)
