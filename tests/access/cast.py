"""Who looks at the world: one person for each role, with a password that all of them share."""

from datetime import date, timedelta

from accounts.models import User
from common.days import today
from common.scope import PROGRAMME, scope
from csirt_network.models import Team
from member_states.models import Liaison, MemberState
from tests.access.canaries import CHILE, JAMAICA, canary
from tests.access.partner_contacts import a_contact
from tests.factories.accounts import make_person, make_staff
from tests.factories.csirt_network import make_member, make_team
from tests.factories.member_states import make_liaison, make_state

PASSWORD = "a long enough phrase"


def cast() -> dict[str, User]:
    chile, jamaica = make_state("chile"), make_state("jamaica")
    ended = make_person("Otto Outside", password=PASSWORD)
    Liaison.objects.create(
        state=chile,
        person=ended,
        kind="lead",
        starts_on=date(2020, 1, 1),
        ends_on=today() - timedelta(days=1),
    )
    teams = _teams(chile, jamaica)
    return {
        "own": _liaison("Camila", chile, CHILE, "lead"),
        "deputy": _liaison("Diego", chile, CHILE, "deputy"),
        "other": _liaison("Marcus", jamaica, JAMAICA, "lead"),
        "team": make_member("Tomas Turno", teams["chile"], "representative", password=PASSWORD),
        "analyst": make_member("Ana Lista", teams["chile"], "analyst", password=PASSWORD),
        "sector": make_member("Sonia Sector", teams["sector"], "representative", password=PASSWORD),
        "foreign": make_member("Fay Foreign", teams["jamaica"], "representative", password=PASSWORD),
        "officer": make_staff("Ana Ejemplo", "officer", password=PASSWORD),
        "manager": make_staff("Marta Gestora", "manager", password=PASSWORD),
        "observer": make_staff("Olive Watcher", "observer", password=PASSWORD),
        "admin": make_staff("Ada Keeper", "administrator", password=PASSWORD),
        "ended": ended,
        "disabled": make_liaison("Dora Disabled", chile, "deputy", password=PASSWORD),
        "partner": a_contact(PASSWORD),
    }


def _teams(chile: MemberState, jamaica: MemberState) -> dict[str, Team]:
    """The national teams of both states, and one of Chile that is a constituent of the national one."""
    with scope(PROGRAMME):
        national = make_team("CSIRT of Chile", chile, slug="csirt-chile")
        sector = make_team("CSIRT of the banks", chile, slug="csirt-banks", kind="sector", constituent_of=national)
        return {
            "chile": national,
            "sector": sector,
            "jamaica": make_team("CIRT of Jamaica", jamaica, slug="cirt-jamaica"),
        }


def _liaison(name: str, state: MemberState, code: str, kind: str) -> User:
    named = f"{name} {canary(code, 'PEOPLE', 'name')}"
    return make_liaison(named, state, kind, email=f"{name.lower()}@example.org", password=PASSWORD)
