"""What participants say of a course, in figures: nothing below five answers, for fewer would be somebody's."""

from dataclasses import dataclass
from typing import Any

from action_plan.models import Course, CourseLetter, Evaluation, Mark

FEWEST = 5
QUESTIONS = ("content", "trainers", "organisation", "use")


@dataclass(frozen=True)
class Answered:
    question: str
    counts: list[tuple[str, int]]
    mean: float


@dataclass(frozen=True)
class Summary:
    """`answers` is 0 while there are too few of them: not even their number is said."""

    asked: int
    answers: int
    questions: list[Answered]
    comments: list[str]


def summary_of(course: Course, user: Any) -> Summary:
    given = list(Evaluation.objects.visible_to(user).filter(course=course))
    letters = CourseLetter.objects.visible_to(user).filter(nomination__course=course, about="evaluation")
    asked = letters.count()
    if len(given) < FEWEST:
        return Summary(asked, 0, [], [])
    comments = sorted({one.comment for one in given if one.comment}, key=str.casefold)
    return Summary(asked, len(given), [_answered(name, given) for name in QUESTIONS], comments)


def _answered(name: str, given: list[Evaluation]) -> Answered:
    marks = [getattr(one, name) for one in given]
    label = str(Evaluation._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    counts = [(str(mark.label), marks.count(mark.value)) for mark in reversed(Mark)]
    return Answered(label, counts, round(sum(marks) / len(marks), 1))
