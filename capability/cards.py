"""The answers of one submission as a reviewer sees them: each beside the last accepted one, with what was decided."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from capability.carried import carried_decisions, decided_before, with_evidence
from capability.diff import Piece, Sides, sides_of
from capability.discussion import Talk
from capability.drafts import CSIRT_FACTS, STRATEGY_FACTS
from capability.earlier import EarlierAnswer
from capability.fact_rows import FactRow, Facts, known_facts, rows_of
from capability.hints import Hint, hints_of, rise_of
from capability.maturity import FactorStage, factor_stages
from capability.models import Answer, AnswerDecision, Contributor, CsirtStatus, Evidence, StrategyStatus, Submission
from capability.questions import CSIRT, STRATEGY, Question, questions_of


class Proof(NamedTuple):
    """One document or link as a row of the page shows it."""

    name: str
    kind: str
    about: str  # its size, or the site it leads to
    note: str
    url: str


@dataclass
class Card:
    """`carried` is the decision of the submission before, which holds on; `asked` what was asked for then."""

    question: Question
    answer: Answer
    last: Answer | None = None
    reported: Facts = field(default_factory=dict)
    earlier: FactorStage | None = None
    decision: AnswerDecision | None = None
    carried: AnswerDecision | None = None
    asked: AnswerDecision | None = None
    form: Any = None  # what the reviewer may post, on the page that lets review
    conflict: AnswerDecision | None = None
    rounds: list[EarlierAnswer] = field(default_factory=list)
    talk: Talk = field(default_factory=Talk)

    @property
    def verdict(self) -> str:
        standing = self.decision or self.carried
        return standing.verdict if standing else ""

    @property
    def is_open(self) -> bool:
        """Shown open: the state changed it, or was asked to."""
        return self.answer.is_changed or self.asked is not None

    @cached_property
    def sides(self) -> Sides:
        """The words of a first answer are not marked: there is nothing they differ from."""
        if self.last is None:
            return Sides([], [Piece("same", self.answer.text)])
        return sides_of(self.last.text, self.answer.text)

    @cached_property
    def rise(self) -> int | None:
        """Stages up or down since the last accepted answer of this edition."""
        return rise_of(self.answer, self.last)

    @cached_property
    def hints(self) -> list[Hint]:
        return hints_of(self.answer, self.last)

    @cached_property
    def rows(self) -> list[FactRow]:
        if self.question.indicator:
            return []
        before = self.last.facts if self.last else self.reported
        return rows_of(self.question.code, before, self.answer.facts)

    @property
    def contributors(self) -> list[Contributor]:
        """Who of a ministry answered; of an unchanged answer too."""
        return list(self.answer.contributors.all())

    @property
    def proofs(self) -> list[Proof]:
        known = {(proof.file_id, proof.link) for proof in self.last.evidence.all()} if self.last else set()
        return [_proof(proof, (proof.file_id, proof.link) not in known) for proof in self.answer.evidence.all()]


def cards_of(submission: Submission, user: Any) -> list[Card]:
    """In the order of the sections, for whoever may see the update in full; the same queries for 1 card and 27."""
    update = submission.update_sent
    sent = Answer.objects.visible_to(user).filter(submission=submission)
    answers = list(with_evidence(sent).prefetch_related("contributors"))
    own = {d.answer_id: d for d in _decisions(user).filter(answer__submission=submission)}
    before = decided_before(submission, user)
    carried = carried_decisions(answers, before)
    last = _last_accepted(submission, user)
    reported = _reported(submission, user, last)
    earlier = _earlier_edition(submission, user) if len(last) < len(answers) else {}
    by_question = {answer.question: answer for answer in answers}
    return [
        Card(
            question=question,
            answer=by_question[code],
            last=last.get(code),
            reported=reported.get(code, {}),
            earlier=earlier.get(question.indicator.factor_id) if question.indicator else None,
            decision=own.get(by_question[code].pk),
            carried=carried.get(code),
            asked=_return(before.get(code)),
        )
        for code, question in questions_of(update.edition).items()
        if code in by_question
    ]


def _decisions(user: Any) -> Any:
    return AnswerDecision.objects.visible_to(user).select_related("by")


def _return(decision: AnswerDecision | None) -> AnswerDecision | None:
    return decision if decision and decision.verdict == AnswerDecision.Verdict.RETURN else None


def _last_accepted(submission: Submission, user: Any) -> dict[str, Answer]:
    """The profile before this update, within the same edition."""
    profile = Answer.objects.visible_to(user).current().filter(state=submission.state_id)
    same_edition = profile.filter(update__edition=submission.update_sent.edition_id)
    others = same_edition.exclude(update=submission.update_sent_id)
    return {answer.question: answer for answer in with_evidence(others.select_related("update__round"))}


def _reported(submission: Submission, user: Any, last: dict[str, Answer]) -> dict[str, Facts]:
    """What is known from elsewhere, where the state has not answered yet."""
    of_state = {"state": submission.state_id}
    csirt = CsirtStatus.objects.visible_to(user).current().filter(is_national=True, **of_state)
    strategy = StrategyStatus.objects.visible_to(user).current().filter(**of_state)
    known: dict[str, tuple[Any, tuple[str, ...]]] = {CSIRT: (csirt, CSIRT_FACTS), STRATEGY: (strategy, STRATEGY_FACTS)}
    return {code: known_facts(rows.first(), names) for code, (rows, names) in known.items() if code not in last}


def _earlier_edition(submission: Submission, user: Any) -> dict[int, FactorStage]:
    """The stages of the edition before, by factor: context for a first answer, never compared with it."""
    published = Answer.objects.visible_to(user).current().filter(state=submission.state_id)
    others = published.exclude(update__edition=submission.update_sent.edition_id)
    return factor_stages(others, submission.update_sent.edition.year).get(submission.state_id, {})


def _proof(proof: Evidence, is_new: bool) -> Proof:
    if proof.file and proof.file.withdrawn_at:
        note = _("Withdrawn on %(day)s") % {"day": date_format(localtime(proof.file.withdrawn_at))}
        return Proof(proof.title, proof.extension, note, note, "")
    if proof.file:
        url, about = reverse("file-download", args=[proof.file.token]), filesizeformat(proof.file.size)
    else:
        url, about = proof.link, urlsplit(proof.link).netloc
    note = _("New, %(about)s") % {"about": about} if is_new else about
    return Proof(proof.title, proof.extension, about, note, url)
