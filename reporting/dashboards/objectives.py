"""The five objectives: two are counted from facts of the states, one from the network, one from who takes part in
activities and consultations, the last from agreements."""

from dataclasses import dataclass, replace
from typing import Any

from django.db.models import BooleanField, CharField, ExpressionWrapper, F, Q, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext, ngettext

from action_plan.dialogue import Dialogue
from capability.models import CsirtStatus, StrategyStatus
from capability.regional import STRATEGY_UNDER_WAY, Tally
from common.mandate import Objective
from csirt_network.connected import Connected
from partnerships.ties import Ties


@dataclass(frozen=True)
class Fact:
    """Where one state stands on one objective. `look` is a status of the house; `as_of` the date of the source."""

    is_reached: bool
    is_under_way: bool
    word: str
    update: int | None
    as_of: str

    @property
    def is_confirmed(self) -> bool:
        return self.update is not None

    @property
    def is_known(self) -> bool:
        return self.word != "unknown"

    @property
    def fill(self) -> str:
        """The class of its square and of the state on the map."""
        if self.is_reached:
            return "yes" if self.is_confirmed else "reported"
        if self.is_under_way:
            return "part"
        return "no" if self.is_known else "none"


@dataclass(frozen=True)
class Tile:
    title: str
    figure: str = ""
    tally: Tally | None = None
    feet: tuple[str, ...] = ()

    def with_foot(self, foot: str) -> "Tile":
        return replace(self, feet=(*self.feet, foot)) if foot else self


Facts = dict[int, dict[int, Fact]]  # by objective, by state id


def facts_of(user: Any) -> Facts:
    """What is known of CSIRT and strategy, state by state. One query."""
    csirts = _one_per_state(CsirtStatus.objects.visible_to(user).filter(is_national=True))
    strategies = _one_per_state(StrategyStatus.objects.visible_to(user))
    rows = _rows(csirts, Objective.CSIRTS, Q(status="operational"), Q(status="setting up"), "status").union(
        _rows(strategies, Objective.STRATEGIES, Q(in_force=True), Q(step__in=STRATEGY_UNDER_WAY), "step"), all=True
    )
    facts: Facts = {Objective.CSIRTS: {}, Objective.STRATEGIES: {}}
    for objective, state, *fact in rows:
        facts[objective][state] = Fact(*fact)
    return facts


def best_known_first(facts: Any) -> Any:
    """The current fact, or for those who may not see it what was known before: reported, with its date."""
    return facts.order_by("state_id", "-is_current", F("update__accepted_at").desc(nulls_last=True), "-pk")


def _one_per_state(facts: Any) -> Any:
    best = best_known_first(facts).distinct("state_id")
    return facts.filter(pk__in=best.values("pk"))


def _rows(facts: Any, objective: Objective, reached: Q, under_way: Q, word: str) -> Any:
    return (
        facts.annotate(
            objective=Value(objective.value),
            is_reached=ExpressionWrapper(reached, BooleanField()),
            is_under_way=ExpressionWrapper(under_way & ~reached, BooleanField()),
            word=Cast(F(word), CharField()),
        )
        .order_by()
        .values_list("objective", "state_id", "is_reached", "is_under_way", "word", "update_id", "as_of")
    )


def tally_of(states: int, facts: dict[int, Fact]) -> Tally:
    reached = [fact for fact in facts.values() if fact.is_reached]
    confirmed = sum(fact.is_confirmed for fact in reached)
    under_way = sum(fact.is_under_way for fact in facts.values())
    return Tally(of=states, confirmed=confirmed, reported=len(reached) - confirmed, under_way=under_way)


