"""Who reviews an update, and what staff say of it among themselves: gathered for the review page."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from accounts.models import User
from capability.models import ReviewAssignment, ReviewNote, SecondOpinion, Submission


@dataclass
class Talk:
    """About one question, or about the update as a whole."""

    notes: list[ReviewNote] = field(default_factory=list)
    opinions: list[SecondOpinion] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.notes) + len(self.opinions)


class Discussion:
    """Four queries, however many questions and people there are."""

    def __init__(self, submission: Submission, user: Any) -> None:
        update = submission.update_sent
        self.talks: dict[str, Talk] = {}
        notes = ReviewNote.objects.visible_to(user).filter(update_noted=update).select_related("by")
        for note in notes:
            self.about(note.question).notes.append(note)
        opinions = SecondOpinion.objects.visible_to(user).filter(answer__update=update)
        for opinion in opinions.select_related("answer", "colleague", "asked_by"):
            self.about(opinion.answer.question).opinions.append(opinion)
        given = ReviewAssignment.objects.visible_to(user).filter(update_assigned=update)
        self.assignments = list(given.select_related("person", "by"))
        self.reviewers = _without(submission.authors, User.objects.with_staff_role("officer", "manager"))
        self.colleagues = [person for person in self.reviewers if person.pk != user.pk]

    @cached_property
    def choices(self) -> tuple[tuple[int, str], ...]:
        """The colleagues as a list to choose from, the same under every answer."""
        return tuple((person.pk, str(person)) for person in self.colleagues)

    def about(self, question: str) -> Talk:
        return self.talks.setdefault(question, Talk())

    @property
    def whole(self) -> Talk:
        return self.about("")

    @property
    def reviewer(self) -> Any:
        return next((given.person for given in self.assignments if given.ended_at is None), None)


def _without(authors: Iterable[int], people: Iterable[User]) -> list[User]:
    """Nobody reviews what they wrote."""
    return [person for person in people if person.pk not in set(authors)]
