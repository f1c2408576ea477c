"""The time zones to choose from: those of the member states first, by country; then what else people work in."""

import csv
from functools import cache
from pathlib import Path
from zoneinfo import available_timezones

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

REFERENCE = Path(__file__).parent / "reference/time_zones.csv"
ANYWHERE = ("America/", "Atlantic/", "Europe/", "Pacific/")
Choice = tuple[str, str]


def time_zones() -> list[tuple[str, list[Choice]]]:
    """Choices in groups. The names of countries are asked of the function in ``settings.COUNTRY_NAMES``."""
    names: dict[str, str] = import_string(settings.COUNTRY_NAMES)()
    zones = of_countries()
    countries = [(name, zones[code]) for code, name in names.items() if code in zones]
    shown = {zone for _name, own in countries for zone in own}
    return [
        *((name, [(zone, place(zone)) for zone in own]) for name, own in countries),
        (_("Elsewhere"), [(zone, zone.replace("_", " ")) for zone in all_zones() if zone not in shown]),
    ]


def place(zone: str) -> str:
    """Buenos Aires; Knox, Indiana."""
    return ", ".join(part.replace("_", " ") for part in reversed(zone.split("/")[1:]))


@cache
def of_countries() -> dict[str, list[str]]:
    """By alpha-2 code."""
    found: dict[str, list[str]] = {}
    with REFERENCE.open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["iso_alpha2"], []).append(row["zone"])
    return {code: [zone for zone in zones if zone in available_timezones()] for code, zones in found.items()}


@cache
def all_zones() -> list[str]:
    return sorted(zone for zone in available_timezones() if zone.startswith(ANYWHERE) or zone == "UTC")
