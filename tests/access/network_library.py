"""The library of the world: an item under each label, of Chile's team or the programme, and two of Jamaica's team."""

from typing import Any

from common.scope import PROGRAMME, scope
from common.tlp import Tlp
from csirt_network.actions.groups import make_group
from csirt_network.actions.library import Contents, withdraw
from csirt_network.models import LibraryFile, LibraryItem, Recipient, SharingGroup, Team
from tests.access.canaries import CHILE, JAMAICA, canary
from tests.factories.library import a_file, make_item, publish, reach_for


def make_library(world: Any) -> dict[str, tuple[LibraryItem, LibraryFile | None]]:
    """(item, its file) by name, as `library:green` in the matrix. Those of Jamaica are nobody's to name."""
    chile, jamaica = Team.objects.get(slug="csirt-chile"), Team.objects.get(slug="cirt-jamaica")
    staff, team, foreign = world.staff, world.people["team"], world.people["foreign"]
    to_chile, to_jamaica = Recipient(kind="team", team=chile), Recipient(kind="team", team=jamaica)
    _item(JAMAICA, "TEAM", foreign, jamaica, Tlp.STRICT, to_jamaica)
    _item(JAMAICA, "COMMUNITY", foreign, jamaica, Tlp.GREEN)
    found = {
        "clear": _item(CHILE, "PUBLIC", staff, None, Tlp.CLEAR),
        "green": _item(CHILE, "COMMUNITY", team, chile, Tlp.GREEN),
        "amber": _item(CHILE, "CONSTITUENTS", staff, None, Tlp.AMBER, Recipient(kind="team", team=chile)),
        "strict": _item(CHILE, "TEAM", team, chile, Tlp.STRICT, to_chile),
        "draft": (_written(CHILE, "TEAM", team, chile), None),
        "withdrawn": _item(CHILE, "PUBLIC", staff, None, Tlp.CLEAR),
    }
    with scope(PROGRAMME):
        withdraw(item=found["withdrawn"][0], because=canary(CHILE, "PUBLIC", "because"), by=staff)
    return found


def make_groups(world: Any) -> dict[str, SharingGroup]:
    """One that shows its members, of Chile; and one that hides them: of Chile's national team, and of Jamaica's."""
    chile, banks, jamaica = (Team.objects.get(slug=s) for s in ("csirt-chile", "csirt-banks", "cirt-jamaica"))
    words = {"name": canary(CHILE, "CONSTITUENTS", "group"), "purpose": canary(CHILE, "CONSTITUENTS", "purpose")}
    with scope(PROGRAMME):
        hidden = SharingGroup(name="Hidden from each other", hides_members=True)
        return {
            "shown": make_group(group=SharingGroup(**words), teams=[chile, banks], by=world.staff),
            "hidden": make_group(group=hidden, teams=[chile, jamaica], by=world.staff),
        }


def _written(code: str, kind: str, by: Any, origin: Team | None) -> LibraryItem:
    words = {f"{part}_en": canary(code, kind, part) for part in ("title", "summary")}
    return make_item(by, origin=origin, topics=["press"], rsit=["fraud"], sim3=["P-9"], **words)


def _item(
    code: str, kind: str, by: Any, origin: Team | None, tlp: str, *chosen: Recipient
) -> tuple[LibraryItem, LibraryFile]:
    contents = Contents(
        uploads={"en": a_file(f"{canary(code, kind, 'file')}pdf")},
        links={"es": f"https://example.org/{canary(code, kind, 'link')}"},
    )
    changes = canary(code, kind, "changes")
    item = publish(_written(code, kind, by, origin), by, *chosen, tlp=tlp, contents=contents, changes=changes)
    with scope(reach_for(origin, by)):
        return item, LibraryFile.objects.get(item=item, language="en")
