"""More of everything that a list of the API shows, each with what hangs on it, so that no list is without rows."""

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any
from uuid import uuid4

from django.utils import timezone

from action_plan.actions import awareness
from action_plan.models import (
    AskedSupport,
    Campaign,
    Deployment,
    Instrument,
    InstrumentActivity,
    InstrumentPoint,
    Milestone,
    MissionMember,
    PlanVersion,
)
from action_plan.models import Material as Poster
from capability.models import (
    CsirtStatus,
    ExternalIndex,
    Law,
    StrategyStatus,
    StrategyVersion,
    SupportRequest,
    ThreatLevel,
)
from common.days import today
from common.scope import PROGRAMME, reach_of, scope
from common.tlp import Tlp
from csirt_network.actions.groups import make_group
from csirt_network.actions.publishing import snapshot_of
from csirt_network.actions.talking import propose
from csirt_network.actions.votes import open_vote
from csirt_network.actions.working_groups import add_paper, make_working_group
from csirt_network.models import Affiliation, AlertVersion, Meeting, Paper, Proposal, SharingGroup, Team, WorkingGroup
from documents.models import Source
from exchange.actions.importing import look
from exchange.models import AssetClaim, EarlyWarning
from partnerships.models import AgreementInstrument, Amendment, Delivery, ExchangeRate
from partnerships.terms import terms_of
from reporting.models import Schedule
from tests.access.canaries import CHILE
from tests.access.states import State
from tests.api.growing_parts import of_activities, of_agreements, of_alerts, of_calls
from tests.factories.action_plan import make_activity
from tests.factories.alerts import make_alert, to_team
from tests.factories.capability import make_accepted, make_edition, make_update
from tests.factories.correspondence import make_contact, make_note
from tests.factories.csirt_network import (
    make_assessment,
    make_key,
    make_profile,
    make_sim3_profile,
    make_team,
    make_version,
)
from tests.factories.csirt_network import make_contact as make_way
from tests.factories.exchange import collection_of, indicator, push
from tests.factories.exercises import make_exercise, make_inject, make_response
from tests.factories.experts import make_expertise
from tests.factories.library import a_file, make_item, publish
from tests.factories.member_states import make_liaison, make_state
from tests.factories.missions import make_mission, make_recommendation
from tests.factories.operations import make_entry, make_operation
from tests.factories.partnerships import make_agreement, make_partner
from tests.factories.promises import make_commitment, make_contribution
from tests.factories.training import make_course, make_session
from tests.house.test_query_counts import a_round

NUMBERS = count(1)


def grow(world: Any) -> None:
    """One more of each, of a state of its own and of Chile."""
    number = next(NUMBERS)
    facts = {
        "number": number,
        "chile": world.things["chile"]["state"].state,
        "team": Team.objects.get(slug="csirt-chile"),
    }
    if number == 2:
        make_edition(2016)
    facts["state"] = make_state(f"state-{number}", sharing="public")
    _of_state(world, **facts)
    with scope(PROGRAMME):
        for part in (_directory, _plan, _activities, _mandate, _partnerships, _reports):
            part(world, **facts)
        _exercise(world, facts["team"], number)
    for part in (_network, _library, _exchange, _letters):
        part(world, **facts)


def _of_state(world: Any, number: int, state: Any, chile: Any, team: Team) -> None:
    State(world, CHILE, state.slug, make_liaison(f"Liaison {number}", state))
    name = f"more-{number}"
    world.rounds[name] = a_round(world, number + 2)
    world.things["chile"]["state"].more_updates([name])
    _said(world, chile, number)
    source = Source.objects.create(key=f"source-{number}", title=f"Source {number}")
    ExternalIndex.objects.create(state=state, source=source, kind="gci", edition="2024", score="9.5", scale="100")
    Law.objects.create(state=state, source=source, kind="budapest", name="Ratified")


def _said(world: Any, chile: Any, number: int) -> None:
    """One more accepted update of Chile, in which each factor moved, and what it says in the other sections."""
    round = world.rounds[f"said-{number}"] = a_round(world, number + 50)
    update = make_update(round, chile)
    make_accepted(update, by=world.people["own"], stage=2 + number % 2, audience="public")
    said = {"state": chile, "update": update, "is_current": False, "audience": "public"}
    with scope(PROGRAMME):
        CsirtStatus.objects.create(status="operational", name="The team", **said)
        StrategyStatus.objects.create(step="drafting", title="The strategy", **said)
        StrategyVersion.objects.create(title="The first", state=chile, update=update, audience="public")
        ThreatLevel.objects.create(threat=world.threats[0], level="high", **said)
        SupportRequest.objects.create(point=1, need="An exercise", **said)
        AskedSupport.objects.create(state=chile, need="A course", asked_by=world.people["own"], point=2)


