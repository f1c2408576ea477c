"""What programs can connect to, as the page for machines shows it. Each part of the exchange adds its lines here."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Way:
    """An address that is copied into a program."""

    route: str
    label: str | Promise
    about: str | Promise

    @property
    def address(self) -> str:
        return settings.SITE_URL + reverse(self.route)


@dataclass(frozen=True)
class Link:
    """A page about programs, for whoever has the permission."""

    route: str
    label: str | Promise
    permission: str

    @property
    def url(self) -> str:
        return reverse(self.route)


WAYS = (
    Way("taxii-discovery", _("TAXII 2.1"), _("What a client of TAXII asks for first; it finds the rest by itself.")),
    Way("taxii-root", _("API root of TAXII"), _("For clients that ask for it, and tools that are set up by hand.")),
    Way("csaf-provider", _("Advisories in CSAF 2.0"), _("Alerts under TLP:CLEAR as advisories. Needs no token.")),
    Way("alert-feed", _("Atom feed"), _("Alerts under TLP:CLEAR, for a feed reader. Needs no token.")),
)
LINKS = (
    Link("object-list", _("Objects, as people read them"), "exchange.connect"),
    Link("import-list", _("Imports of your team"), "exchange.import_objects"),
    Link("machine-token-list", _("Machine tokens of your team"), "exchange.see_tokens"),
    Link("webhook-list", _("Webhooks of your team"), "exchange.see_channels"),
    Link("feed-list", _("Atom feeds"), "exchange.connect"),
)


def links_for(user: Any) -> Iterator[Link]:
    return (link for link in LINKS if user.has_perm(link.permission))
