"""The maturity of one state in full: every factor with its words and its evidence, and the indicators of 2016."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext

from capability.models import Answer, Dimension, Evidence, Factor, Indicator, StageSentence, Update
from member_states.models import MemberState
from reporting.dashboards.compare import past_label


@dataclass(frozen=True)
class FactorLine:
    factor: Factor
    answer: Answer | None
    sentence: str


class Maturity:
    """`shown` names a round by its slug; without it the profile of today. Evidence as far as the wall allows."""

    def __init__(self, user: Any, state: MemberState, shown: str = "") -> None:
        self.user, self.state = user, state
        self.answers = self._answers()
        self.updates = self._updates_with_answers()
        self.update = next((u for u in self.updates if u.round and u.round.slug == shown), None)
        self.indicators = list(
            Indicator.objects.visible_to(user)
            .filter(factor__dimension__edition__is_rated_by_states=True)
            .select_related("factor__dimension__edition")
            .order_by("factor__dimension__position", "factor__position", "number")
        )

    def _answers(self) -> list[Answer]:
        evidence = Evidence.objects.visible_to(self.user).select_related("file")
        answers = Answer.objects.visible_to(self.user).filter(
            state=self.state, is_accepted=True, indicator__isnull=False, stage__isnull=False
        )
        return list(
            answers.select_related("update__round", "update__edition__source", "indicator__factor__dimension__edition")
            .prefetch_related(Prefetch("evidence", evidence))
            .order_by("update__accepted_at", "submission__number", "indicator__number")
        )

    def _updates_with_answers(self) -> list[Update]:
        """The newest first."""
        return list({answer.update_id: answer.update for answer in self.answers}.values())[::-1]

    @cached_property
    def given(self) -> dict[int, Answer]:
        """By indicator: of the update shown, or the current ones."""
        wanted = [a for a in self.answers if (a.update_id == self.update.pk if self.update else a.is_current)]
        return {answer.indicator_id: answer for answer in wanted if answer.indicator_id}

    @cached_property
    def dimensions(self) -> list[tuple[Dimension, list[FactorLine]]]:
        sentences = self._sentences()
        found: dict[Dimension, list[FactorLine]] = {}
        for indicator in self.indicators:
            answer = self.given.get(indicator.pk)
            sentence = sentences.get((indicator.pk, answer.stage), "") if answer else ""
            found.setdefault(indicator.factor.dimension, []).append(FactorLine(indicator.factor, answer, sentence))
        return list(found.items())

    def _sentences(self) -> dict[tuple[int, int | None], str]:
        """What the stage of each answer means."""
        answered = [indicator.pk for indicator in self.indicators if indicator.pk in self.given]
        sentences = StageSentence.objects.visible_to(self.user).filter(indicator__in=answered)
        return {(sentence.indicator_id, sentence.stage): sentence.text for sentence in sentences}

    @property
    def has_answers(self) -> bool:
        return any(line.answer for _, lines in self.dimensions for line in lines)

    @property
    def published(self) -> list[tuple[Dimension, list[Answer]]]:
        """The indicators of an earlier edition, as they were published."""
        found: dict[Dimension, list[Answer]] = {}
        for answer in self.answers:
            if not answer.update.edition.is_rated_by_states and answer.indicator:
                found.setdefault(answer.indicator.factor.dimension, []).append(answer)
        return sorted(found.items(), key=lambda item: item[0].position)

    def rows(self) -> Iterator[list[Any]]:
        """Each factor of today's edition, answered or not, then the levels as they were published."""
        yield [
            gettext("Edition"), gettext("Dimension"), gettext("Factor"), gettext("Indicator"), gettext("Stage"),
            gettext("What it means"), gettext("In the words of the state"), gettext("Update"),
            gettext("Confirmed as still true"), gettext("Evidence"),
        ]  # fmt: skip
        for dimension, lines in self.dimensions:
            for line in lines:
                yield [dimension.edition.year, dimension.name, line.factor.name, "", *_told(line.answer, line.sentence)]
        for dimension, answers in self.published:
            for answer in answers:
                indicator: Any = answer.indicator
                of = [dimension.edition.year, dimension.name, indicator.factor.name, indicator.name]
                yield [*of, *_told(answer, "")]

    @property
    def baseline(self) -> Update | None:
        return next((update for update in self.updates if not update.edition.is_rated_by_states), None)

    @property
    def choices(self) -> list[dict[str, Any]]:
        """The profile of today, then each round whose answers this reader may see."""
        rounds = [(update, update.round) for update in self.updates if update.round]
        return [
            {"url": "?", "label": gettext("Today"), "current": self.update is None},
            *(
                {"url": f"?round={round.slug}", "label": round.title, "current": self.update == update}
                for update, round in rounds
            ),
        ]


def _told(answer: Answer | None, sentence: str) -> list[Any]:
    if answer is None:
        return [""] * 6
    still_true = gettext("Yes") if answer.is_still_true else ""
    evidence = "; ".join(one.title for one in answer.evidence.all())
    return [answer.stage, sentence, answer.text, past_label(answer.update), still_true, evidence]