def tiles(
    of: int, csirts: Tally | None, strategies: Tally | None, network: Connected, dialogue: Dialogue, ties: Ties
) -> list[Tile]:
    return [
        Tile(gettext("CSIRT established"), tally=csirts, feet=_csirt_feet(csirts)),
        Tile(gettext("National strategy adopted"), tally=strategies, feet=_strategy_feet(strategies)),
        Tile(
            gettext("In the hemispheric network"), tally=network_tally(of, network.states), feet=_network_feet(network)
        ),
        Tile(gettext("All sectors in the dialogue"), tally=dialogue.tally, feet=_dialogue_feet(dialogue)),
        Tile(gettext("Ties with other organisations"), figure=str(ties.agreements), feet=_ties_feet(ties)),
    ]


def _csirt_feet(tally: Tally | None) -> tuple[str, ...]:
    if tally is None:
        return ()
    being_set_up = ngettext("%(n)s being set up", "%(n)s being set up", tally.under_way) % {"n": tally.under_way}
    return (_reported(tally), being_set_up)


def deployed(number: int) -> str:
    """Deployments that show a CSIRT at work which its state has not confirmed yet."""
    words = ngettext(
        "%(n)s deployment shows a CSIRT at work that the state has yet to confirm",
        "%(n)s deployments show a CSIRT at work that the state has yet to confirm",
        number,
    )
    return words % {"n": number} if number else ""


def _strategy_feet(tally: Tally | None) -> tuple[str, ...]:
    if tally is None:
        return ()
    in_preparation = ngettext("%(n)s in preparation", "%(n)s in preparation", tally.under_way)
    return (_reported(tally), in_preparation % {"n": tally.under_way})


def network_tally(of: int, connected: int) -> Tally:
    """States with a team that is a member of the network today: the programme's own record, confirmed by nature."""
    return Tally(of=of, confirmed=connected, reported=0, under_way=0)


def _network_feet(network: Connected) -> tuple[str, ...]:
    teams = ngettext("%(n)s team is connected", "%(n)s teams are connected", network.teams) % {"n": network.teams}
    national = ngettext("%(n)s of them national", "%(n)s of them national", network.national) % {"n": network.national}
    alerts = ngettext(
        "%(n)s alert under TLP:CLEAR or TLP:GREEN in twelve months",
        "%(n)s alerts under TLP:CLEAR or TLP:GREEN in twelve months",
        network.alerts,
    )
    answered = ngettext("%(n)s of them answered", "%(n)s of them answered", network.answered)
    items = ngettext("%(n)s item in the library", "%(n)s items in the library", network.items)
    told = (alerts % {"n": network.alerts}, answered % {"n": network.answered}, items % {"n": network.items})
    return (teams, national, *told)


def _dialogue_feet(dialogue: Dialogue) -> tuple[str, ...]:
    if dialogue.tally is None:
        return ()
    some = ngettext("%(n)s more with some of the four", "%(n)s more with some of the four", dialogue.tally.under_way)
    said = (
        gettext("%(sector)s: %(n)s") % {"sector": line.name, "n": line.states}
        for line in dialogue.lines
        if line.states is not None
    )
    return (some % {"n": dialogue.tally.under_way}, *said)


def standing(agreements: int) -> str:
    words = ngettext(
        "%(n)s agreement of the OAS in force or not known to have ended",
        "%(n)s agreements of the OAS in force or not known to have ended",
        agreements,
    )
    return words % {"n": agreements}


def _ties_feet(ties: Ties) -> tuple[str, ...]:
    words = gettext("agreements in force or not known to have ended")
    kinds = (gettext("%(kind)s: %(n)s") % {"kind": line.name, "n": line.agreements} for line in ties.lines)
    kept = ngettext(
        "%(delivered)s of %(n)s commitment delivered", "%(delivered)s of %(n)s commitments delivered", ties.promised
    )
    return (words, *kinds, *([kept % {"delivered": ties.delivered, "n": ties.promised}] if ties.promised else []))


def _reported(tally: Tally) -> str:
    words = ngettext(
        "%(n)s of them reported, not yet confirmed by the state",
        "%(n)s of them reported, not yet confirmed by the states",
        tally.reported,
    )
    return words % {"n": tally.reported}
