"""Two walls, written apart, say the same of everything under a TLP label, of every table of the network and exchange.

Invented worlds of teams that are in the network, were or will be; of items under each label, drafts and published, sent
to some teams and persons; and in each an invented reader. What ``visible_to`` lets through of all rows must be what the
database shows the reader. OAS_EXAMPLES is the number of worlds.
"""

import itertools
import os
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from accounts.models import StaffRole, User
from common.holes import walled_models
from common.scope import PROGRAMME, Reach, reach_of, scope
from common.tlp import Tlp
from csirt_network.models import (
    Acknowledgement,
    Affiliation,
    Alert,
    AlertFile,
    AlertVersion,
    Announcement,
    Application,
    ApplicationDocument,
    Approval,
    Assessment,
    Audience,
    ClosedDay,
    Comment,
    Contact,
    Correction,
    Countersign,
    Drill,
    DrillCall,
    FeedToken,
    GroupMember,
    Indicator,
    LibraryDownload,
    LibraryFile,
    LibraryItem,
    LibraryVersion,
    Lowering,
    Mailbox,
    MailboxLetter,
    MailboxMatch,
    Meeting,
    NetworkMembership,
    Paper,
    ParameterLevel,
    PeerRemark,
    PeerReview,
    ProfileLevel,
    ProfileVersion,
    ProofFile,
    Proposal,
    Quote,
    Reader,
    Receipt,
    Recipient,
    ReviewAnswer,
    SecurityTxt,
    Serial,
    SharingGroup,
    Sighting,
    Sim3Profile,
    Subscription,
    Team,
    TeamKey,
    TeamMember,
    TeamProfile,
    Vote,
    Webhook,
    WebhookDelivery,
    WorkingGroup,
    WorkingGroupMember,
    WorkingGroupSeat,
)
from documents.models import File
from member_states.models import Liaison
from tests.access.visits import undone
from tests.exchange import invented as of_exchange
from tests.factories.accounts import make_person
from tests.factories.csirt_network import (
    make_assessment,
    make_contact,
    make_key,
    make_profile,
    make_review,
    make_sim3_profile,
    make_team,
    make_version,
)
from tests.factories.member_states import make_state
from tests.house.test_wall_differential import DATES, Asked, Rows, in_one, plain_row, together
from tests.house.time_left import is_over

pytestmark = pytest.mark.django_db
GIVEN = os.environ.get("OAS_EXAMPLES")
EXAMPLES = int(GIVEN or "25")
PHASES = [Phase.explicit, Phase.reuse, Phase.generate]
if not GIVEN or EXAMPLES >= 100:  # where small faults are tried, a difference is enough: nobody reads it
    PHASES.append(Phase.shrink)
NUMBERS = itertools.count()
WORLDS = itertools.count()
TEAMS = 4  # the last is a constituent of the first
WHICH = st.integers(0, TEAMS - 1)
WHEN = st.sampled_from([0, 0, 0, 0, 0, 0, 1, 2])


@dataclass(frozen=True)
class Item:
    """`origin`: a team, or None for the programme. `author`, `named`: whether it is the reader."""

    tlp: str
    origin: int | None
    sent_to: frozenset[int]
    author: bool
    named: bool
    is_out: bool
    with_programme: bool


@dataclass(frozen=True)
class Who:
    """The memberships of the one who reads: (team, dates), (state, dates) and (role, dates)."""

    teams: tuple[tuple[int, int], ...]
    liaisons: tuple[tuple[int, int], ...]
    roles: tuple[tuple[str, int], ...]
    is_active: bool


def some(what: Any, most: int) -> Any:
    return st.lists(st.tuples(what, WHEN), max_size=most, unique_by=lambda pair: pair[0]).map(tuple)


ITEM = st.builds(
    Item,
    tlp=st.sampled_from(Tlp.values),
    origin=st.one_of(st.none(), WHICH),
    sent_to=st.frozensets(WHICH, min_size=1, max_size=2),
    author=st.booleans(),
    named=st.booleans(),
    is_out=st.sampled_from([True, True, False]),
    with_programme=st.booleans(),
)
ITEMS = st.lists(ITEM, min_size=4, max_size=10)
READERS = st.builds(
    Who,
    teams=st.one_of(some(WHICH, 2), st.sampled_from([0, 1, 3, 3]).map(lambda team: ((team, 0),))),
    liaisons=some(st.integers(0, 1), 1),
    roles=st.one_of(st.just(()), some(st.sampled_from(["observer", "officer", "manager", "administrator"]), 1)),
    is_active=st.sampled_from([True, True, True, False]),
)
NETWORK = st.lists(WHEN, min_size=TEAMS, max_size=TEAMS)


