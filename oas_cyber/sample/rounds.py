"""Two rounds: last year's, closed with the profiles of 26 states, and this year's, open and under way."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from capability.actions.rounds import close_round, open_round
from capability.models import Edition, Round, Update
from common.scope import PROGRAMME, Reach, scope
from member_states.models import MemberState
from oas_cyber.sample import updates
from oas_cyber.sample.answers import Answers, Given, Known, first_answers, later_answers
from oas_cyber.sample.clock import at, days_ago
from oas_cyber.sample.people import Cast
from oas_cyber.sample.words import dice, say

SHARING = {"chile": "public", "uruguay": "public", "costa-rica": "public", "jamaica": "states", "brazil": "states"}

# Last year these did not answer; everybody else did.
SILENT_LAST_YEAR = {
    "bolivia",
    "dominica",
    "honduras",
    "saint-kitts-and-nevis",
    "saint-vincent-and-the-grenadines",
    "united-states",
}
RETURNED_LAST_YEAR = {"chile", "jamaica", "peru"}  # once, and mended

# This year, nine days before it is due. Who is not named has not begun.
ACCEPTED = (
    "argentina",
    "barbados",
    "brazil",
    "costa-rica",
    "dominican-republic",
    "guyana",
    "panama",
    "peru",
    "uruguay",
)
SENT = ("colombia", "ecuador", "jamaica", "mexico", "paraguay", "trinidad-and-tobago")
RETURNED = ("bahamas", "el-salvador", "haiti")
BEGUN = {"belize": 20, "canada": 9, "chile": 14, "guatemala": 5, "suriname": 3}
BEGUN_REVIEW = "colombia"


class Rounds:
    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.known = Known.read()
        self.states = {state.slug: state for state in MemberState.objects.participating().in_order()}

    def play(self) -> None:
        """Both rounds from their opening on; `timezone.now()` is the day on which the second is under way."""
        for slug, sharing in SHARING.items():
            MemberState.objects.filter(slug=slug).update(sharing=sharing)
            self.states[slug].sharing = sharing
        today = timezone.localdate()
        last = self._open(due=today - timedelta(days=356), opened=400)
        answers = {slug: self._last_year(slug, last[slug]) for slug in self.states if slug not in SILENT_LAST_YEAR}
        self._close(last, days=337)
        now = self._open(due=today + timedelta(days=9), opened=20)
        for number, (slug, before) in enumerate(answers.items()):
            self._this_year(slug, now[slug], later_answers(self.states[slug], self._language(slug), before), number)

    def _open(self, *, due: date, opened: int) -> dict[str, Update]:
        half = 1 if due.month <= 6 else 2
        planned = Round(
            year=due.year,
            number=half,
            edition=Edition.objects.get(is_rated_by_states=True),
            period_from=date(due.year, 1 if half == 1 else 7, 1),
            period_to=date(due.year, 6 if half == 1 else 12, 30 if half == 1 else 31),
            due_on=due,
        )
        with at(days_ago(opened)), scope(self._as_manager(), page=updates.PAGE):
            open_round(round=planned, states=self.states.values(), by=self.cast.manager)
        with scope(PROGRAMME):
            found = Update.objects.filter(round=planned).select_related("state", "round", "edition")
            return {update.state.slug: update for update in found}

    def _close(self, last: dict[str, Update], *, days: int) -> None:
        round = Round.objects.get(updates=next(iter(last.values())))
        with at(days_ago(days)), scope(self._as_manager(), page=updates.PAGE):
            close_round(round=round, by=self.cast.manager)

    def _last_year(self, slug: str, update: Update) -> Answers:
        state, day = self.states[slug], 388 - dice(26, slug)
        answers = first_answers(state, self._language(slug), self.known)
        lead, officer = self.cast.lead(state), self.cast.officer(dice(2, slug))
        updates.draft(update, answers, self.known.indicators, by=lead, when=days_ago(day + 1))
        submission = updates.send(update, by=lead, when=days_ago(day))
        if slug in RETURNED_LAST_YEAR:
            submission = self._return_and_mend(slug, update, submission, day)
            mended = say("mended", "words", self._language(slug), slug)
            answers["D1.1"] = _with_more_words(answers["D1.1"], mended)
        updates.accept(submission, by=officer, when=days_ago(day - 9, hour=16))
        return answers

    def _return_and_mend(self, slug: str, update: Update, submission: Any, day: int) -> Any:
        language, lead = self._language(slug), self.cast.lead(self.states[slug])
        comment = {"D1.1": say("return", "words", language, slug)}
        updates.send_back(submission, by=self.cast.officer(dice(2, slug)), when=days_ago(day - 3), returns=comment)
        updates.mend(update, {"D1.1": say("mended", "words", language, slug)}, by=lead, when=days_ago(day - 5))
        return updates.send(update, by=lead, when=days_ago(day - 6))

    def _this_year(self, slug: str, update: Update, answers: Answers, number: int) -> None:
        lead, day = self.cast.lead(self.states[slug]), 12 - number % 6
        if slug in BEGUN:
            return self._begin(slug, update, answers)
        if slug not in (*ACCEPTED, *SENT, *RETURNED):
            return None
        updates.draft(update, answers, self.known.indicators, by=lead, when=days_ago(day + 1))
        submission = updates.send(update, by=lead, when=days_ago(day))
        when, officer = days_ago(day - 3, hour=16), self.cast.officer(number)
        if slug in ACCEPTED:
            updates.accept(submission, by=officer, when=when)
        elif slug in RETURNED:
            updates.send_back(submission, by=officer, when=when, returns=self._comments(slug, answers))
        elif slug == BEGUN_REVIEW:
            updates.decide(submission, by=self.cast.officer(0), when=when, returns={}, first=8)
        return None

    def _begin(self, slug: str, update: Update, answers: Answers) -> None:
        """The deputy, where there is one, answered what the lead had not."""
        people, count = self.cast.liaisons[slug], BEGUN[slug]
        begun = dict(list(answers.items())[:count])
        changed = [code for code, answer in begun.items() if answer.stage and not answer.is_still_true]
        half = dict(list(begun.items())[: count // 2])
        rest = {code: answer for code, answer in begun.items() if code not in half}
        arguments: dict[str, Any] = {"unfinished": changed[-1] if changed else ""}
        updates.draft(update, half, self.known.indicators, by=people[0], when=days_ago(5), **arguments)
        updates.draft(update, rest, self.known.indicators, by=people[-1], when=days_ago(2), **arguments)

    def _comments(self, slug: str, answers: Answers) -> dict[str, str]:
        """Two answers that changed go back; the one that rose needs a better proof."""
        changed = [code for code, answer in answers.items() if answer.stage and not answer.is_still_true]
        language, (first, *others) = self._language(slug), changed or ["D1.1"]
        comments = {first: say("return", "words", language, slug)}
        return comments | ({others[-1]: say("return", "stage", language, slug)} if others else {})

    def _language(self, slug: str) -> str:
        return self.cast.lead(self.states[slug]).language

    def _as_manager(self) -> Reach:
        return Reach(staff=True, person=self.cast.manager.pk)


def _with_more_words(answer: Given, words: str) -> Given:
    return replace(answer, text=f"{answer.text} {words}")
