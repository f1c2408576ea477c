"""Working groups of the world: one of Chile's two teams with a meeting and a paper, and an open one without anybody."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from common.days import today
from common.scope import PROGRAMME, Reach, scope
from csirt_network.actions.votes import cast, close_vote, open_vote
from csirt_network.actions.working_groups import add_paper, make_working_group
from csirt_network.models import Meeting, Paper, Proposal, Team, WorkingGroup
from tests.access.canaries import CHILE, canary
from tests.factories.library import a_file


def make_working_groups(world: Any) -> dict[str, Any]:
    chile, banks = Team.objects.get(slug="csirt-chile"), Team.objects.get(slug="csirt-banks")
    with scope(PROGRAMME):
        closed = _group(world, "closed", [banks], chair_team=chile)
        open_to_all = _group(world, "open", [], is_open=True)
        meeting = Meeting.objects.create(
            group=closed,
            starts_at=timezone.now() + timedelta(days=3),
            ends_at=timezone.now() + timedelta(days=4),
            made_by=world.staff,
            link="https://www.example.org",
            **{name: canary(CHILE, "CONSTITUENTS", name) for name in ("title", "place", "agenda")},
        )
        paper = Paper(title=canary(CHILE, "CONSTITUENTS", "paper"), tlp="AMBER", meeting=meeting)
        upload = a_file(f"{canary(CHILE, 'CONSTITUENTS', 'file')}pdf")
        add_paper(paper=paper, group=closed, upload=upload, by=world.staff)
        proposals = {f"vote-{name}": _proposal(world, closed, name) for name in ("open", "closed")}
    for role, team in (("team", chile), ("sector", banks)):
        with scope(Reach(teams=(team.pk,), person=world.people[role].pk, community=True)):
            for proposal in proposals.values():
                cast(proposal=proposal, team=team, choice="yes", by=world.people[role])
    with scope(PROGRAMME):
        close_vote(proposal=proposals["vote-closed"], by=world.staff)
    return {"closed": closed, "open": open_to_all, "meeting": meeting, "paper": paper, **proposals}


def _proposal(world: Any, group: WorkingGroup, name: str) -> Proposal:
    words = {part: canary(CHILE, "CONSTITUENTS", f"vote-{part}-{name}") for part in ("title", "text")}
    last_day = today() + timedelta(days=9)
    return open_vote(proposal=Proposal(**words), group=group, last_day=last_day, by=world.staff)


def _group(world: Any, name: str, teams: list[Team], **facts: Any) -> WorkingGroup:
    words = {f"{part}_en": canary(CHILE, "COMMUNITY", f"{part}-{name}") for part in ("name", "mandate")}
    return make_working_group(group=WorkingGroup(**words, **facts), teams=teams, by=world.staff)
