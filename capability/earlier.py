"""What a state answered in the rounds before, as far as it was accepted."""

from functools import cached_property

from capability.models import Answer, Submission, Update
from capability.wording import Line, facts_in_words

ROUNDS = 3


class EarlierAnswer:
    """One accepted answer of an earlier round."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    @cached_property
    def lines(self) -> list[Line]:
        return facts_in_words(self.answer.question, self.answer.facts)


def earlier_answers(submission: Submission, user: object) -> dict[str, list[EarlierAnswer]]:
    """By question, the newest first: those of the last three accepted updates of the same edition. One query."""
    update = submission.update_sent
    accepted = Update.objects.visible_to(user).accepted().in_rounds().exclude(pk=update.pk)
    same = accepted.filter(state=submission.state_id, edition=update.edition_id).order_by("-accepted_at")[:ROUNDS]
    answers = Answer.objects.visible_to(user).filter(update__in=same.values("pk"), is_accepted=True)
    found: dict[str, list[EarlierAnswer]] = {}
    for answer in answers.select_related("update__round").order_by("-update__accepted_at", "-pk"):
        found.setdefault(answer.question, []).append(EarlierAnswer(answer))
    return found
