"""Sectors and languages: what teams serve, and what alerts, subscriptions and figures are sorted by."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Sector(models.TextChoices):
    """Broad on purpose: national lists of critical sectors differ, and each of theirs falls into one of these."""

    GOVERNMENT = "government", _("Government")
    FINANCE = "finance", _("Banking and finance")
    ENERGY = "energy", _("Energy")
    TELECOM = "telecom", _("Telecommunications")
    DIGITAL = "digital", _("Digital services")
    TRANSPORT = "transport", _("Transport")
    WATER = "water", _("Water")
    HEALTH = "health", _("Health")
    FOOD = "food", _("Food")
    EDUCATION = "education", _("Education and research")
    DEFENCE = "defence", _("Defence")
    JUSTICE = "justice", _("Police and justice")
    INDUSTRY = "industry", _("Industry")
    COMMERCE = "commerce", _("Trade and tourism")
    MEDIA = "media", _("Media")
    PUBLIC = "public", _("The general public")


# What a team can be spoken with in: the portal's languages, and two more of the region.
LANGUAGES = [*settings.LANGUAGES, ("nl", "Nederlands"), ("ht", "Kreyòl ayisyen")]
LANGUAGE_NAMES = {
    "en": _("English"),
    "es": _("Spanish"),
    "fr": _("French"),
    "pt-br": _("Portuguese"),
    "nl": _("Dutch"),
    "ht": _("Haitian Creole"),
}
