"""What search engines may find: the public pages, and every thing that a visitor may read, in four languages."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.urls import reverse

from action_plan.models import Activity, Campaign, Instrument, Material
from csirt_network.models import Alert, LibraryItem, Team
from member_states.models import MemberState
from partnerships.models import Agreement, Commitment, Contribution, Operation, Partner
from public_site.datasets import DATASETS

VISITOR = AnonymousUser()
IN_A_FILE = 1000  # things, each with as many addresses as there are languages
LISTS = (
    "front", "state-list", "partner-list", "agreement-list", "commitment-list", "contribution-list", "operation-list",
    "instrument-list", "activity-list", "activity-calendar", "material-list", "team-list", "network", "network-join",
    "figures", "region-over-time", "alert-list", "library", "certificate-verify-any", "open-data", "map-to-embed",
    "source-list", "help", "who-may", "disclosure-policy",
)  # fmt: skip


@dataclass(frozen=True)
class Section:
    """Rows in a fixed order, and where each is read."""

    rows: Callable[[], QuerySet[Any]]
    where: Callable[[Any], str] = lambda row: str(row.get_absolute_url())


SECTIONS: dict[str, Section] = {
    "states": Section(lambda: MemberState.objects.visible_to(VISITOR)),
    "partners": Section(lambda: Partner.objects.visible_to(VISITOR)),
    "agreements": Section(lambda: Agreement.objects.visible_to(VISITOR)),
    "commitments": Section(lambda: Commitment.objects.visible_to(VISITOR)),
    "contributions": Section(lambda: Contribution.objects.visible_to(VISITOR)),
    "operations": Section(lambda: Operation.objects.visible_to(VISITOR)),
    "instruments": Section(lambda: Instrument.objects.visible_to(VISITOR)),
    "activities": Section(lambda: Activity.objects.visible_to(VISITOR)),
    "campaigns": Section(lambda: Campaign.objects.visible_to(VISITOR).select_related("activity")),
    "materials": Section(lambda: Material.objects.visible_to(VISITOR)),
    "teams": Section(lambda: Team.objects.visible_to(VISITOR)),
    "alerts": Section(lambda: Alert.objects.visible_to(VISITOR)),
    "library": Section(lambda: LibraryItem.objects.visible_to(VISITOR).standing()),
}
PAGES = "pages"


def files() -> list[tuple[str, int]]:
    """The sitemap's files, by section and number."""
    found = [(PAGES, 1)]
    for name, section in SECTIONS.items():
        of = section.rows().count()
        found += [(name, number) for number in range(1, -(-of // IN_A_FILE) + 1)]
    return found


def addresses(name: str, number: int) -> list[str]:
    """Of one file, without a language."""
    if name == PAGES:
        return [*map(reverse, LISTS), *(reverse("dataset", args=[slug]) for slug in DATASETS)] if number == 1 else []
    section, first = SECTIONS[name], (number - 1) * IN_A_FILE
    return [section.where(row) for row in section.rows().order_by("pk")[first : first + IN_A_FILE]]
