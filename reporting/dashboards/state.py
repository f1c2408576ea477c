"""One member state: what is known of it, as far as the reader may see."""

from functools import cached_property
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext, ngettext

from action_plan import dialogue
from action_plan.coming import of_state
from action_plan.models import Activity, AskedSupport
from action_plan.plan_page import PlanPage, plans_for
from action_plan.progress import Progress
from capability import regional
from capability.models import CsirtStatus, StrategyStatus, SupportRequest, ThreatLevel
from common.scope import reach_of
from csirt_network.models import Team
from documents.models import Reading
from member_states.models import Liaison, MemberState, Participation
from partnerships import agreement_list
from partnerships.models import Agreement
from reporting.briefs.brief import PointLine
from reporting.briefs.in_words import point_line
from reporting.dashboards.dates import in_words
from reporting.dashboards.documents import readings_of
from reporting.dashboards.history import DimensionLine, History
from reporting.dashboards.objectives import Fact, best_known_first
from reporting.dashboards.published import Publication, publications
from reporting.dashboards.state_list import Mark, csirt_mark, strategy_mark

ASKED = 6  # requests shown beside the profile, those that wait first


def states_in_full(user: Any) -> QuerySet[MemberState]:
    """With ``participates``, what the participation of today says, and the names of the liaisons a reader may see."""
    today = Participation.objects.visible_to(user).current().filter(state=OuterRef("pk")).order_by("-starts_on")
    liaisons = Liaison.objects.visible_to(user).current().filter(state=OuterRef("pk")).order_by("person__name")
    return (
        MemberState.objects.visible_to(user)
        .with_participation()
        .annotate(
            participation_note=Subquery(today.values("note")[:1]),
            liaison_names=ArraySubquery(liaisons.values(name=F("person__name"))),
        )
    )


def sees_inside(user: Any, state: MemberState) -> bool:
    """Staff and the state itself: they see updates under way, and evidence."""
    reach = reach_of(user)
    return reach.staff or state.pk in reach.states


def tabs_of(user: Any, state: MemberState, here: str) -> list[dict[str, Any]]:
    tabs = [("state-detail", gettext("Overview")), ("state-maturity", gettext("Maturity"))]
    tabs += [("state-over-time", gettext("Over time")), *_sections()]
    if sees_inside(user, state):
        tabs.append(("state-updates", gettext("Updates")))
    tabs.append(("state-compare", gettext("Compare")))
    tabs.append(("state-documents", gettext("Documents")))
    return [{"url": reverse(name, args=[state.slug]), "label": label, "current": name == here} for name, label in tabs]


def _sections() -> list[tuple[str, str]]:
    return [
        ("state-csirt", gettext("CSIRT")),
        ("state-strategy", gettext("Strategy")),
        ("state-threats", gettext("Threats")),
        ("state-requests", gettext("Requests")),
        ("state-needs", gettext("Seen together")),
    ]


