"""The programme's five objectives, in the figures of the front page."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from common.mandate import Objective
from public_site.datasets.kind import TEXT, WHOLE, Column, Dataset, Row, four
from reporting.dashboards.counted import OF_STATES, counted


def objectives(user: Any) -> Iterator[Row]:
    """Of at least five states, over closed rounds: capability/regional.py decides what may be said."""
    for figure in counted(user):
        yield [figure.objective.value, *_in_four(figure.objective), figure.name, figure.value]


def _in_four(objective: Objective) -> Iterator[str]:
    for language, _name in settings.LANGUAGES:
        with override(language):
            yield str(objective.label)


OBJECTIVES = Dataset(
    slug="objectives",
    title=_("The five objectives"),
    about=_("How many member states have reached each objective of the programme, and how many agreements stand."),
    columns=(
        Column("objective", _("Number of the objective, from 1 to 5."), WHOLE),
        *four("name", _("The objective.")),
        Column(
            "figure",
            _("What is counted: all member states; of these, those that have reached the objective, by their own word "
              "or reported by others, and those on the way to it; or agreements."),
            TEXT,
            (*OF_STATES, "agreements"),
        ),
        Column("number", _("How many. Empty where fewer than five states have said anything."), WHOLE),
    ),
    rows=objectives,
    page="front",
    key=("objective", "figure"),
    cautions=(_("What the state has not confirmed is reported by others and may be out of date."),),
)  # fmt: skip
