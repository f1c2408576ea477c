"""The state's working copy of an update: each question with what is answered now and what was known before.

Nothing is copied in advance. A question without a draft is unconfirmed; the draft is written when the liaison
confirms the last answer or begins another.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import F

from capability.maturity import lower_median
from capability.models import (
    Answer,
    AnswerDecision,
    CsirtStatus,
    DraftAnswer,
    DraftEvidence,
    Evidence,
    StageSentence,
    StrategyStatus,
    Submission,
    Update,
)
from capability.questions import CSIRT, STRATEGY, Question, Section, sections_of
from documents.models import Source
from review.states import Status

Proof = Evidence | DraftEvidence
CSIRT_FACTS = (
    "status",
    "name",
    "short_name",
    "host",
    "website",
    "established",
    "constituency",
    "answers_day_and_night",
)
STRATEGY_FACTS = ("step", "in_force", "title", "adopted", "later_versions", "link")


@dataclass(frozen=True)
class Content:
    """What is answered. Facts hold only what was given: no empty text, no None."""

    stage: int | None = None
    facts: dict[str, Any] = field(default_factory=dict)
    text: str = ""

    @classmethod
    def of(cls, answer: Answer | DraftAnswer | None) -> "Content":
        return cls(answer.stage, answer.facts, answer.text) if answer else cls()

    @property
    def is_empty(self) -> bool:
        return self == Content()


@dataclass(frozen=True)
class Reported:
    """What a public source says of a fact that the state has not confirmed yet."""

    facts: dict[str, Any]
    source: Source | None
    as_of: str


@dataclass
class Item:
    """One question in one update, as the state's liaisons see it."""

    update: Update
    question: Question
    draft: DraftAnswer | None = None
    sent: Answer | None = None
    last: Answer | None = None
    reported: Reported | None = None
    earlier: list[Answer] = field(default_factory=list)  # of the edition before, through the crosswalk
    returned: AnswerDecision | None = None
    may_change: bool = False
    sentences: list[StageSentence] = field(default_factory=list)

    @property
    def answer(self) -> Answer | DraftAnswer | None:
        """What stands for this question in this update now."""
        if self.update.status in (Status.SUBMITTED, Status.ACCEPTED):
            return self.sent or self.draft
        return self.draft or self.sent

    @property
    def content(self) -> Content:
        return Content.of(self.answer)

    @property
    def revision(self) -> int:
        return self.draft.revision if self.draft else 0

    @cached_property
    def evidence(self) -> list[Proof]:
        """Of this answer; before there is one, what the last accepted answer brought along.

        What was withdrawn stays named in what was sent, and proves nothing in what is not.
        """
        return proofs_of(self.answer) if isinstance(self.answer, Answer) else standing(self.answer or self.last)

    @property
    def known(self) -> Content | None:
        """What the liaison may confirm as still true."""
        if self.last:
            return Content.of(self.last)
        return Content(facts=self.reported.facts) if self.reported else None

    @property
    def earlier_stage(self) -> int | None:
        return lower_median(answer.stage for answer in self.earlier if answer.stage)

    @property
    def rises(self) -> bool:
        stage = self.content.stage
        return bool(self.last and self.last.stage and stage and stage > self.last.stage)

    @property
    def is_mended(self) -> bool:
        """Returned, and something about it is different now."""
        return bool(self.sent and self.draft) and told(self.sent) != told(self.draft)

    @property
    def is_done(self) -> bool:
        if self.returned:
            return self.is_mended and self.draft is not None and self.draft.is_complete
        if self.update.status == Status.DRAFT:
            return self.draft is not None and self.draft.is_complete
        return self.answer is not None

    @property
    def is_changed(self) -> bool:
        """Compared with the last accepted answer of the same edition."""
        return self.last is None or told(self.answer) != told(self.last)

    @property
    def status(self) -> str:
        """A code of the house's table of status words."""
        if self.is_done:
            return "changed" if self.is_changed else "confirmed"
        if self.returned:
            return "returned"
        if self.draft:
            return "in_progress"
        return "unconfirmed" if self.known else "not_started"


