"""One coloured cell of a table of stages, the same on every page."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext

from capability.maturity import FactorStage
from common.templatetags.looks import stage_name

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Cell:
    """`css` holds the colour; `note` is said to those who do not see it; `title` explains on pointing."""

    css: str
    text: str
    title: Words = ""
    note: Words = ""
    stage: int | None = None
    is_crossed: bool = False


class Cells:
    """Cells of one page, each made once: there are hundreds of them and eleven kinds."""

    def __init__(self) -> None:
        self._made: dict[tuple[int, bool], Cell] = {}
        self.unknown = Cell("st0", "–", title=gettext("No data"), note=gettext("No data"))
        self.withheld = Cell("st0 withheld", "–", gettext("Withheld: fewer than five states"), gettext("Withheld"))

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
        name = stage_name(stage)
        if not is_crossed:
            return Cell(f"st{stage}", str(stage), title=name, stage=stage)
        title = gettext("%(stage)s, read from the levels of 2016") % {"stage": name}
        return Cell(f"st{stage} crossed", str(stage), title, "2016", stage, True)
