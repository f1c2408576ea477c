"""What the states of the sample answer: last year from their published levels, this year with a few changes."""

from dataclasses import dataclass, field, replace
from typing import Any

from capability.drafts import CSIRT_FACTS, STRATEGY_FACTS, given
from capability.forms.strategy import STAGES
from capability.maturity import factor_stages
from capability.models import Answer, CsirtStatus, Indicator, StrategyStatus
from capability.questions import CSIRT, REQUESTS, STRATEGY, THREATS, threat_classes
from common.mandate import Sector
from oas_cyber.sample.words import dice, has, say

LEVELS, TRENDS = ("low", "low", "medium", "medium", "high"), ("steady", "rising", "falling", "")


@dataclass(frozen=True)
class Given:
    """One answer; proofs are (title, link)."""

    stage: int | None = None
    facts: dict[str, Any] = field(default_factory=dict)
    text: str = ""
    proofs: tuple[tuple[str, str], ...] = ()
    is_still_true: bool = False


Answers = dict[str, Given]


@dataclass(frozen=True)
class Known:
    """What is publicly known of all states before the first round, read once."""

    indicators: dict[str, Indicator]
    stages: dict[int, dict[int, Any]]
    csirts: dict[int, CsirtStatus]
    strategies: dict[int, StrategyStatus]
    threats: list[str]

    @classmethod
    def read(cls) -> "Known":
        return cls(
            indicators={i.code: i for i in Indicator.objects.filter(factor__dimension__edition__year=2021)},
            stages=factor_stages(Answer.objects.current(), 2021),
            csirts={fact.state_id: fact for fact in CsirtStatus.objects.current().filter(is_national=True)},
            strategies={fact.state_id: fact for fact in StrategyStatus.objects.current()},
            threats=[threat.code for threat in threat_classes()],
        )


def first_answers(state: Any, language: str, known: Known) -> Answers:
    """Of the 2021 edition: the levels of 2016 led there, and up to one stage more."""
    rated = {
        code: Given(
            stage=_first_stage(state, indicator, known),
            text=say(code, "first", language, state.slug),
            proofs=_proof(state, code, "first", language) if code == "D1.1" else (),
        )
        for code, indicator in known.indicators.items()
    }
    return {
        CSIRT: Given(facts=_csirt(state, known)),
        STRATEGY: Given(facts=_strategy(state, known)),
        THREATS: Given(facts=_threats(state, language, known)),
        **rated,
        REQUESTS: Given(facts=_requests(state, language)),
    }


def later_answers(state: Any, language: str, before: Answers) -> Answers:
    """Most is still true; some stages rise with a proof, some answers change in their words alone."""
    return {code: _later(state, language, code, answer) for code, answer in before.items()}


def _later(state: Any, language: str, code: str, before: Given) -> Given:
    chance = dice(10, state.slug, code, "later")
    if before.stage and has(code, "later") and chance < 4:
        return _changed(state, language, code, before, rises=chance < 3)
    if code == CSIRT and before.facts.get("status") == "operational" and chance < 3:
        return replace(before, facts=before.facts | {"answers_day_and_night": True})
    if code == THREATS and chance < 6:
        fraud = before.facts["fraud"] | {"level": "high", "trend": "rising"}
        return replace(before, facts=before.facts | {"fraud": fraud})
    if code == REQUESTS and chance < 5:
        return replace(before, facts=before.facts | {"4": say("request 4", "need", language, state.slug)})
    return replace(before, is_still_true=True)


def _changed(state: Any, language: str, code: str, before: Given, *, rises: bool) -> Given:
    stage = before.stage or 1
    words = say(code, "later", language, state.slug)
    if not rises or stage == 5:
        return replace(before, text=words)
    return replace(before, stage=stage + 1, text=words, proofs=_proof(state, code, "later", language))


