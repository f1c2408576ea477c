"""A region to report on: what its states share, and beside it what no other state may read."""

from datetime import UTC, date, datetime
from typing import Any

from capability.models import CsirtStatus, StrategyStatus, SupportRequest
from common.scope import PROGRAMME, scope
from common.tlp import Tlp
from member_states.models import MemberState
from reporting.glance.facts import facts_of
from reporting.glance.report import RegionReport
from reporting.glance.worded import worded
from reporting.models import Run
from tests.factories.action_plan import make_activity
from tests.factories.alerts import make_alert
from tests.factories.capability import make_accepted, make_round, make_update
from tests.factories.csirt_network import make_team
from tests.factories.member_states import make_state
from tests.factories.partnerships import make_agreement, make_partner
from tests.factories.promises import make_commitment, make_contribution

KIND = "region at a glance"
SLOT = datetime(2026, 10, 5, 12, 0, tzinfo=UTC)
IN_QUARTER = {"starts_on": date(2026, 9, 7), "ends_on": date(2026, 9, 11)}
BEFORE_IT = {"starts_on": date(2026, 5, 4), "ends_on": date(2026, 5, 8)}


def make_region_run(**facts: Any) -> Run:
    with scope(PROGRAMME):
        return Run.objects.create(**{"kind": KIND, "slot": SLOT, "as_of": SLOT, "languages": ["en"], **facts})


def report_of(run: Run, language: str = "en") -> RegionReport:
    return worded(facts_of(run), language)


def rows_of(report: RegionReport, sheet: str) -> tuple[Any, ...]:
    return next(table.rows for table in report.tables if table.sheet == sheet)


def tell_state(state: MemberState, audience: str, *, words: str = "said", **facts: Any) -> None:
    said = {"state": state, "audience": audience, "as_of": "2026-06", **facts}
    CsirtStatus.objects.create(
        status="operational", is_national=True, name=f"{words} team", host=f"{words} host", **said
    )
    StrategyStatus.objects.create(step="adoption", in_force=True, title=f"{words} strategy", **said)
    SupportRequest.objects.create(point=2, need=f"{words} need", **said)


def fill_caribbean(edition: Any, by: Any) -> list[MemberState]:
    """Six states of the Caribbean in a round that is over: five at stage 3, one at stage 5; all share."""
    states = [make_state(f"island-{number}") for number in range(6)]
    round = make_round(edition, by=by, year=2026, number=1, closed=True)
    for number, state in enumerate(states):
        make_accepted(make_update(round, state), by=by, stage=5 if number == 5 else 3, audience="states")
        with scope(PROGRAMME):
            tell_state(state, "states")
            make_team(f"Team of {state.name}", state)
    return states


def fill_work(*states: MemberState) -> None:
    """One activity of the quarter, one of the quarter before and one that comes, read by all member states."""
    first, second = states[:2]
    with scope(PROGRAMME):
        done = make_activity("A course", first, second, status="done", audience="states", **IN_QUARTER)
        done.participant_counts.create(state=first, sector="public", women=5, men=4, other=1)
        done.participant_counts.create(state=second, sector="private", women=2, not_stated=3)
        before = make_activity("An earlier course", first, status="done", audience="public", **BEFORE_IT)
        before.participant_counts.create(state=first, sector="public", men=7)
        make_activity("A coming exercise", first, audience="states", kind="exercise", point=4)


def fill_agreements(owner: Any) -> None:
    with scope(PROGRAMME):
        partner = make_partner("Government of Canada", kind="government")
        made = make_agreement("Canada CTCBP", partner, audience="states", owner=owner, starts_on=date(2026, 1, 1))
        make_contribution(made, amount=1000, currency="CAD", precision="at least")
        make_contribution(made, amount=500, currency="CAD")
        make_contribution(made, amount=1_200_000, currency="", precision="at least")
        make_commitment(made, "Train people")


def fill_alerts(by: Any, number: int = 5) -> None:
    for _ in range(number):
        make_alert(Tlp.CLEAR, by=by, published_at=datetime(2026, 8, 12, 15, tzinfo=UTC), rsit=["phishing"])


def fill_secrets(edition: Any, state: MemberState, lead: Any, by: Any) -> None:
    """All that `state` shares with the programme alone, and what else no other state may read."""
    round = make_round(edition, by=by, year=2025, number=2, closed=True)
    update = make_update(round, state)
    make_accepted(update, by=lead, stage=5, audience="programme")
    with scope(PROGRAMME):
        tell_state(state, "programme", words="CANARY", update=update)
        for audience in ("staff", "participants"):
            facts = {"status": "done", "audience": audience, "place": "CANARY place", **IN_QUARTER}
            hidden = make_activity(f"CANARY {audience}", state, **facts)
            hidden.participant_counts.create(state=state, sector="academia", women=7777)
        partner = make_partner("CANARY partner", kind="academia", is_published=False)
        for audience in ("staff", "parties"):
            agreement = make_agreement(f"CANARY {audience}", partner, audience=audience, owner=by)
            make_contribution(agreement, amount=777_777, currency="XCD")
    for tlp in (Tlp.RED, Tlp.STRICT, Tlp.AMBER, Tlp.GREEN):
        for _ in range(6):
            facts = {"published_at": datetime(2026, 8, 12, 15, tzinfo=UTC), "rsit": ["ddos"]}
            make_alert(tlp, by=by, title_en=f"CANARY {tlp}", **facts)
