"""People, rounds and updates for the proofs, made as the tests make them. Import after ``House.open``."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from accounts.models import User
from capability.models import DraftAnswer, Edition, Round, Submission, ThreatClass, Update
from common.scope import PROGRAMME, Reach, scope
from member_states.models import MemberState
from notices.models import Mail
from notices.outbox import post
from reporting.models import Run
from tests.capability.filling import fill
from tests.factories.accounts import make_staff
from tests.factories.capability import make_round, make_update
from tests.factories.member_states import make_liaison

LANGUAGES = ("en", "es", "fr", "pt-br")


class World:
    """A manager, two officers, and for each of the 35 states a lead liaison, in four languages."""

    def __init__(self) -> None:
        with scope(PROGRAMME):
            self.states = list(MemberState.objects.order_by("slug"))
            self.manager = make_staff("Marta Gestora", "manager")
            self.officers = [make_staff("Ana Ejemplo", "officer"), make_staff("Oscar Segundo", "officer")]
            self.leads = {
                state.pk: make_liaison(f"Lead of {state.slug}", state, language=LANGUAGES[number % 4])
                for number, state in enumerate(self.states)
            }
            self.edition = Edition.objects.get(is_rated_by_states=True)
        self.rounds: list[Round] = []

    def round(self) -> Round:
        number = len(self.rounds)
        year, part = 2030 + number // 2, number % 2 + 1
        with scope(PROGRAMME):
            self.rounds.append(make_round(self.edition, by=self.manager, year=year, number=part))
        return self.rounds[-1]

    def updates(self, count: int) -> list[Update]:
        """Drafts of as many rounds as it takes."""
        made: list[Update] = []
        while len(made) < count:
            asked = self.round()
            made += [make_update(asked, state) for state in self.states[: count - len(made)]]
        return made

    def filled(self, count: int) -> list[Update]:
        """Drafts with all 27 answers: the first is answered as a liaison does, the others say the same."""
        first, *others = self.updates(count)
        fill(first, by=self.lead(first))
        threats = {threat.code: {"level": "low"} for threat in ThreatClass.objects.all()}
        with scope(self.reach(first)):
            DraftAnswer.objects.filter(update=first, question="threats").update(facts=threats, is_complete=True)
            drafts = list(DraftAnswer.objects.filter(update=first))
        for update in others:
            self._copy(drafts, update)
        return [first, *others]

    def _copy(self, drafts: Iterable[DraftAnswer], update: Update) -> None:
        kept = ("question", "indicator_id", "stage", "facts", "text", "is_complete", "is_still_true", "revision")
        mine = {"update": update, "state_id": update.state_id, "saved_by": self.lead(update)}
        authors = [self.lead(update).pk]
        with scope(self.reach(update)):
            DraftAnswer.objects.bulk_create(
                DraftAnswer(**mine, authors=authors, **{name: getattr(draft, name) for name in kept})
                for draft in drafts
            )

    def lead(self, update: Update) -> User:
        return self.leads[update.state_id]

    def reach(self, update: Update) -> Reach:
        return Reach(states=(update.state_id,), person=self.lead(update).pk)

    # Work ------------------------------------------------------------------------------------------------------------

    def post_mails(self, updates: list[Update], numbers: Iterable[int]) -> None:
        """One reminder each, to the leads in turn."""
        with scope(PROGRAMME, page="proof"):
            for number in numbers:
                update = updates[number % len(updates)]
                who = [self.lead(update)]
                post(kind="update due", object_id=update.pk, people=who, threshold=f"proof {number}")

    def ask_for_briefs(self, numbers: Iterable[int]) -> None:
        from django.utils import timezone

        with scope(PROGRAMME, page="proof"):
            Run.objects.bulk_create(
                Run(
                    state=self.states[number % len(self.states)],
                    slot=timezone.now(),
                    languages=["en", "es"],
                    asked_by=self.officers[0],
                )
                for number in numbers
            )


def undone() -> int:
    """Jobs that wait or are worked on."""
    with scope(PROGRAMME):
        return sum(kind.objects.filter(status__in=("queued", "running")).count() for kind in (Mail, Run))


def done() -> int:
    with scope(PROGRAMME):
        return sum(kind.objects.filter(status="done").count() for kind in (Mail, Run))


def not_sent_once(sent: Counter[str]) -> tuple[list[str], list[str]]:
    """Of the mails in the outbox: those of which there is no letter, and letters of which there is no mail."""
    with scope(PROGRAMME):
        owed = {mail.message_id for mail in Mail.objects.filter(reason="")}
    return sorted(owed - sent.keys()), sorted(sent.keys() - owed)


def submissions() -> Counter[str]:
    with scope(PROGRAMME):
        return Counter(str(key) for key in Submission.objects.values_list("key", flat=True))


def not_whole() -> list[int]:
    """Runs without exactly one file for each language and format."""
    with scope(PROGRAMME):
        runs = {run.pk: (run, Counter(run.files.values_list("language", "format"))) for run in Run.objects.all()}
        wanted: dict[int, Any] = {
            pk: Counter((language, form) for language in run.languages for form in ("pdf", "xlsx"))
            for pk, (run, _files) in runs.items()
        }
        return [pk for pk, (_run, files) in runs.items() if files != wanted[pk]]