@dataclass
class SectionItems:
    section: Section
    items: list[Item]

    @property
    def done(self) -> int:
        return sum(item.is_done for item in self.items)

    @property
    def of(self) -> int:
        return len(self.items)

    @property
    def changed(self) -> int:
        return sum(item.is_done and item.is_changed for item in self.items)

    @property
    def status(self) -> str:
        if self.done == self.of:
            return "complete"
        if any(item.status == "returned" for item in self.items):
            return "returned"
        return "in_progress" if self.done or any(item.draft for item in self.items) else "not_started"


class WorkingCopy:
    """The whole update in a fixed number of queries. For liaisons of its state: others see no drafts."""

    def __init__(self, update: Update, user: Any, *, with_sentences_of: str = "") -> None:
        self.update = update
        sent = Submission.objects.visible_to(user).filter(update_sent=update).select_related("submitted_by")
        self.submission = sent.order_by("-number").first()
        self.decisions = self._decisions(user)
        self._user = user
        items = self._items(with_sentences_of)
        self.sections = [
            SectionItems(section, [items[question.code] for question in section.questions])
            for section in self._sections
        ]
        self.items = items

    @property
    def is_open(self) -> bool:
        """Whether anything in it may be changed today."""
        return self.update.is_to_fill

    @property
    def unfinished(self) -> list[Item]:
        return [item for item in self.items.values() if not item.is_done]

    @property
    def complete_sections(self) -> int:
        return sum(section.status == "complete" for section in self.sections)

    @property
    def next_section(self) -> SectionItems | None:
        return next((section for section in self.sections if section.status != "complete"), None)

    @property
    def people(self) -> dict[int, Any]:
        """Who saved something in it, by id."""
        return {item.draft.saved_by_id: item.draft.saved_by for item in self.items.values() if item.draft}

    @property
    def last_saved(self) -> DraftAnswer | None:
        drafts = [item.draft for item in self.items.values() if item.draft]
        return max(drafts, key=lambda draft: draft.saved_at, default=None)

    def section(self, slug: str) -> SectionItems | None:
        return next((found for found in self.sections if found.section.slug == slug), None)

    def after(self, slug: str) -> SectionItems | None:
        slugs = [found.section.slug for found in self.sections]
        return dict(zip(slugs, self.sections[1:], strict=False)).get(slug)

    def _items(self, with_sentences_of: str) -> dict[str, Item]:
        self._sections = sections_of(self.update.edition)
        drafts, last, sent = self._drafts(), self._last(), self._sent()
        earlier, reported = self._earlier(), self._reported()
        sentences = self._sentences(with_sentences_of)
        items = {}
        for question in (question for section in self._sections for question in section.questions):
            code, indicator = question.code, question.indicator
            items[code] = Item(
                update=self.update,
                question=question,
                draft=drafts.get(code),
                sent=sent.get(code),
                last=last.get(code),
                reported=reported.get(code),
                earlier=earlier.get(indicator.factor_id, []) if indicator else [],
                returned=self.decisions.get(code),
                may_change=self.is_open and (self.update.status == Status.DRAFT or code in self.decisions),
                sentences=sentences.get(indicator.pk, []) if indicator else [],
            )
        return items

    def _decisions(self, user: Any) -> dict[str, AnswerDecision]:
        """By question: what came back with a comment and is for the state to mend."""
        if self.update.status != Status.RETURNED or not self.submission:
            return {}
        returned = AnswerDecision.objects.visible_to(user).filter(
            answer__submission=self.submission, verdict=AnswerDecision.Verdict.RETURN, is_released=True
        )
        return {decision.answer.question: decision for decision in returned.select_related("answer", "by")}

    def _drafts(self) -> dict[str, DraftAnswer]:
        drafts = DraftAnswer.objects.visible_to(self._user).filter(update=self.update)
        return _by_question(drafts.select_related("saved_by").prefetch_related("evidence__file"))

    def _sent(self) -> dict[str, Answer]:
        if not self.submission:
            return {}
        answers = Answer.objects.visible_to(self._user).filter(submission=self.submission)
        return _by_question(answers.prefetch_related("evidence__file"))

    def _last(self) -> dict[str, Answer]:
        """The last accepted answers of the same edition, from before this update."""
        accepted = Answer.objects.visible_to(self._user).filter(
            state=self.update.state_id, update__edition=self.update.edition_id, is_accepted=True
        )
        if self.update.accepted_at:
            accepted = accepted.filter(update__accepted_at__lt=self.update.accepted_at)
        newest = accepted.order_by("question", F("update__accepted_at").desc(nulls_last=True), "-pk")
        return _by_question(
            newest.distinct("question").select_related("update__round").prefetch_related("evidence__file")
        )

    def _earlier(self) -> dict[int, list[Answer]]:
        """By factor of this edition: what was published under the edition before."""
        answers = (
            Answer.objects.visible_to(self._user)
            .current()
            .filter(
                state=self.update.state_id,
                indicator__crosswalk__dimension__edition=self.update.edition_id,
            )
            .exclude(indicator__factor__dimension__edition=self.update.edition_id)
            .select_related("indicator", "update__edition")
            .order_by("indicator__number")
        )
        by_factor: dict[int, list[Answer]] = {}
        for answer in answers:
            if answer.indicator and answer.indicator.crosswalk_id:
                by_factor.setdefault(answer.indicator.crosswalk_id, []).append(answer)
        return by_factor

    def _reported(self) -> dict[str, Reported]:
        state = {"state": self.update.state_id}
        csirt = CsirtStatus.objects.visible_to(self._user).current().filter(is_national=True, **state)
        strategy = StrategyStatus.objects.visible_to(self._user).current().filter(**state)
        found = {
            CSIRT: (csirt.select_related("source").first(), CSIRT_FACTS),
            STRATEGY: (strategy.select_related("source").first(), STRATEGY_FACTS),
        }
        return {code: _reported_by(fact, names) for code, (fact, names) in found.items() if fact}

    def _sentences(self, slug: str) -> dict[int, list[StageSentence]]:
        by_indicator: dict[int, list[StageSentence]] = {}
        if slug:
            asked = {
                question.indicator.pk
                for section in self._sections
                if section.slug == slug
                for question in section.questions
                if question.indicator
            }
            for sentence in StageSentence.objects.visible_to(self._user).filter(indicator__in=asked):
                by_indicator.setdefault(sentence.indicator_id, []).append(sentence)
        return by_indicator


