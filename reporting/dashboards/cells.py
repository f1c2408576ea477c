"""One coloured cell of a table of stages, the same on every page."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from capability.maturity import FactorStage
from common.templatetags.components import made
from common.templatetags.looks import stage_name

Words = str | Promise


@dataclass(frozen=True)
class Cell:
    """`css` holds the colour; `note` is said to those who do not see it; `title` explains on pointing.

    A template shows a row of them by `{{ cells|join:"" }}`.
    """

    css: str
    text: str
    title: str = ""
    note: str = ""
    stage: int | None = None
    is_crossed: bool = False

    @cached_property
    def markup(self) -> SafeString:
        values = [self.css, self.title, self.text, self.note]
        return made("components/cell.html", ("css", "title", "text", "note"), values)

    def __html__(self) -> SafeString:
        return self.markup


class Cells:
    """Cells of one page, each made once: there are hundreds of them and eleven kinds."""

    def __init__(self, css: str = "") -> None:
        """`css` is a class that all of them have."""
        self.css = f"{css} " if css else ""
        self._made: dict[tuple[int, bool], Cell] = {}
        self.unknown = Cell(f"{self.css}st0", "–", title=gettext("No data"), note=gettext("No data"))
        self.withheld = Cell(
            f"{self.css}st0 withheld", "–", gettext("Withheld: fewer than five states"), gettext("Withheld")
        )

    def of(self, stage: int | None, is_crossed: bool = False) -> Cell:
        if stage is None:
            return self.unknown
        if (stage, is_crossed) not in self._made:
            self._made[stage, is_crossed] = self._cell(stage, is_crossed)
        return self._made[stage, is_crossed]

    def of_factor(self, given: FactorStage | None) -> Cell:
        return self.of(given.stage, given.is_crossed) if given else self.unknown

    def of_region(self, stage: int | None) -> Cell:
        return self.withheld if stage is None else self.of(stage)

    def _cell(self, stage: int, is_crossed: bool) -> Cell:
        name, css = str(stage_name(stage)), f"{self.css}st{stage}"
        if not is_crossed:
            return Cell(css, str(stage), title=name, stage=stage)
        title = gettext("%(stage)s, read from the levels of 2016") % {"stage": name}
        return Cell(f"{css} crossed", str(stage), title, "2016", stage, True)