class StateProfile:
    def __init__(self, user: Any, state: MemberState) -> None:
        self.user, self.state = user, state
        self.sees_inside = sees_inside(user, state)
        self.csirt: CsirtStatus | None = _known(CsirtStatus, user, state).filter(is_national=True).first()
        self.strategy: StrategyStatus | None = _known(StrategyStatus, user, state).first()
        self.history = History(user, state)
        self.region = regional.figures(self.history.edition.year if self.history.edition else 0, self.history.factors)
        self.published = publications(user, state)
        threats = _current(ThreatLevel, user, state).select_related("threat", "update__round")
        self.threats = list(threats.order_by("threat__position"))
        self.requests = list(_current(SupportRequest, user, state).select_related("update__round").order_by("point"))
        asked = AskedSupport.objects.visible_to(user).beside_profile().filter(state=state).in_order()
        found = list(asked[: ASKED + 1])
        self.asked, self.is_more_asked = found[:ASKED], len(found) > ASKED
        self.update = self.history.under_way if self.sees_inside else None
        self.dialogue = dialogue.of_state(user, state)

    @cached_property
    def readings(self) -> dict[str, list[list[Reading]]]:
        """Where sources differ on this state, by the first word of the fact: csirt, strategy, index, membership."""
        found: dict[str, list[list[Reading]]] = {}
        for fact, said in readings_of(self.user, self.state).items():
            found.setdefault(fact.partition(".")[0], []).append(said)
        return found

    @cached_property
    def plan(self) -> PlanPage | None:
        """For the state and the programme; others do not know of it."""
        plans = plans_for(self.user).filter(state=self.state).current_first() if self.sees_inside else None
        plan = plans.first() if plans is not None else None
        return PlanPage(self.user, plan) if plan else None

    @cached_property
    def points(self) -> list[PointLine]:
        """What its plan says of the seven points, as the country brief has it."""
        page = self.plan
        if page is None:
            return []
        return [point_line(line, page.by_line.get(line.id, Progress())) for line in page.text.lines]

    @property
    def csirt_mark(self) -> Mark:
        return csirt_mark(csirt_fact(self.csirt))

    @property
    def strategy_mark(self) -> Mark:
        return strategy_mark(strategy_fact(self.strategy))

    @property
    def indices(self) -> list[Publication]:
        """The newest edition of each."""
        newest: dict[str, Publication] = {}
        for row in self.published:
            if not row.is_law:
                newest.setdefault(row.kind, row)
        return list(newest.values())

    @property
    def older_indices(self) -> list[Publication]:
        newest = self.indices
        return [row for row in self.published if not row.is_law and row not in newest]

    @property
    def laws(self) -> list[Publication]:
        return [row for row in self.published if row.is_law]

    @cached_property
    def activities(self) -> list[Activity]:
        return of_state(self.user, self.state)

    @cached_property
    def agreements(self) -> list[Agreement]:
        return agreement_list.of_state(self.user, self.state)

    @cached_property
    def network_teams(self) -> list[Team]:
        """Those that are members of the network today."""
        return list(Team.objects.visible_to(self.user).connected().filter(state=self.state).order_by("name"))

    @cached_property
    def dimensions(self) -> list[DimensionLine]:
        return self.history.dimension_lines(self.region)

    @property
    def threat_rows(self) -> list[ThreatLevel]:
        """The gravest first."""
        order = {level: position for position, level in enumerate(reversed(ThreatLevel.Level.values))}
        return sorted(self.threats, key=lambda row: (order[row.level], row.threat.position))

    @property
    def sentences(self) -> list[str]:
        return [self._of_csirt(), self._of_strategy(), self._of_maturity()]

    def _of_csirt(self) -> str:
        fact = csirt_fact(self.csirt)
        if fact is None or not fact.is_known:
            words = gettext("It is not known whether %(state)s has a national CSIRT.")
        elif fact.is_reached:
            words = gettext("%(state)s has an operational national CSIRT.")
        elif fact.is_under_way:
            words = gettext("The national CSIRT of %(state)s is being set up.")
        else:
            words = gettext("%(state)s has no national CSIRT yet.")
        return words % {"state": self.state.name}

    def _of_strategy(self) -> str:
        fact = strategy_fact(self.strategy)
        if fact is None or not fact.is_known:
            return gettext("Nothing is known of a national strategy.")
        if fact.is_reached:
            return gettext("Its national strategy is in force.")
        return (
            gettext("A national strategy is in preparation.")
            if fact.is_under_way
            else gettext("It has no national strategy yet.")
        )

    def _of_maturity(self) -> str:
        history = self.history
        if history.latest is None and self.sees_inside:
            return gettext("No maturity levels are known yet.")
        if history.latest is None:
            return gettext("It shares no maturity levels yet.")
        if history.is_crossed:
            return gettext("Its maturity levels are those published in 2016.")
        month = date_format(localtime(history.latest.accepted_at), "YEAR_MONTH_FORMAT")
        if not history.moved_within_edition:
            return gettext("Its last update, the first of this edition, was accepted in %(month)s.") % {"month": month}
        words = ngettext(
            "%(n)s of %(all)s factors moved up in its last update, accepted in %(month)s.",
            "%(n)s of %(all)s factors moved up in its last update, accepted in %(month)s.",
            history.moved_up,
        )
        return words % {"n": history.moved_up, "all": len(history.factors), "month": month}

    @property
    def events(self) -> list[dict[str, Any]]:
        """The timeline, newest first; `when` is as exact as the source."""
        dated = [*self._own_events(), *self._update_events(), *self._law_events()]
        dated.sort(key=lambda event: event[0], reverse=True)
        return [{"when": in_words(when), "text": text, "source": source} for when, text, source in dated]

    def _own_events(self) -> list[tuple[str, str, str]]:
        state, csirt, strategy = self.state, self.csirt, self.strategy
        joined = gettext("Founding member of the OAS") if state.is_founder else gettext("Joined the OAS")
        events = [(str(state.year_joined), joined, "")]
        if csirt and csirt.established:
            team = {"team": str(csirt)}
            events.append((str(csirt.established), gettext("National CSIRT established: %(team)s") % team, ""))
        if strategy and strategy.adopted:
            title = {"title": strategy.title or gettext("without a title in the source")}
            events.append((strategy.adopted, gettext("National strategy adopted: %(title)s") % title, ""))
        return events

    def _update_events(self) -> list[tuple[str, str, str]]:
        events = []
        for update, _ in self.history.readings:
            if update.round:
                words = gettext("%(round)s accepted") % {"round": update.round.title}
                events.append((localtime(update.accepted_at).date().isoformat(), words, ""))
            else:
                events.append((str(update.edition.year), gettext("Maturity levels published"), ""))
        return events

    def _law_events(self) -> list[tuple[str, str, str]]:
        return [(str(law.number), f"{law.label}: {law.title}", "") for law in self.laws if law.number]


def _known(model: Any, user: Any, state: MemberState) -> Any:
    return best_known_first(model.objects.visible_to(user).filter(state=state)).select_related("source")


def _current(model: Any, user: Any, state: MemberState) -> Any:
    return model.objects.visible_to(user).current().filter(state=state).select_related("source")


def csirt_fact(csirt: CsirtStatus | None) -> Fact | None:
    if csirt is None:
        return None
    return Fact(csirt.status == "operational", csirt.status == "setting up", csirt.status, csirt.update_id, csirt.as_of)


def strategy_fact(strategy: StrategyStatus | None) -> Fact | None:
    if strategy is None:
        return None
    under_way = strategy.step in regional.STRATEGY_UNDER_WAY and not strategy.in_force
    return Fact(strategy.in_force, under_way, strategy.step, strategy.update_id, strategy.as_of)
