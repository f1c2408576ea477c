"""What teams of the trial claim as theirs, and what was found to touch it in the alerts that there are."""

from accounts.models import User
from common.scope import reach_of, scope
from csirt_network.models import Team
from exchange.actions.claims import ask, decide
from exchange.assets import read_asset
from exchange.models import AssetClaim, WarningLook
from notices.work import work
from oas_cyber.sample.network_directory import Teams
from oas_cyber.sample.people import Cast

SHOWN = "It is in the registry of addresses under the name of our host."


CLAIMED = {
    "chile-national": ("198.51.100.0/24", "chile.example", "203.0.113.0/24"),
    "jamaica-national": ("jamaica.example", "198.51.100.128/25"),
}


def make_claims(cast: Cast, teams: Teams) -> None:
    """The last of each team's claims waits for the programme."""
    for slug in [slug for slug in CLAIMED if teams.people.get(slug)]:
        lines = CLAIMED[slug]
        *approved, _waiting = _claims(teams.members[slug], teams.people[slug][0], lines)
        decide(claims=[(claim.pk, 0) for claim in approved], verdict="approved", reason="", by=cast.officer(0))
    for pk in WarningLook.objects.filter(claim__isnull=False).values_list("pk", flat=True):
        work(WarningLook, pk)


def _claims(team: Team, person: User, lines: tuple[str, ...]) -> list[AssetClaim]:
    with scope(reach_of(person)):
        return ask(team=team, assets=[read_asset(line) for line in lines], note=SHOWN, by=person).claims
