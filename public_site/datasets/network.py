"""The directory of teams and the library, as far as everybody may read them."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from common.tlp import Tlp
from csirt_network.models import LibraryItem, Team
from public_site.datasets.kind import (
    DAY,
    PAGE,
    SOURCE,
    TEXT,
    WHOLE,
    YES_NO,
    Column,
    Dataset,
    Row,
    address,
    day,
    four,
    listed,
    texts,
)
from public_site.datasets.states import ALPHA3


def teams(user: Any) -> Iterator[Row]:
    found = Team.objects.visible_to(user).with_standing().select_related("state", "source")
    for team in found.order_by("state__alpha3", "slug"):
        yield [
            team.slug,
            team.state.alpha3,
            team.name,
            team.short_name,
            team.kind,
            team.host,
            team.website,
            team.year_established,
            listed(team.countries),
            listed(team.sectors),
            listed(team.languages),
            team.is_connected,  # type: ignore[attr-defined]
            team.source.key if team.source else None,
            address(team),
        ]


def library(user: Any) -> Iterator[Row]:
    """CLEAR alone, whatever else a visitor might come to be let read."""
    found = LibraryItem.objects.visible_to(user).standing().filter(tlp=Tlp.CLEAR).select_related("from_team")
    for item in found.order_by("pk"):
        yield [
            item.pk,
            item.get_tlp_display(),
            item.kind,
            *texts(item, "title"),
            *texts(item, "summary"),
            item.from_team.slug if item.from_team else None,
            item.latest,
            day(item.updated_at),
            listed(item.languages),
            listed(item.topics),
            listed(item.sim3),
            address(item),
        ]


CSIRTS = Dataset(
    slug="csirts",
    title=_("CSIRT directory"),
    about=_("The teams of the region, as far as their entries are published. Contacts are not part of it."),
    columns=(
        Column("id", _("Name of the team in addresses of the portal.")),
        ALPHA3,
        Column("name", _("Name of the team.")),
        Column("short_name", _("Short name.")),
        Column("kind", _("Whom it serves."), TEXT, tuple(Team.Kind.values)),
        Column("host", _("Organisation that it is part of.")),
        Column("website", _("Its website.")),
        Column("year_established", _("Year in which it was established."), WHOLE),
        Column("countries", _("Countries it serves, by ISO 3166-1 alpha-2, separated by semicolons.")),
        Column("sectors", _("Sectors it serves, separated by semicolons.")),
        Column("languages", _("Languages it speaks, separated by semicolons.")),
        Column("in_network", _("Whether it is a member of the network today."), YES_NO),
        SOURCE,
        PAGE,
    ),
    rows=teams,
    page="team-list",
)
LIBRARY = Dataset(
    slug="library",
    title=_("Library"),
    about=_("What the library holds under TLP:CLEAR. The files themselves are on the page of each item."),
    columns=(
        Column("id", _("Number of the item."), WHOLE),
        Column("tlp", _("Label of the Traffic Light Protocol.")),
        Column("kind", _("What it is."), TEXT, tuple(LibraryItem.Kind.values)),
        *four("title", _("Title.")),
        *four("summary", _("What it is about.")),
        Column("from_team", _("Team that gave it. Empty: the programme.")),
        Column("version", _("Number of its last version."), WHOLE),
        Column("updated_on", _("Day of its last version."), DAY),
        Column("languages", _("Languages it is there in, separated by semicolons.")),
        Column("topics", _("Topics, separated by semicolons.")),
        Column("sim3", _("Parameters of SIM3 that it helps with, separated by semicolons.")),
        PAGE,
    ),
    rows=library,
    page="library",
)
