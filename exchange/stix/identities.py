"""Whom objects come from: teams, and the programme."""

from typing import Any

from django.conf import settings
from django.utils import translation

from csirt_network.models import Team
from csirt_network.sectors import Sector
from exchange.stix.ids import open_id, stix_id

SINCE = "2026-01-01T00:00:00.000Z"
PROGRAMME_ID = open_id("identity", "programme")
SECTORS: dict[str, str] = {  # of industry-sector-ov, STIX 2.1, section 10.7
    Sector.GOVERNMENT: "government",
    Sector.FINANCE: "financial-services",
    Sector.ENERGY: "energy",
    Sector.TELECOM: "telecommunications",
    Sector.DIGITAL: "technology",
    Sector.TRANSPORT: "transportation",
    Sector.WATER: "water",
    Sector.HEALTH: "healthcare",
    Sector.FOOD: "agriculture",
    Sector.EDUCATION: "education",
    Sector.DEFENCE: "defense",
    Sector.JUSTICE: "emergency-services",
    Sector.INDUSTRY: "manufacturing",
    Sector.COMMERCE: "commercial",
    Sector.MEDIA: "entertainment",
}


def id_of(team: Team | None) -> str:
    return stix_id("identity", "team", team.pk) if team else PROGRAMME_ID


def identity(team: Team | None) -> dict[str, Any]:
    """What everybody may know of a team; no team is the programme."""
    if team is None:
        with translation.override("en"):
            return _identity(PROGRAMME_ID, name=str(settings.PROGRAMME_NAME), contact_information=settings.SITE_URL)
    served = {"sectors": sorted(codes)} if (codes := {SECTORS[s] for s in team.sectors if s in SECTORS}) else {}
    site = {"contact_information": team.website} if team.website else {}
    return _identity(id_of(team), name=team.name, roles=["CSIRT"], **served, **site)


def _identity(stix_id: str, **facts: Any) -> dict[str, Any]:
    times = {"created": SINCE, "modified": SINCE}
    return {
        "type": "identity", "spec_version": "2.1", "id": stix_id, **times, "identity_class": "organization", **facts
    }  # fmt: skip
