"""Which teams of the trial are members of the network, who works in them and how they are reached."""

import csv
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from django.utils import timezone
from pysequoia import Tsk

from accounts.models import User
from csirt_network.actions.directory import add_key, publish, save_description
from csirt_network.models import Affiliation, Contact, NetworkMembership, Team, TeamMember
from member_states.models import MemberState
from oas_cyber.sample.network_words import PROFILES
from oas_cyber.sample.people import address

CONSTITUENTS = {"chile-sample-banks": "chile-national", "uruguay-csirt-antel": "uruguay-national"}
WITH_KEYS = ("chile-national", "jamaica-national", "brazil-national", "argentina-national", "canada-national")
YEAR = 365 * 24 * 60 * 60


@dataclass
class Teams:
    """The members of the network by slug, and by team who works in it, the representative first."""

    members: dict[str, Team] = field(default_factory=dict)
    people: dict[str, list[User]] = field(default_factory=dict)


def make_network() -> Teams:
    """Teams of the published data, and one of a sector that is invented."""
    chile = MemberState.objects.get(slug="chile")
    banks = {
        "name": "Equipo de respuesta de los bancos (ejemplo)",
        "short_name": "CSIRT Bancos",
        "kind": "sector",
        "state": chile,
    }
    Team.objects.get_or_create(
        slug="chile-sample-banks", defaults=banks | {"sectors": ["finance"], "languages": ["es"]}
    )
    known, teams = {team.slug: team for team in Team.objects.select_related("state")}, Teams()
    for row in _rows("network_teams.csv"):
        if team := known.get(row["team"]):
            _join(team, row, known.get(CONSTITUENTS.get(row["team"], "")))
            teams.members[team.slug] = team
    for row in _rows("network_people.csv"):
        if team := teams.members.get(row["team"]):
            teams.people.setdefault(team.slug, []).append(_work(team, row))
    _describe(teams)
    return teams


def _join(team: Team, row: dict[str, str], patron: Team | None) -> None:
    since = timezone.localdate() - timedelta(days=365 * int(row["years"]))
    NetworkMembership.objects.create(team=team, state=team.state, constituent_of=patron, starts_on=since)
    Team.objects.filter(pk=team.pk).update(time_zone=row["time_zone"])
    phone, code = f"{row['calling']} 0 000 0000", team.slug.removesuffix("-national")
    whole = {"team": team, "state": team.state}
    if row["on_call"] == "y":
        Contact.objects.create(role="duty", phone=phone, is_24x7=True, is_public=True, **whole)
    else:
        Contact.objects.create(role="office", phone=phone, hours="09:00–17:00", is_public=True, **whole)
    Contact.objects.create(role="mailbox", email=f"csirt@{code}.example", is_public=True, **whole)


def _work(team: Team, row: dict[str, str]) -> User:
    zone = Team.objects.values_list("time_zone", flat=True).get(pk=team.pk)
    person = User(email=address(row["name"]), name=row["name"], language=row["language"], time_zone=zone)
    person.set_unusable_password()
    person.save()
    since = timezone.localdate() - timedelta(days=365)
    TeamMember.objects.create(team=team, person=person, kind=row["kind"], starts_on=since)
    if row["kind"] == "representative":
        head = {"name": row["name"], "phone": "+56 0 000 0000", "email": person.email}
        Contact.objects.create(team=team, state=team.state, role="head", **head)
    return person


def _describe(teams: Teams) -> None:
    for slug, said in PROFILES.items():
        if team := teams.members.get(slug):
            by = teams.people[slug][0]
            save_description(team=team, number=0, texts={"mission": said["texts"]["mission"]}, by=by)
            save_description(team=team, number=1, texts=said["texts"], address=said["address"], by=by)
            if said["is_published"]:
                publish(team=team, is_published=True, by=by)
    for number, slug in enumerate(WITH_KEYS):
        if team := teams.members.get(slug):
            name = f"{team.short_name} (sample) <csirt@{slug.removesuffix('-national')}.example>"
            ends = YEAR * 2 if number else YEAR // 15  # the first one ends soon
            key = Tsk.generate(name, validity_seconds=ends).extract_certificate()
            add_key(team=team, text=str(key), by=teams.people[slug][0])
    for slug in ("brazil-national", "chile-national"):
        if team := teams.members.get(slug):
            facts = {"level": "member", "since": 2012, "link": "https://first.example/members"}
            Affiliation.objects.get_or_create(team=team, body="first", defaults=facts | {"state": team.state})


def _rows(name: str) -> list[dict[str, str]]:
    with (Path(__file__).parent / name).open(encoding="utf-8", newline="") as sheet:
        return list(csv.DictReader(sheet))