def _first_stage(state: Any, indicator: Indicator, known: Known) -> int:
    """A factor that nothing published leads to stands where a neighbour may."""
    published = known.stages.get(state.pk, {}).get(indicator.factor_id)
    if published:
        stage = min(5, published.stage + (1 if dice(3, state.slug, indicator.code) else 0))
    else:
        stage = (1 if known.stages.get(state.pk) else 3) + dice(2, state.slug, indicator.code)
    return max(stage, _least_stage(state, indicator, known))


def _least_stage(state: Any, indicator: Indicator, known: Known) -> int:
    """What is reported of strategy and CSIRT says something of two factors."""
    if indicator.code == "D1.1" and known.strategies[state.pk].in_force:
        return 3
    if indicator.code == "D1.2" and known.csirts[state.pk].status == "operational":
        return 2
    return 1


def _csirt(state: Any, known: Known) -> dict[str, Any]:
    fact = known.csirts[state.pk]
    facts = given({name: getattr(fact, name) for name in CSIRT_FACTS})
    if fact.status == "operational":
        return facts | {"answers_day_and_night": dice(2, state.slug, CSIRT) == 1}
    return facts | {"status": ("none", "planned", "setting up")[dice(3, state.slug, CSIRT)]}


def _strategy(state: Any, known: Known) -> dict[str, Any]:
    fact = known.strategies[state.pk]
    facts = given({name: getattr(fact, name) for name in STRATEGY_FACTS})
    if fact.in_force:
        step = ("implementation", "implementation", "evaluation")[dice(3, state.slug, STRATEGY)]
        return facts | {"step": step} | _making(state, fact.adopted or "2021", step)
    step = ("none", "initiation", "drafting", "consultation")[dice(4, state.slug, STRATEGY)]
    return facts | {"step": step, "in_force": False} | (_making(state, "2025", step) if step != "none" else {})


def _making(state: Any, adopted: str, step: str) -> dict[str, Any]:
    """How a strategy came about: some stages with their years, and who was consulted."""
    steps = [stage.value for stage in STAGES]
    year, reached = int(adopted[:4]), steps[: steps.index(step) + 1]
    years = {"initiation": str(year - 2), "drafting": str(year - 1), "adoption": adopted}
    stages = {stage: years[stage] for stage in reached if stage in years}
    sectors = [sector for sector in Sector.values if dice(3, state.slug, sector)] if "consultation" in reached else []
    return given({"stages": stages, "consultations": [_consultation(state, sector, year) for sector in sectors]})


def _consultation(state: Any, sector: str, year: int) -> dict[str, Any]:
    """Not everybody counts who comes."""
    held = {"sector": sector, "held": f"{year - 1}-{1 + dice(12, state.slug, sector, 'held'):02}"}
    if dice(3, state.slug, sector, "counted") == 0:
        return held
    people = {name: 5 + dice(30, state.slug, sector, name) for name in ("women", "men")}
    return {**held, **people}


def _threats(state: Any, language: str, known: Known) -> dict[str, Any]:
    """One class in three states is not assessed."""
    said: dict[str, Any] = {code: _threat(state, code) for code in known.threats}
    if dice(3, state.slug, "unassessed") == 0:
        said["other"] = {"level": "unassessed"}
    return said | {"source": say("threats", "source", language, state.slug)}


def _threat(state: Any, code: str) -> dict[str, Any]:
    return given({"level": LEVELS[dice(5, state.slug, code)], "trend": TRENDS[dice(4, state.slug, code, "trend")]})


def _requests(state: Any, language: str) -> dict[str, str]:
    wanted = {1 + dice(5, state.slug, "need"), 1 + dice(5, state.slug, "another need")}
    return {str(point): say(f"request {point}", "need", language, state.slug) for point in sorted(wanted)}


def _proof(state: Any, code: str, kind: str, language: str) -> tuple[tuple[str, str], ...]:
    link = f"https://example.org/{state.slug}/{code.lower().replace('.', '-')}-{kind}.pdf"
    return ((say("evidence", kind, language, f"{state.slug} {code}"), link),)