def proofs_of(answer: Answer | DraftAnswer | None) -> list[Proof]:
    return list(answer.evidence.all()) if answer else []


def standing(answer: Answer | DraftAnswer | None) -> list[Proof]:
    """Without what was withdrawn."""
    return [proof for proof in proofs_of(answer) if not proof.is_withdrawn]


def told(answer: Answer | DraftAnswer | None) -> tuple[Any, ...]:
    """All that an answer tells, evidence too: two answers that tell the same are equal."""
    proofs = sorted((proof.title, proof.file_id or 0, proof.link) for proof in standing(answer))
    return (answer.stage, answer.facts, answer.text, proofs) if answer else ()


def given(facts: dict[str, Any]) -> dict[str, Any]:
    """Without what was left empty."""
    return {name: value for name, value in facts.items() if value not in ("", None, {}, [])}


def _by_question(answers: Iterable[Any]) -> dict[str, Any]:
    return {answer.question: answer for answer in answers}


def _reported_by(fact: CsirtStatus | StrategyStatus, names: tuple[str, ...]) -> Reported:
    facts = {name: getattr(fact, name) for name in names}
    return Reported(given({**facts, **_without_unknown(facts)}), fact.source, fact.as_of)


def _without_unknown(facts: dict[str, Any]) -> dict[str, Any]:
    """Nobody confirms that something is not known."""
    return {name: "" for name in ("status", "step") if facts.get(name) == "unknown"}
