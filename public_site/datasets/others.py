"""What others publish of states, as they publish it."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from capability.models import ExternalIndex, Law
from documents.models import Source
from public_site.datasets.kind import NUMBER, SOURCE, TEXT, WHOLE, Column, Dataset, Row
from public_site.datasets.states import ALPHA3


def indices(user: Any) -> Iterator[Row]:
    rows = ExternalIndex.objects.visible_to(user).values_list(
        "state__alpha3", "kind", "edition", "score", "scale", "rank", "tier", "source__key"
    )
    for row in rows.order_by("kind", "edition", "state__alpha3"):
        yield list(row)


def laws(user: Any) -> Iterator[Row]:
    rows = Law.objects.visible_to(user).values_list("state__alpha3", "kind", "name", "year", "source__key")
    for row in rows.order_by("state__alpha3", "kind", "pk"):
        yield list(row)


def sources(user: Any) -> Iterator[Row]:
    rows = Source.objects.visible_to(user).values_list(
        "key", "title", "publisher", "dated", "reference", "link", "licence", "caution"
    )
    for row in rows.order_by("key"):
        yield list(row)


INDICES = Dataset(
    slug="indices",
    title=_("Indices of others"),
    about=_("What the Global Cybersecurity Index and the National Cyber Security Index give each state, by edition."),
    columns=(
        ALPHA3,
        Column("index", _("Which index."), TEXT, tuple(ExternalIndex.Kind.values)),
        Column("edition", _("Edition, as its publisher names it.")),
        Column("score", _("Score, on the scale of that edition."), NUMBER),
        Column("scale", _("Scale of that edition.")),
        Column("rank", _("Rank in the world, where it is published."), WHOLE),
        Column("tier", _("Tier, where it is published.")),
        SOURCE,
    ),
    rows=indices,
    page="source-list",
    key=("state", "index", "edition"),
    of_others=True,
    cautions=(_("Editions use different scales and methods: they are not to be set against each other."),),
)
LAWS = Dataset(
    slug="laws",
    title=_("Laws"),
    about=_("Laws on cybercrime and data protection, and who is party to the Convention on Cybercrime."),
    columns=(
        ALPHA3,
        Column("kind", _("What it is about."), TEXT, tuple(Law.Kind.values)),
        Column("name", _("Name of the law, in the language of its source.")),
        Column("year", _("Year."), WHOLE),
        SOURCE,
    ),
    rows=laws,
    page="source-list",
    key=(),
    of_others=True,
)  # fmt: skip
SOURCES = Dataset(
    slug="sources",
    title=_("Sources"),
    about=_("Every dataset and document that facts in the portal are taken from, with licence and caution."),
    columns=(
        Column("key", _("What other datasets name it by.")),
        Column("title", _("Title.")),
        Column("publisher", _("Who published it.")),
        Column("dated", _("Date, as it states it.")),
        Column("reference", _("Its own reference.")),
        Column("link", _("Where it is published.")),
        Column("licence", _("Licence, as it states it.")),
        Column("caution", _("What to mind when reading it.")),
    ),
    rows=sources,
    page="source-list",
    key=("key",),
)
