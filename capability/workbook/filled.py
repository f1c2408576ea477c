"""What a filled-in form says, question by question, in the words of the pages' own forms."""

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext as _

from capability.drafts import Item, WorkingCopy
from capability.forms import form_for
from capability.models import Update
from capability.workbook.layout import (
    ANSWER,
    FORM_EDITION,
    FORM_OF,
    REVISION,
    STAGE,
    STILL,
    YES,
    cells_of,
    form_key,
    plain,
    words_of,
    words_of_stages,
)
from capability.workbook.reading import Cell, Row
from documents.refusal import Refused

MOST_SECONDS = 24 * 3600  # between the dry run and the press of the button
WHOLE = re.compile(r"\d+[.,]0+")


@dataclass
class Filled:
    """By question: fields as a page would post them (only those the form still holds), and what is wrong."""

    fields: dict[str, dict[str, str]] = field(default_factory=dict)
    revisions: dict[str, int] = field(default_factory=dict)
    faults: dict[str, list[str]] = field(default_factory=dict)
    strays: list[str] = field(default_factory=list)  # sentences on rows that belong to no question

    def seal(self, update: Update) -> str:
        """Kept by the page between the dry run and the saving, readable back for this update alone."""
        return signing.dumps(asdict(self), salt=_salt(update), compress=True)

    @classmethod
    def unseal(cls, sealed: str, update: Update) -> "Filled":
        try:
            return cls(**signing.loads(sealed, salt=_salt(update), max_age=MOST_SECONDS))
        except (signing.BadSignature, TypeError) as error:
            raise Refused(_("What was read from the form is no longer here. Choose the form again.")) from error


def _salt(update: Update) -> str:
    return f"capability.workbook:{update.pk}"


def filled_in(rows: Iterable[Row], copy: WorkingCopy) -> Filled:
    """Raises Refused when the form is of another update, or of none."""
    rows = list(rows)
    _check_form(rows, copy.update)
    return _Reader(copy).read(rows)


def _check_form(rows: list[Row], update: Update) -> None:
    said = {row.code: row.cells[ANSWER].text for row in rows if ANSWER in row.cells}
    if FORM_OF not in said:
        raise Refused(_("This workbook does not say which update it is of. Download the form and fill that one in."))
    if said[FORM_OF] != form_key(update):
        raise Refused(
            _("This is the form of another update (%(found)s). Download the form of this update and fill that one in."),
            params={"found": said[FORM_OF][:80]},
        )
    if said.get(FORM_EDITION) != str(update.edition.year):
        raise Refused(_("This form is of another edition of the model. Download the form again and fill that one in."))


class _Reader:
    def __init__(self, copy: WorkingCopy) -> None:
        self.items = copy.items
        self.filled = Filled()
        self.places = {
            (code.casefold(), column): (item, name)
            for item in copy.items.values()
            for (code, column), name in cells_of(item).items()
        }
        self.codes = {code for code, _column in self.places}
        self.forms = {code: form_for(item) for code, item in copy.items.items()}
        self.stages, self.yes = words_of_stages(), words_of(YES.items())
        self.words: dict[tuple[str, str], dict[str, str]] = {}

    def read(self, rows: list[Row]) -> Filled:
        seen: set[str] = set()
        for row in rows:
            if row.code.startswith("form."):
                continue
            if row.code not in self.codes:
                self._stray(row)
            elif row.code in seen:
                self._fault(
                    self._item(row), _("%(place)s: the code %(code)s stands in the form twice."), row.place, row
                )
            else:
                seen.add(row.code)
                self._take(row)
        return self.filled

    def _item(self, row: Row) -> Item:
        return next(item for (code, _column), (item, _name) in self.places.items() if code == row.code)

    def _stray(self, row: Row) -> None:
        """Notes beside the table say nothing of a question; a code that is asked nowhere is named."""
        if not any(cell.text for name, cell in row.cells.items() if name != REVISION):
            return
        if row.code:
            sentence = _("%(place)s: this update asks nothing with the code %(code)s, so the row was left out.")
        else:
            sentence = _("%(place)s: the row has no code, so it was left out. Codes stand in the grey column.")
        self.filled.strays.append(sentence % {"place": row.place, "code": row.code[:40]})

    def _take(self, row: Row) -> None:
        code = self._item(row).question.code
        revision = row.cells.pop(REVISION, Cell("", "")).text
        if revision.isdecimal() and len(revision) < 9:
            self.filled.revisions[code] = min(int(revision), self.filled.revisions.get(code, int(revision)))
        for column, cell in row.cells.items():
            if place := self.places.get((row.code, column)):
                self._take_cell(*place, cell)

    def _take_cell(self, item: Item, name: str, cell: Cell) -> None:
        if cell.fault == "error":
            self._fault(item, _("%(place)s shows the error %(text)s. Write the answer itself there."), cell.place, cell)
        elif cell.fault == "formula":
            sentence = _("%(place)s holds a formula without a result. Write the answer itself there.")
            self._fault(item, sentence, cell.place, cell)
        else:
            value = self._value(item, name, cell.text)
            if value is None:
                sentence = _("%(place)s: “%(text)s” is none of the choices.")
                self._fault(item, sentence, cell.place, cell)
            else:
                self.filled.fields.setdefault(item.question.code, {})[name] = value

    def _value(self, item: Item, name: str, text: str) -> str | None:
        """What a page would post for it; None when it is none of the choices."""
        known = self._words(item, name)
        if not text or known is None:
            return text
        spelled = text.split(".")[0].split(",")[0] if WHOLE.fullmatch(text) else text
        return known.get(plain(spelled))

    def _words(self, item: Item, name: str) -> dict[str, str] | None:
        if name == STILL:
            return self.yes
        if name == STAGE and item.question.indicator:
            return self.stages
        code = item.question.code
        found: Any = self.forms[code].fields[name]
        if not isinstance(found, forms.ChoiceField):
            return None
        if (code, name) not in self.words:
            choices: Any = found.choices
            self.words[(code, name)] = words_of(choices)
        return self.words[(code, name)]

    def _fault(self, item: Item, sentence: str, place: str, found: Cell | Row) -> None:
        known = {"place": place, "text": getattr(found, "text", "")[:80], "code": getattr(found, "code", "")}
        self.filled.faults.setdefault(item.question.code, []).append(sentence % known)