class Ground:
    """Two states with two teams each, a sharing group, and those who write."""

    def __init__(self) -> None:
        self.author, self.second = make_person("Arturo Author"), make_person("Sonia Second")
        self.states = [make_state("chile"), make_state("jamaica")]
        with scope(PROGRAMME):
            self.teams = [make_team(f"Team {n}", self.states[n // 2 % 2], is_connected=False) for n in (0, 2, 3, 1)]
            self.group = SharingGroup.objects.create(name="x", slug="x", made_by=self.author)
            GroupMember.objects.create(group=self.group, team=self.teams[0])
            make_sim3_profile("x", {"O-1": 2}, self.author)
            self.collections = of_exchange.make_collections(self)
            for number, team in enumerate(self.teams):
                self._of_directory(team, is_public=number % 2 == 0)

    def _of_directory(self, team: Team, *, is_public: bool) -> None:
        make_profile(team, is_published=is_public)
        make_version(team, self.author)
        make_contact(team, is_public=is_public)
        make_key(team, self.author)
        Affiliation.objects.create(team=team, state=team.state, body="first", level="member")


@pytest.fixture
def ground(db: None) -> Ground:
    return Ground()


@pytest.fixture(autouse=True, scope="module")
def _told(record_testsuite_property: Any) -> Iterator[None]:
    """How many worlds were asked, for `dev.py prove walls`."""
    yield
    record_testsuite_property("worlds", next(WORLDS))


@given(network=NETWORK, items=ITEMS, who=READERS)
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    phases=PHASES,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_both_walls_say_the_same(ground: Ground, network: list[int], items: list[Item], who: Who) -> None:
    if is_over():
        return
    next(WORLDS)
    with undone():
        reader = person(ground, who)
        populate(ground, network, items, reader)

        for user in (reader, AnonymousUser()):
            assert let_through(ground, user) == shown(user)


OF_THE_PORTAL = ("exchange.WarningLook",)  # its own work, in nobody's sight


def test_every_table_has_rows_and_none_is_out_of_sight(ground: Ground) -> None:
    item = Item("AMBER", 0, frozenset({1}), author=False, named=False, is_out=True, with_programme=True)
    populate(ground, [0] * TEAMS, [item], ground.author)

    for label, rows in in_sight(ground, ground.author).items():
        assert rows or label in OF_THE_PORTAL, f"{label}: make a row of it in populate()"


# The two walls ----------------------------------------------------------------------------------------------------


def walled() -> list[Any]:
    return [model for model in walled_models() if model._meta.app_label in ("csirt_network", "exchange")]


def let_through(ground: Ground, user: Any) -> Rows:
    """By the first wall, of all rows there are: the portal's filter is asked where the database hides nothing."""
    everywhere = reaches(ground, user)
    with scope(everywhere[0]):
        asked = in_one({model: model.objects.visible_to(user) for model in walled()})
    return together(asked, everywhere, walled())


def shown(user: Any) -> Rows:
    """By the second wall, without any filter."""
    return together(every_row(), [reach_of(user)], walled())


def in_sight(ground: Ground, user: Any) -> Rows:
    return together(every_row(), reaches(ground, user), walled())


@cache
def every_row() -> Asked:
    return in_one({model: model._base_manager.all() for model in walled()})


def reaches(ground: Ground, user: Any) -> list[Reach]:
    """Each of these sees the whole of what it looks at: subqueries of the filter are asked behind the wall as well."""
    teams, states = tuple(team.pk for team in ground.teams), tuple(state.pk for state in ground.states)
    everywhere = {"teams": teams, "patrons": teams, "states": states, "community": True}
    return [Reach(person=pk, staff=True, **everywhere) for pk in {ground.author.pk, user.pk or ground.author.pk}]


# The worlds -------------------------------------------------------------------------------------------------------


def person(ground: Ground, who: Who) -> User:
    user = make_person("Rosa Reader", email=f"reader-{next(NUMBERS)}@example.org", is_active=who.is_active)
    for team, when in who.teams:
        kind = ("representative", "analyst")[team % 2]
        TeamMember.objects.create(team=ground.teams[team], person=user, kind=kind, **DATES[when])
    for state, when in who.liaisons:
        Liaison.objects.create(state=ground.states[state], person=user, kind="lead", **DATES[when])
    for role, when in who.roles:
        StaffRole.objects.create(person=user, role=role, **DATES[when])
    return user


def populate(ground: Ground, network: list[int], items: list[Item], reader: Any) -> None:
    join(ground, network, reader)
    for number, item in enumerate(items):
        publish(ground, item, reader)
        assess(ground, item, number, is_sent=not number or item is not items[-1])
    for number, team in enumerate(ground.teams):
        apply(ground, team, reader if number == 1 else ground.author, with_consent=number != 1)


def join(ground: Ground, network: list[int], reader: Any) -> None:
    with scope(Reach(staff=True, person=reader.pk)):
        for number, when in enumerate(network):
            patron = ground.teams[0] if number == TEAMS - 1 else None
            facts = {"state": ground.teams[number].state, "constituent_of": patron, **DATES[when]}
            NetworkMembership.objects.create(team=ground.teams[number], **facts)


def apply(ground: Ground, team: Team, head: Any, *, with_consent: bool) -> None:
    """An application of a team whose consent is asked, or not yet; one of them is the reader's own."""
    said = {"state": team.state, "by": ground.author}
    with scope(Reach(staff=True, person=ground.author.pk, states=(team.state_id,))):
        application = Application.objects.create(
            state=team.state,
            name=f"Team {next(NUMBERS)}",
            head_email=head.email,
            consent_of=team if with_consent else None,
            opened_by=ground.author,
        )
        Approval.objects.create(application=application, step="sent", verdict="yes", **said)
        ClosedDay.objects.get_or_create(state=team.state, day="2026-12-24", defaults={"name": "x"})
    with scope(Reach(states=(team.state_id,), person=ground.author.pk)):
        file = File.objects.create(state_id=team.state_id, name="x", size=1, content="x", uploaded_by=ground.author)
        ApplicationDocument.objects.create(application=application, file=file, name="x", size=1, **said)


def publish(ground: Ground, item: Item, reader: Any) -> None:
    """As whoever it comes from: the wall asks who writes too."""
    author = reader if item.author else ground.author
    origin = None if item.origin is None else ground.teams[item.origin]
    with scope(Reach(teams=(origin.pk,) if origin else (), person=author.pk, staff=origin is None)):
        audience = make_audience(ground, item, origin, author, [author, *([reader] if item.named else [])])
        alert = make_alert(item, audience, origin, author)
        for model in walled():
            if model not in BY_HAND:
                plain_row(model, [alert, audience, origin or ground.teams[0], ground.states[0], author]).save()
        make_library(item, audience, origin, author)
        make_parts(alert, make_alert(item, audience, origin, author), audience, author)
    with scope(Reach(teams=(origin.pk,) if origin else (), person=ground.second.pk, staff=origin is None)):
        if item.tlp != Tlp.RED:  # nobody but the author reads it, so nobody can countersign
            Countersign.objects.create(alert=alert, edited=0, by=ground.second)
    with scope(PROGRAMME):
        Serial.objects.get_or_create(year=2026)
        call(ground, item)
    hang_on(ground, item, alert, author)
    if origin:
        make_working_group(origin, author, next(NUMBERS))
    ask_for(ground, item, alert, author)
    of_exchange.populate(ground, item, alert, author)


def make_audience(ground: Ground, item: Item, origin: Team | None, author: Any, named: list[Any]) -> Audience:
    audience = Audience.objects.create(origin=origin, made_by=author)
    Recipient.objects.create(audience=audience, kind="network")
    readers = [Reader(audience=audience, team=ground.teams[pk]) for pk in item.sent_to]
    Reader.objects.bulk_create([*readers, *(Reader(audience=audience, person=who) for who in set(named))])
    return audience


def call(ground: Ground, item: Item) -> None:
    """A contact test, and what was found at the website of one team."""
    drill = Drill.objects.create(title="x", started_by=ground.author, ends_at=timezone.now())
    for team in (ground.teams[number] for number in item.sent_to):
        DrillCall.objects.create(drill=drill, team=team, state=team.state)
        SecurityTxt.objects.update_or_create(team=team, state=team.state, defaults={"asked_at": timezone.now()})


def make_parts(alert: Alert, quoted: Alert, audience: Audience, author: Any) -> None:
    """With a version under each label: who may read the alert reads those that were for them."""
    facts = {"audience": audience, "snapshot": {}, "at": timezone.now()}
    for number, label in enumerate(Tlp.values):
        AlertVersion.objects.create(alert=alert, number=number + 1, tlp=label, **facts)
    Indicator.objects.create(alert=alert, kind="domain", value="bad.example")
    kept = {"media_type": "x", "size": 1, "sha256": "0", "content": "x", "uploaded_by": author}
    AlertFile.objects.create(alert=alert, name="x", **kept)
    Quote.objects.create(alert=alert, quoted=quoted)
    Lowering.objects.create(alert=alert, change=1, before="RED", after="AMBER", reason="x", by=author)


def assess(ground: Ground, item: Item, number: int, *, is_sent: bool) -> None:
    """Sent or a draft; each that is sent is reviewed by another team, which takes it on or not, until it is closed."""
    team = ground.teams[item.origin or 0]
    sent_at = timezone.now() if is_sent else None
    assessment = make_assessment(team, ground.author, {"O-1": 2}, version=number + 1)
    with scope(Reach(teams=(team.pk,), person=ground.author.pk)):
        ProofFile.objects.create(assessment=assessment, code="O-1", by=ground.author, content="x")
        if sent_at:
            Assessment.objects.filter(pk=assessment.pk).update(sent_at=sent_at, sent_by=ground.author)
    reviewer = ground.teams[min(item.sent_to)]
    if reviewer != team:
        review = make_review(assessment, reviewer, ground.author, accepts=not item.author)
        if not item.author:
            with scope(Reach(teams=(reviewer.pk,), person=ground.author.pk)):
                PeerRemark.objects.create(review=review, code="O-1")
        if item.named:
            with scope(Reach(teams=(team.pk,), person=ground.author.pk)):
                PeerReview.objects.filter(pk=review.pk).update(closed_at=timezone.now(), closed_by=ground.author)


def hang_on(ground: Ground, item: Item, alert: Alert, author: Any) -> None:
    """What the teams it was sent to say of it, once it is out: in a reach that may say it for each of them."""
    teams, label = tuple(team.pk for team in ground.teams), f"{alert.pk}"
    with scope(Reach(teams=teams, patrons=teams, person=author.pk, community=True, staff=True)):
        for team in (ground.teams[pk] for pk in sorted(item.sent_to)) if item.is_out else ():
            facts = {"alert": alert, "team": team, "by": author}
            Acknowledgement.objects.create(version=1, answer="checking", note=label, **facts)
            Receipt.objects.create(alert=alert, version=1, team=team)
            Comment.objects.create(text=label, key=uuid.uuid4(), **facts)
            Correction.objects.create(version=1, field="title_en", after=label, reason=label, key=uuid.uuid4(), **facts)
            Sighting.objects.create(kind="seen", seen_on=timezone.localdate(), key=uuid.uuid4(), **facts)
        if item.is_out:
            Acknowledgement.objects.create(alert=alert, version=1, person=author, answer="affected", by=author)
            Receipt.objects.create(alert=alert, version=1, person=author)


def ask_for(ground: Ground, item: Item, alert: Alert, author: Any) -> None:
    """What a team and a person ask to be told of, and the work that follows from it."""
    team, until = ground.teams[item.origin or 0], timezone.now()
    everything = {"teams": tuple(each.pk for each in ground.teams), "community": True, "staff": True}
    with scope(Reach(person=author.pk, **everything)):
        mailbox = Mailbox.objects.create(team=team, address=f"{alert.pk}@example.org", made_by=author)
        webhook = Webhook.objects.create(team=team, name="x", url="https://www.example.org/", made_by=author)
        letter = MailboxLetter.objects.create(mailbox=mailbox, key="x")
        for box in (None, mailbox):
            Subscription.objects.create(person=author, mailbox=box)
        for of in (None, team):
            FeedToken.objects.create(person=author, team=of, name="x", digest=f"{alert.pk} {of}", expires_at=until)
    with scope(PROGRAMME):
        announcement = Announcement.objects.create(alert=alert, version=1)
        MailboxMatch.objects.create(mailbox=mailbox, announcement=announcement, letter=letter)
        WebhookDelivery.objects.create(webhook=webhook, event="x", announcement=announcement)


def make_library(item: Item, audience: Audience, origin: Team | None, author: Any, **more: Any) -> LibraryItem:
    """Under each label but TLP:RED, which no item of the library has."""
    tlp = Tlp.STRICT if item.tlp == Tlp.RED else item.tlp
    out = {"published_at": timezone.now(), "updated_at": timezone.now(), "latest": 1} if item.is_out else {}
    facts = {"tlp": tlp, "audience": audience, "from_team": origin, "author": author, "kind": "guide", **more}
    held = LibraryItem.objects.create(with_programme=item.with_programme or origin is None, **facts, **out)
    version = LibraryVersion.objects.create(item=held, number=1, tlp=tlp, by=author)
    LibraryFile.objects.create(item=held, version=version, language="en", link="https://www.example.org")
    LibraryDownload.objects.create(version=version, language="en")
    return held


def vote_in(group: WorkingGroup, team: Team, author: Any) -> None:
    """One vote that is open and one that is closed, each with what the team said."""
    for ends in (timezone.now() + timedelta(days=1), timezone.now() + timedelta(days=2)):
        proposal = Proposal.objects.create(group=group, title="x", text="x", opened_by=author, closes_at=ends)
        Vote.objects.create(proposal=proposal, team=team, choice="yes", by=author)
    Proposal.objects.filter(pk=proposal.pk).update(closes_at=timezone.now() - timedelta(hours=1), closed_by=author)


def make_working_group(team: Team, author: Any, number: int) -> None:
    """An open one, which `team` has joined; another that is by invitation."""
    with scope(PROGRAMME):
        made = {"made_by": author, "name_en": "x"}
        group = WorkingGroup.objects.create(slug=f"open-{number}", is_open=True, chair_team=team, **made)
        WorkingGroup.objects.create(slug=f"closed-{number}", **made)
    with scope(Reach(teams=(team.pk,), person=author.pk, community=True)):
        WorkingGroupSeat.objects.create(group=group, team=team)
        WorkingGroupMember.objects.create(group=group, team=team, person=author)
        times = {"starts_at": timezone.now(), "ends_at": timezone.now() + timedelta(hours=1)}
        Meeting.objects.create(group=group, title="x", made_by=author, **times)
        Paper.objects.create(group=group, title="x", tlp="AMBER", by=author, content="x")
        vote_in(group, team, author)


def make_alert(item: Item, audience: Audience, origin: Team | None, author: Any, **more: Any) -> Alert:
    out = {"year": 2026, "number": next(NUMBERS) + 1, "published_at": timezone.now()} if item.is_out else {}
    facts = {"tlp": item.tlp, "audience": audience, "from_team": origin, "author": author, "kind": "warning", **more}
    return Alert.objects.create(with_programme=item.with_programme or origin is None, **facts, **out)


BY_HAND = {
    Acknowledgement,
    Affiliation,
    Alert,
    AlertFile,
    AlertVersion,
    Announcement,
    Assessment,
    Audience,
    Comment,
    Contact,
    Correction,
    Countersign,
    FeedToken,
    Drill,
    DrillCall,
    GroupMember,
    Indicator,
    LibraryDownload,
    LibraryFile,
    LibraryItem,
    LibraryVersion,
    Lowering,
    Application,
    ApplicationDocument,
    Approval,
    ClosedDay,
    Mailbox,
    MailboxLetter,
    MailboxMatch,
    Meeting,
    NetworkMembership,
    Paper,
    ParameterLevel,
    PeerRemark,
    PeerReview,
    ProfileLevel,
    ProfileVersion,
    ProofFile,
    Proposal,
    Quote,
    Reader,
    Receipt,
    Recipient,
    ReviewAnswer,
    SecurityTxt,
    Serial,
    SharingGroup,
    Sighting,
    Sim3Profile,
    Subscription,
    Team,
    TeamKey,
    TeamProfile,
    Vote,
    Webhook,
    WebhookDelivery,
    WorkingGroup,
    WorkingGroupMember,
    WorkingGroupSeat,
    *of_exchange.MODELS,
}
