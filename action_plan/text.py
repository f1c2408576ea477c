"""What a plan says, read from its lines or from a version as it was offered: what pages, downloads and API show."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from action_plan.models import CountryPlan, LineNeed, PlanLine, PlanVersion
from capability.models import Factor, Stage, ThreatClass, ThreatLevel
from common.mandate import Point

Kind = LineNeed.Kind


@dataclass(frozen=True)
class Need:
    """Of a factor, a threat or a request; `id` is its, and `name` in the reader's language.

    `stage` may have fallen from `before`; `words` are the request's own.
    """

    kind: str
    id: int
    stage: int | None = None
    before: int | None = None
    is_crossed: bool = False
    level: str = ""
    trend: str = ""
    words: str = ""
    update_id: int | None = None
    name: str = field(default="", compare=False)
    point: int | None = field(default=None, compare=False)

    @property
    def key(self) -> str:
        return f"{self.kind}-{self.id}"

    @property
    def level_word(self) -> str:
        return str(ThreatLevel.Level(self.level).label) if self.level else ""

    @property
    def trend_word(self) -> str:
        return str(ThreatLevel.Trend(self.trend).label) if self.trend else ""

    @property
    def in_words(self) -> str:
        """In one line, for tables and lists without marks."""
        return f"{self.name}: {self.standing}" if self.standing else self.name

    @property
    def standing(self) -> str:
        if self.kind == Kind.FACTOR and self.stage:
            said = {"stage": self.stage, "name": Stage(self.stage).label, "before": self.before}
            if self.before:
                return _("%(stage)s %(name)s, was %(before)s") % said
            return _("%(stage)s %(name)s") % said
        return ", ".join(filter(None, (self.level_word, self.trend_word.lower())))


@dataclass(frozen=True)
class LineText:
    """What is said of one point. `id` is the line's: what activities hang on."""

    id: int
    point: int
    what: str = ""
    target_stage: int | None = None
    target_on: date | None = None
    not_needed_because: str = ""
    needs: tuple[Need, ...] = ()

    @property
    def label(self) -> str:
        return str(Point(self.point).label)

    @property
    def is_needed(self) -> bool:
        return not self.not_needed_because

    @property
    def is_empty(self) -> bool:
        return not self.what and not self.not_needed_because

    @property
    def factors(self) -> list[int]:
        return [need.id for need in self.needs if need.kind == Kind.FACTOR]


@dataclass(frozen=True)
class PlanText:
    starts_on: date
    ends_on: date
    lines: tuple[LineText, ...]

    def line(self, point: int) -> LineText | None:
        return next((line for line in self.lines if line.point == point), None)

    @property
    def needs(self) -> Iterable[Need]:
        return (need for line in self.lines for need in line.needs)


def written(plan: CountryPlan) -> PlanText:
    """As the lines stand, in the reader's scope: three queries and those of the names."""
    lines = plan.lines.order_by("point").prefetch_related("needs")
    said = tuple(line_text(line) for line in lines)
    return _named(PlanText(plan.starts_on, plan.ends_on, said))


def of_version(version: PlanVersion) -> PlanText:
    return _named(_from_json(version.text))


def of_versions(versions: Iterable[PlanVersion]) -> dict[int, PlanText]:
    """By id, without the names of needs."""
    return {version.pk: _from_json(version.text) for version in versions}


def as_json(text: PlanText, *, owner: int) -> dict[str, Any]:
    """`owner` is who is responsible from then on: the state reads that no sooner than the rest."""
    return {
        "owner": owner,
        "starts_on": text.starts_on.isoformat(),
        "ends_on": text.ends_on.isoformat(),
        "lines": [_line_as_json(line) for line in text.lines],
    }


def line_text(line: PlanLine) -> LineText:
    needs = tuple(_of_need(need) for need in line.needs.all())
    return LineText(line.pk, line.point, line.what, line.target_stage, line.target_on, line.not_needed_because, needs)


def _of_need(need: LineNeed) -> Need:
    return Need(
        kind=need.kind,
        id=need.about,
        **{name: getattr(need, name) for name in VALUES},
    )


VALUES = ("stage", "before", "is_crossed", "level", "trend", "words", "update_id")
COLUMNS = ("point", "what", "target_stage", "target_on", "not_needed_because")


def _line_as_json(line: LineText) -> dict[str, Any]:
    columns = {name: getattr(line, name) for name in ("id", *COLUMNS)}
    columns["target_on"] = line.target_on.isoformat() if line.target_on else None
    needs = [{name: getattr(need, name) for name in ("kind", "id", *VALUES)} for need in line.needs]
    return columns | {"needs": needs}


def _from_json(text: dict[str, Any]) -> PlanText:
    lines = tuple(_line_from_json(line) for line in text["lines"])
    return PlanText(date.fromisoformat(text["starts_on"]), date.fromisoformat(text["ends_on"]), lines)


def _line_from_json(line: dict[str, Any]) -> LineText:
    target = date.fromisoformat(line["target_on"]) if line["target_on"] else None
    needs = tuple(Need(**need) for need in line["needs"])
    return LineText(**{**line, "target_on": target, "needs": needs})


def _named(text: PlanText) -> PlanText:
    return named(text, named_in(text))


def named_in(text: PlanText) -> dict[str, dict[int, Any]]:
    """The factors and threats that its needs are about, by kind and id: read once, they name them in any language."""
    ids: dict[str, set[int]] = {kind: {n.id for n in text.needs if n.kind == kind} for kind in Kind.values}
    return {
        Kind.FACTOR.value: Factor.objects.in_bulk(ids["factor"]),
        Kind.THREAT.value: ThreatClass.objects.in_bulk(ids["threat"]),
    }


def named(text: PlanText, names: dict[str, dict[int, Any]]) -> PlanText:
    """In the active language."""

    def name(need: Need) -> Need:
        known = names.get(need.kind, {}).get(need.id)
        return replace(need, name=str(known) if known else need.words)

    lines = (replace(line, needs=tuple(map(name, line.needs))) for line in text.lines)
    return replace(text, lines=tuple(lines))