def _directory(world: Any, number: int, state: Any, chile: Any, team: Team) -> None:
    by = world.people["team"]
    other = make_team(f"Team {number}", chile, kind="sector", constituent_of=team)
    make_profile(other, is_published=True, number=1)
    make_way(other, "mailbox", is_public=True)
    make_key(other, by, fingerprint=f"{number:040}")
    Affiliation.objects.create(team=other, state=chile, body="first", level="member", link="https://www.example.org")
    make_version(team, by, number=number + 5)
    make_sim3_profile(f"Profile {number}", {"O-1": 3}, world.staff)
    group = WorkingGroup(name_en=f"Group {number}", mandate_en="To compare.", chair_team=team)
    make_working_group(group=group, teams=[other], by=world.staff)
    make_group(group=SharingGroup(name=f"Sharing {number}"), teams=[team, other], by=world.staff)
    closed = world.working_groups["closed"]
    day = timezone.now() + timedelta(days=number)
    Meeting.objects.create(
        group=closed, title=f"Meeting {number}", starts_at=day, ends_at=day + timedelta(hours=1), made_by=world.staff
    )
    add_paper(paper=Paper(title=f"Paper {number}", tlp="AMBER"), group=closed, upload=a_file(), by=world.staff)
    of_calls(world, number, team)
    proposal = Proposal(title=f"Proposal {number}", text="To meet.")
    open_vote(proposal=proposal, group=closed, last_day=today() + timedelta(days=9), by=world.staff)


def _plan(world: Any, number: int, state: Any, chile: Any, team: Team) -> None:
    officer, factor = world.people["officer"], world.indicators[0].factor
    mission = make_mission(chile, officer, f"Mission {number}")
    MissionMember.objects.create(mission=mission, state=chile, name="Olga Example", role="Trainer")
    make_recommendation(mission, factor=factor, liaison=world.people["own"])
    make_expertise(chile, officer, factor)
    plan = world.things["chile"]["plans"]["amended"]
    version = plan.versions.get(number=1)
    PlanVersion.objects.create(plan=plan, state=chile, number=number + 1, text=version.text, offered_by=officer)
    course = make_course(chile, title=f"Course {number}", audience="public", slug=f"course-{number}")
    make_session(course, days_ago=number)


def _activities(world: Any, number: int, state: Any, chile: Any, team: Team) -> None:
    officer, named = world.people["officer"], {"slug": f"campaign-{number}", "audience": "public"}
    campaign = Campaign.objects.create(
        activity=make_activity(f"Campaign {number}", chile, state, officer=officer, host_state=state, **named),
        message="Think first.", groups=["children"], channels=["radio"],
    )  # fmt: skip
    material = Poster(kind="poster", title_en=f"Poster {number}")
    awareness.add_material(material=material, campaign=campaign)
    awareness.add_files(material=material, uploads={"en": a_file()})
    awareness.publish(material=material)
    of_activities(world, number)


def _mandate(world: Any, number: int, state: Any, chile: Any, team: Team) -> None:
    instrument = Instrument.objects.create(
        slug=f"declaration-{number}", kind="declaration", adopted="2012", name_en=f"Declaration {number}"
    )
    InstrumentPoint.objects.create(instrument=instrument, point=3)
    activity = make_activity(f"Deployment {number}", state, kind="deployment", point=3, slug=f"deployment-{number}")
    InstrumentActivity.objects.create(instrument=instrument, activity=activity)
    by = world.people["officer"]
    deployment = Deployment.objects.create(activity=activity, state=state, started_by=by)
    Milestone.objects.create(
        deployment=deployment, state=state, step="mandate", reached="2026-05", evidence="A decree", by=by
    )


