"""What moved: each change of a factor's stage from one accepted update of a state to the next, within one edition.

A change across editions is none: the factors of two editions ask for other things. As everywhere, nobody learns more
of a state than it shares with them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby
from typing import Any

from django.conf import settings
from django.db.models import Q, prefetch_related_objects
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext, ngettext

from action_plan.factors import rated_factors
from capability.maturity import NOBODY, Stages, factor_stages_by_update
from capability.models import Answer, Factor, Update
from common.downloads import where
from member_states.models import MemberState
from reporting.insight.before import Before, Preceding
from reporting.insight.forms import MovesForm
from reporting.insight.over_time import sees_all


@dataclass(frozen=True)
class Move:
    state: MemberState
    update: Update
    since: Update
    factor: Factor
    before: int
    after: int

    @property
    def by(self) -> int:
        return self.after - self.before

    @property
    def accepted_on(self) -> date:
        return accepted_on(self.update)


@dataclass(frozen=True)
class Step:
    """What moved in one update, and what came before it."""

    update: Update
    moves: list[Move]
    preceding: list[Preceding]

    @property
    def since(self) -> Update:
        return self.moves[0].since

    @property
    def linked(self) -> list[Preceding]:
        return [one for one in self.preceding if one.factors]

    @property
    def others(self) -> list[Preceding]:
        return [one for one in self.preceding if not one.factors]


class Moves:
    """Newest first, narrowed by the form. The same number of queries for one state and for all."""

    def __init__(self, user: Any, form: MovesForm, state: MemberState | None = None) -> None:
        self.user, self.form, self.state = user, form, state
        self.factors: dict[int, Factor] = {f.pk: f for f in rated_factors(user).select_related("dimension__edition")}
        self.year = next((factor.dimension.edition.year for factor in self.factors.values()), 0)
        own = Q(state=state) if state else Q()
        updates = Update.objects.visible_to(user).accepted().in_rounds().filter(own, **form.of_states())
        self.updates = list(updates.order_by("state", "accepted_at", "pk"))
        answers = Answer.objects.visible_to(user).filter(own, is_accepted=True)
        read = self._read(answers)
        self.updates = [update for update in self.updates if update.pk in read]
        prefetch_related_objects(self.updates, "state", "round", "edition")

    def _read(self, answers: Any) -> set[int]:
        """Keeps the stages of those asked for and of what each state had said before, mostly in its last update."""
        read: list[int] = []
        before: dict[int, list[int]] = {}  # by the update that comes first
        rounds = self.form.rounds
        for _, together in self._by_state():
            of = list(together)
            wanted = [place for place, update in enumerate(of) if rounds is None or update.round_id in rounds]
            pks = [update.pk for update in of]
            if wanted:
                first = max(0, wanted[0] - 1)
                read += pks[first : wanted[-1] + 1]
                before[pks[first]] = pks[:first]
        self.stages = factor_stages_by_update(answers.filter(update__in=read or [NOBODY]), self.year)
        if rounds is not None:
            lacking = [pk for pk in before if len(self.stages.get(pk, {})) < len(self.factors)]
            older = [pk for first in lacking for pk in before[first]]
            self.stages |= factor_stages_by_update(answers.filter(update__in=older or [NOBODY]), self.year)
            read += older
        return set(read)

    def _by_state(self) -> Iterator[tuple[Any, Iterator[Update]]]:
        return groupby(self.updates, key=lambda update: (update.state_id, update.edition_id))

    @cached_property
    def found(self) -> list[Move]:
        moves = (move for _, updates in self._by_state() for move in self._of_state(updates))
        return sorted((move for move in moves if self.form.lets(move)), key=newest_first)

    @property
    def told(self) -> str:
        """In one sentence; nothing moved is said as well."""
        up = sum(move.by > 0 for move in self.found)
        down = len(self.found) - up
        states = len({move.state.pk for move in self.found})
        if not self.found:
            if self.state and not sees_all(self.user, self.state):
                return gettext("No change of stage is found in what you may see.")
            return gettext("No change of stage is found.")
        words = ngettext(
            "%(n)s change of stage: %(up)s up and %(down)s down, in %(states)s.",
            "%(n)s changes of stage: %(up)s up and %(down)s down, in %(states)s.",
            len(self.found),
        )
        named = ngettext("%(n)s state", "%(n)s states", states) % {"n": states}
        return words % {"n": len(self.found), "up": up, "down": down, "states": named}

    def _of_state(self, updates: Iterable[Update]) -> Iterator[Move]:
        known: Stages = {}
        since: dict[int, Update] = {}
        for update in updates:
            given = self.stages.get(update.pk, {})
            for pk, now in given.items():
                if pk in known and known[pk].stage != now.stage and pk in self.factors:
                    yield Move(update.state, update, since[pk], self.factors[pk], known[pk].stage, now.stage)
            known |= given
            since |= dict.fromkeys(given, update)

    def with_preceding(self, moves: list[Move]) -> list[tuple[Move, list[Preceding]]]:
        """Each with the activities that came before it, those linked with its factor first."""
        before = Before(self.user, {(move.state.pk, move.accepted_on) for move in moves})
        return [
            (move, before.of_update(move.state.pk, move.accepted_on, {move.factor.pk: move.factor})) for move in moves
        ]

    @property
    def steps(self) -> list[Step]:
        """Together by update, for the page of one state."""
        before = Before(self.user, {(move.state.pk, move.accepted_on) for move in self.found})
        steps = []
        for update, together in groupby(self.found, key=lambda move: move.update):
            moves = list(together)
            factors = {move.factor.pk: move.factor for move in moves}
            steps.append(Step(update, moves, before.of_update(update.state_id, accepted_on(update), factors)))
        return steps

    def rows(self) -> Iterator[list[Any]]:
        yield [
            *(gettext("State"), gettext("ISO 3166"), gettext("Factor"), gettext("Name of the factor")),
            *(gettext("From stage"), gettext("To stage"), gettext("Since"), gettext("Update"), gettext("Accepted")),
            *(gettext("Activities in the 12 months before"), gettext("Of these linked with the factor")),
            *(gettext("Linked activities"), *where()),
        ]
        for move, preceding in self.with_preceding(self.found):
            linked = [str(one.activity) for one in preceding if one.factors]
            yield [
                *(move.state.name, move.state.alpha3, move.factor.code, move.factor.name, move.before, move.after),
                *(str(move.since.round), str(move.update.round), move.accepted_on),
                *(len(preceding), len(linked), "; ".join(linked)),
                f"{move.update.pk}-{move.factor.code}",
                f"{settings.SITE_URL}{reverse('state-over-time', args=[move.state.slug])}#moved",
            ]


def accepted_on(update: Update) -> date:
    return localtime(update.accepted_at).date()


def newest_first(move: Move) -> tuple[float, ...]:
    """Those of one update stand together, in the order of the model. No two moves stand at the same place."""
    at: Any = move.update.accepted_at
    return (-at.timestamp(), move.update.pk, move.factor.dimension.position, move.factor.position)
