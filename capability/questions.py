"""What an update asks: nine sections, twenty-seven questions. The five dimensions are data of the edition.

What the four questions without an indicator hold in ``facts`` (plain text, numbers, true or false):

csirt     {status, name, short_name, host, website, established, constituency, answers_day_and_night}
strategy  {step, in_force, title, adopted, later_versions, link, stages: {<step>: <when it was reached>},
           versions: [{title, adopted, link}], consultations: [{sector, held, women, men, other, not_stated}]}
threats   {<code of the threat class>: {level, trend, source}, source: <of all that name none of their own>}
requests  {<number of the point>: what is needed}
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from capability.models import Dimension, Edition, Indicator, ThreatClass

CSIRT, STRATEGY, THREATS, REQUESTS = "csirt", "strategy", "threats", "requests"
WITHOUT_INDICATOR = (CSIRT, STRATEGY, THREATS, REQUESTS)


@dataclass(frozen=True)
class Question:
    """`code` is what answers are kept under: the factor's code (D1.1), or csirt, strategy, threats, requests."""

    code: str
    title: str
    section: str
    indicator: Indicator | None = None

    @property
    def key(self) -> str:
        """The code as names and ids of form fields take it."""
        return self.code.replace(".", "-")

    @property
    def number(self) -> str:
        """2.3 for D2.3; nothing for the four others."""
        return self.code.removeprefix("D") if self.indicator else ""


@dataclass(frozen=True)
class Section:
    slug: str
    title: str
    questions: tuple[Question, ...]
    dimension: Dimension | None = None


def sections_of(edition: Edition) -> list[Section]:
    """The sections in their order, in the reader's language; two queries however many questions there are."""
    dimensions = list(Dimension.objects.filter(edition=edition))
    indicators: dict[int, list[Indicator]] = {}
    rated = Indicator.objects.filter(factor__dimension__edition=edition).select_related("factor")
    for indicator in rated.order_by("factor__position", "number"):
        indicators.setdefault(indicator.factor.dimension_id, []).append(indicator)
    return [
        _plain(CSIRT, gettext("CSIRT status")),
        _plain(STRATEGY, gettext("National strategy")),
        _plain(THREATS, gettext("Threats")),
        *(_of_dimension(dimension, indicators.get(dimension.pk, [])) for dimension in dimensions),
        _plain(REQUESTS, gettext("Requests for support")),
    ]


def questions_of(edition: Edition) -> dict[str, Question]:
    """By code, in the order of the sections."""
    return {question.code: question for section in sections_of(edition) for question in section.questions}


def threat_classes() -> Any:
    """The classes that states report on: ``test`` marks entries that count nowhere."""
    return ThreatClass.objects.exclude(code="test")


def _plain(code: str, title: str) -> Section:
    return Section(code, title, (Question(code, title, code),))


def _of_dimension(dimension: Dimension, indicators: list[Indicator]) -> Section:
    questions = tuple(
        Question(indicator.code, indicator.factor.name, dimension.slug, indicator) for indicator in indicators
    )
    return Section(dimension.slug, dimension.short, questions, dimension)
