"""A page of the network asks the database as often for many teams, alerts and items as for a few.

Counted as in tests/house/test_query_counts.py, which bounds how much each page may ask; here it is the network that
grows: more teams, each with an entry, and more of all that hangs on a team, an alert, a group, an item.
"""

import uuid
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone

from common.scope import PROGRAMME, Reach, scope
from common.tlp import Tlp
from csirt_network.actions.library import Contents
from csirt_network.models import (
    Affiliation,
    Assessment,
    Drill,
    DrillCall,
    FeedToken,
    GroupMember,
    Indicator,
    LibraryItem,
    Mailbox,
    Meeting,
    Paper,
    Recipient,
    SecurityTxt,
    SharingGroup,
    Subscription,
    Team,
    Webhook,
    WebhookDelivery,
    WorkingGroup,
    WorkingGroupMember,
    WorkingGroupSeat,
)
from tests.access.network_writing import draft
from tests.access.test_matrix import GETS, url_of
from tests.conftest import take_statistics
from tests.csirt_network.test_differential import Item, hang_on
from tests.factories.admission import make_application
from tests.factories.alerts import make_alert, to_team
from tests.factories.csirt_network import (
    make_assessment,
    make_contact,
    make_key,
    make_member,
    make_profile,
    make_review,
    make_team,
    make_version,
)
from tests.factories.library import make_item, publish
from tests.house.test_query_counts import Counts, asked, report

pytestmark = pytest.mark.django_db
OF_NETWORK = ("alerts", "contact-test", "csirts/", "feeds/", "library", "network/", "sharing-groups", "working-groups")
ROLES = ("anon", "own", "team", "sector", "officer")
# Of several things that a page may be about, the one on which most hangs.
FULLEST = (
    "alert:constituents", "application:meeting", "assessment:reviewed", "group:shown", "library:clear", "review:open",
    "working:closed", "written:draft", "written:out",
)  # fmt: skip
MORE = 6


def test_a_larger_network_is_not_asked_about_more_often(world: Any) -> None:
    few = counts(world)
    grow(world)
    take_statistics()
    many = counts(world)

    assert len({page for _role, page in few}) > 60
    faults = [report(page, few[page], many[page]) for page in few if len(few[page]) != len(many[page])]
    assert not faults, "\n".join(faults)


def counts(world: Any) -> Counts:
    """What is asked, by (person, route)."""
    found: Counts = {}
    for row in PAGES:
        for role in ROLES:
            if row.wanted()[role] == ".":
                found[role, f"{row.first} {row.third}".strip()] = asked(world, role, url_of(world, row))
    return found


def pages() -> list[Any]:
    rows = [row for row in GETS if row.first.startswith(OF_NETWORK) and not row.first.endswith(".xlsx")]
    by_route: dict[str, Any] = {}
    for row in rows:
        kept = by_route.get(row.first)
        if kept is None or row.third in FULLEST:
            by_route[row.first] = row
    return list(by_route.values())


PAGES = pages()


# More of everything ---------------------------------------------------------------------------------------------------


def grow(world: Any) -> None:
    chile = Team.objects.get(slug="csirt-chile")
    with scope(PROGRAMME):
        teams = [make_team(f"More {n}", chile.state, kind="sector", constituent_of=chile) for n in range(MORE)]
    for number, team in enumerate(teams):
        more_of_directory(world, team, number)
        more_of_maturity(world, chile, team, number)
    more_entries(world, chile)
    more_alerts(world, chile, teams)
    more_in_library(world, chile)
    more_groups(world, teams)
    more_of_freshness(world, teams)
    more_channels(world, chile)
    for stands in ("consent", "meeting", "draft"):
        make_application(chile.state, world.staff, stands=stands, consent_of=None if stands == "draft" else chile)


def more_of_directory(world: Any, team: Team, number: int) -> None:
    with scope(PROGRAMME):
        make_profile(team, texts={"mission": {"en": "Words"}}, number=1, is_published=True)
        make_version(team, world.staff)
        make_contact(team, is_public=True)
        make_key(team, world.staff, fingerprint=f"{number:040d}")
        Affiliation.objects.create(team=team, state=team.state, body="first", level="member")


def more_entries(world: Any, chile: Team) -> None:
    with scope(Reach(staff=True, teams=(chile.pk,), states=(chile.state_id,), person=world.staff.pk)):
        for number in range(MORE):
            make_contact(chile, "technical")
            make_key(chile, world.staff, fingerprint=f"B{number:039d}")
            make_version(chile, world.staff, number=10 + number)