def _partnerships(world: Any, number: int, state: Any, chile: Any, team: Team) -> None:
    officer = world.people["officer"]
    partner = make_partner(f"Partner {number}")
    agreement = make_agreement(f"Agreement {number}", partner, audience="public", owner=officer, source=world.source)
    AgreementInstrument.objects.create(agreement=agreement, instrument=world.instrument)
    of_agreements(world, number, agreement)
    amended: Any = {"agreed_on": "2026-01-02", "what": "The aims", "by": officer}
    held = world.partnerships["agreements"]["public"]
    Amendment.objects.create(agreement=held, number=number + 1, earlier=terms_of(held), later=terms_of(held), **amended)
    commitment = make_commitment(agreement, source=world.source)
    of = {"commitment": commitment, "partner_id": commitment.partner_id, "made_by": world.people["partner"]}
    now = timezone.now()
    Delivery.objects.create(
        what="A course", on=today(), status="accepted", submitted_by=world.people["partner"], submitted_at=now,
        decided_by=officer, decided_at=now, **of,
    )  # fmt: skip
    make_contribution(agreement, 100, "CAD", source=world.source)
    ExchangeRate.objects.create(
        base="CAD",
        quote="USD",
        rate="0.73",
        on=today() - timedelta(days=number),
        entered_by=officer,
        taken_from="A bank",
    )
    operation = make_operation(officer, partners=[partner], states=[chile], tlp=Tlp.CLEAR, title_en=f"River {number}")
    make_entry(operation, officer)


def _reports(world: Any, number: int, state: Any, chile: Any, team: Team) -> None:
    schedule = Schedule.objects.create(
        languages=["en"], every="month", day=1, at="09:00", made_by=world.people["officer"]
    )
    schedule.states.set([chile, state])


def _exercise(world: Any, team: Team, number: int) -> None:
    make_exercise(world.people["officer"], team, name=f"Exercise {number}")
    running = world.exercises["running"]
    inject = make_inject(running, number + 10, due_minute=0)
    make_response(inject, running.players.order_by("pk")[0], world.people["team"])


def _network(world: Any, number: int, state: Any, chile: Any, team: Team) -> None:
    officer, by = world.people["officer"], world.people["team"]
    make_alert(Tlp.CLEAR, by=by, origin=team, title_en=f"Alert {number}")
    alert = make_alert(Tlp.AMBER, to_team(team), by=officer)
    _of_alert(world.alerts["constituents"], team, by, officer, number)
    of_alerts(world, number, team)
    sent = datetime(2026, 5, 4, 12, tzinfo=UTC)
    make_assessment(Team.objects.get(slug=f"team-{number}"), by, {"O-1": 2}, sent_at=sent)
    with scope(PROGRAMME):
        decided = {"status": "approved", "decided_by": officer, "decided_at": timezone.now()}
        claim = AssetClaim.objects.create(
            team=team, kind="domain", value=f"{number}.example.org", asked_by=by, **decided
        )
        EarlyWarning.objects.create(
            claim=claim, team=team, alert=alert, item=f"a-{number}", value="a.example.org", kind="domain"
        )


def _of_alert(alert: Any, team: Team, by: Any, officer: Any, number: int) -> None:
    with scope(reach_of(by)):
        said: Any = {"after": f"Words {number}", "reason": "Better.", "key": uuid4()}
        propose(alert=alert, team=team, field="title_en", by=by, **said)
    with scope(reach_of(officer)):
        facts = {"tlp": alert.tlp, "audience": alert.audience, "at": timezone.now()}
        AlertVersion.objects.create(alert=alert, number=number + 2, snapshot=snapshot_of(alert), **facts)


def _library(world: Any, number: int, state: Any, chile: Any, team: Team) -> None:
    by = world.people["team"]
    publish(make_item(by, origin=team, title_en=f"Guide {number}"), by, tlp=Tlp.CLEAR)


def _exchange(world: Any, number: int, state: Any, chile: Any, team: Team) -> None:
    by = world.people["team"]
    push(team, collection_of("community"), indicator(tlp=Tlp.GREEN, value=f"198.51.100.{number}"))
    with scope(reach_of(by)):
        file = {"content": f"value\n198.51.100.{number}\n".encode(), "name": f"list-{number}.csv"}
        look(team=team, target=collection_of("team", team=team), label="AMBER", by=by, **file)


def _letters(world: Any, number: int, state: Any, chile: Any, team: Team) -> None:
    make_note(chile, world.people["officer"], status="sent")
    make_contact(chile, world.people["officer"], f"Elena {number}", email=f"elena-{number}@example.org")