def more_of_maturity(world: Any, chile: Team, team: Team, number: int) -> None:
    """Each more team has sent one; Chile's has sent another, which that team reviews."""
    make_assessment(team, world.staff, {"O-1": 2, "H-1": 1}, sent_at=timezone.now())
    by, at = world.people["team"], timezone.now()
    with scope(Reach(teams=(chile.pk,), person=by.pk)):  # beside the draft that it has
        facts = {"team": chile, "state_id": chile.state_id, "started_by": by, "sent_at": at, "sent_by": by}
        sent = Assessment.objects.create(version=20 + number, **facts)
    make_review(sent, team, by, accepts=True)
    make_review(world.maturity["reviewed"], team, by, accepts=True)


def more_alerts(world: Any, chile: Team, teams: list[Team]) -> None:
    """As many again under three labels; on the fullest, each of the teams has answered, seen and said something."""
    for label in (Tlp.CLEAR, Tlp.GREEN, Tlp.AMBER) * (MORE // 2):
        make_alert(label, to_team(chile), by=world.staff, rsit=["fraud"], cves=["CVE-2026-0001"])
    for _again in range(MORE):
        draft("TEAM", to_team(teams[0]), by=world.people["analyst"], origin=chile)
        draft("DESK", to_team(teams[0]), by=world.people["manager"])
    sent_to = frozenset(range(len(teams)))
    whole = Item("AMBER", None, sent_to, author=False, named=False, is_out=True, with_programme=True)
    hang_on(SimpleNamespace(teams=teams), whole, world.alerts["constituents"], world.staff)  # type: ignore[arg-type]
    with scope(Reach(staff=True, person=world.staff.pk)):
        rows = [Indicator(alert=world.alerts["constituents"], kind="domain", value=f"{n}.example") for n in range(MORE)]
        Indicator.objects.bulk_create(rows)


def more_in_library(world: Any, chile: Team) -> None:
    """More items; of one that was there, more versions."""
    kept = LibraryItem.objects.get(pk=world.library["clear"][0].pk)
    for number in range(MORE):
        contents = Contents(links={"en": f"https://www.example.org/{number}"})
        publish(make_item(world.staff), world.staff, Recipient(kind="team", team=chile), contents=contents)
        publish(kept, world.staff, contents=contents, changes="More")


def more_groups(world: Any, teams: list[Team]) -> None:
    now, closed = timezone.now(), world.working_groups["closed"]
    with scope(PROGRAMME):
        for number, team in enumerate(teams):
            GroupMember.objects.create(group=world.groups["shown"], team=team)
            group = SharingGroup.objects.create(name=f"G {number}", slug=f"g-{number}", made_by=world.staff)
            GroupMember.objects.create(group=group, team=team)
            WorkingGroupSeat.objects.create(group=closed, team=team)
            WorkingGroup.objects.create(slug=f"w-{number}", name_en="W", made_by=world.staff, chair_team=team)
            facts = {"group": closed, "title": "M", "made_by": world.staff}
            Meeting.objects.create(starts_at=now + timedelta(days=1), ends_at=now + timedelta(days=2), **facts)
            Paper.objects.create(group=closed, title="P", tlp="AMBER", by=world.staff, content=uuid.uuid4().hex)
    for team in teams:
        person = make_member(f"Member {team.pk}", team)
        with scope(Reach(teams=(team.pk,), person=person.pk, community=True)):
            WorkingGroupMember.objects.create(group=closed, team=team, person=person)


def more_of_freshness(world: Any, teams: list[Team]) -> None:
    now = timezone.now()
    chile = Team.objects.get(slug="csirt-chile")
    with scope(PROGRAMME):
        for team in teams:
            DrillCall.objects.create(drill=world.drill, team=team, state=team.state, address="x@example.org")
            SecurityTxt.objects.create(team=team, state=team.state, asked_at=now)
            drill = Drill.objects.create(title="More", started_by=world.staff, ends_at=now)
            DrillCall.objects.create(drill=drill, team=chile, state=chile.state, address="x@example.org")


def more_channels(world: Any, chile: Team) -> None:
    person, until = world.people["team"], timezone.now() + timedelta(days=9)
    with scope(Reach(person=person.pk, teams=(chile.pk,), staff=False)):
        for number in range(MORE):
            box = Mailbox.objects.create(team=chile, address=f"{number}@example.org", made_by=person)
            for of in (None, box):
                Subscription.objects.create(person=person, mailbox=of, words=["word"])
            Webhook.objects.create(team=chile, name="More", url="https://www.example.org/", made_by=person)
            facts = {"name": "More", "prefix": "abc", "expires_at": until}
            FeedToken.objects.create(person=person, team=chile, digest=f"{number}", **facts)
    with scope(PROGRAMME):
        hook = world.subscriptions["webhook"]
        WebhookDelivery.objects.bulk_create(WebhookDelivery(webhook=hook, event=f"more {n}") for n in range(MORE))
