"""The form as an Excel workbook in the reader's language: what is known filled in, nothing in it calculates."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import xlsxwriter
from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from capability.drafts import Item, WorkingCopy
from capability.forms import form_for
from capability.forms.threats import ThreatsForm
from capability.models import Stage, StageSentence
from capability.questions import CSIRT, REQUESTS, STRATEGY, THREATS
from capability.wording import facts_in_words
from capability.workbook.layout import (
    ANSWER,
    CODE,
    COLUMNS,
    FORM_EDITION,
    FORM_OF,
    LEVEL,
    LINK,
    REVISION,
    SOURCE,
    STAGE,
    STILL,
    TEXT,
    TREND,
    YES,
    form_key,
    stage_in_words,
)
from common.formulas import defused

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
TO_FILL = (ANSWER, STAGE, STILL, TEXT, LINK, LEVEL, TREND, SOURCE)
GUIDE, LAST, PROOFS, GROUP = "guide", "last", "proofs", "group"  # columns that are only read
WIDTHS = {CODE: 15, ANSWER: 50, STAGE: 20, STILL: 11, TEXT: 55, LINK: 34, LEVEL: 14, TREND: 16, SOURCE: 34}
WIDTHS |= {GUIDE: 46, LAST: 34, PROOFS: 30, GROUP: 24, REVISION: 8}
LONGEST_LIST = 255  # as Excel takes it, with its commas


@dataclass
class Field:
    """A cell to be filled in: what stands in it now, and what may be chosen."""

    value: str = ""
    choices: tuple[str, ...] = ()


Row = dict[str, str | int | Field]


@dataclass
class Sheet:
    name: str
    columns: dict[str, str]
    rows: list[Row]
    is_only_read: bool = False


def workbook_of(copy: WorkingCopy, user: Any) -> bytes:
    content = BytesIO()
    with xlsxwriter.Workbook(content, OPTIONS) as book:
        book.set_properties({"title": f"{copy.update.round}, {copy.update.state}", "author": "OAS Cyber"})
        looks = _looks(book)
        for sheet in _sheets(copy, user):
            _write(book.add_worksheet(sheet.name[:31]), looks, sheet)
    return content.getvalue()


# What stands in it -----------------------------------------------------------------------------------------------


def _sheets(copy: WorkingCopy, user: Any) -> Iterator[Sheet]:
    factors = [item for item in copy.items.values() if item.question.indicator]
    yield _about(copy)
    yield _factors(copy, factors)
    yield Sheet(_("CSIRT status"), _columns(GUIDE, LAST, ANSWER), list(_facts(copy.items[CSIRT])))
    yield Sheet(_("National strategy"), _columns(GUIDE, LAST, ANSWER), list(_facts(copy.items[STRATEGY])))
    threats = _columns(GUIDE, LAST, LEVEL, TREND, SOURCE, ANSWER)
    yield Sheet(_("Threats"), threats, list(_threats(copy.items[THREATS])))
    yield Sheet(_("Requests for support"), _columns(GUIDE, LAST, ANSWER), list(_requests(copy.items[REQUESTS])))
    yield _guidance(factors, user)


def _columns(*names: str) -> dict[str, str]:
    """Headings by the name of the column; the code stands first, the revision last and hidden."""
    read = {GUIDE: _("What is asked"), LAST: _("Last known"), PROOFS: _("Evidence so far"), GROUP: _("Dimension")}
    return {name: read.get(name) or str(COLUMNS[name]) for name in (CODE, *names, REVISION)}


def _about(copy: WorkingCopy) -> Sheet:
    update = copy.update
    rows: list[Row] = [
        {CODE: FORM_OF, GUIDE: _("This form is of"), ANSWER: form_key(update)},
        {CODE: FORM_EDITION, GUIDE: _("Edition of the model"), ANSWER: str(update.edition.year)},
        {CODE: "form.state", GUIDE: _("Member state"), ANSWER: str(update.state)},
        {CODE: "form.round", GUIDE: _("Round"), ANSWER: str(update.round)},
        {CODE: "form.due", GUIDE: _("Due on"), ANSWER: date_format(update.due_on) if update.due_on else ""},
        {CODE: "form.made", GUIDE: _("Downloaded on"), ANSWER: date_format(timezone.localtime(), "DATETIME_FORMAT")},
    ]
    return Sheet(_("About this form"), {CODE: str(COLUMNS[CODE]), GUIDE: "", ANSWER: ""}, [*rows, *_how()], True)


def _how() -> list[Row]:
    return [
        {GUIDE: text}
        for text in (
            _("Fill in the white cells. Leave empty what you do not want to change: an empty row changes nothing."),
            _("Leave the grey codes as they are. They say which question a row belongs to."),
            _("Is an answer still true? Enter “Yes” beside it."),
            _("The sheet “Guidance” has the five sentences for each factor."),
            _("Save the workbook as .xlsx and send it on the page where you downloaded it."),
            _("Nothing is saved before you have seen what would be."),
        )
    ]


def _factors(copy: WorkingCopy, items: list[Item]) -> Sheet:
    stages = tuple(stage_in_words(stage) for stage in Stage)
    rows: list[Row] = []
    for item in items:
        content = form_for(item).initial
        rows.append(
            {
                CODE: item.question.code,
                GROUP: _group(item),
                GUIDE: f"{item.question.number} {item.question.title}",
                LAST: _last_of(item),
                STAGE: Field(stage_in_words(content["stage"]), stages),
                STILL: Field(choices=_yes()),
                TEXT: Field(content["text"]),
                LINK: Field(),
                PROOFS: "\n".join(proof.title for proof in item.evidence),
                REVISION: item.revision,
            }
        )
    return Sheet(_("Answers"), _columns(GROUP, GUIDE, LAST, STAGE, STILL, TEXT, LINK, PROOFS), rows)


def _group(item: Item) -> str:
    return str(item.question.indicator.factor.dimension) if item.question.indicator else ""


def _yes() -> tuple[str, ...]:
    return (str(YES["yes"]),)


def _last_of(item: Item) -> str:
    if item.last:
        return "\n".join(part for part in (stage_in_words(item.last.stage), item.last.text) if part)
    if item.earlier_stage:
        return _("Levels of 2016: %(stage)s") % {"stage": stage_in_words(item.earlier_stage)}
    return ""


def _facts(item: Item) -> Iterator[Row]:
    """One row for each field of the page."""
    form, known = form_for(item), _known(item)
    for bound in form:
        if bound.name != "file" and not form.is_in_a_row(bound.name):
            label = _label(bound)
            last = _shown(bound.field, known.get(bound.name)) if bound.name not in (TEXT, LINK) else ""
            field = Field(_shown(bound.field, form.initial.get(bound.name)), _choices(bound.field))
            yield _row(item, bound.name, label, last, field)
    if item.question.code == STRATEGY:
        sentence = _("Versions and consultations are lists. Enter them in the portal: what stands there stays.")
        yield {CODE: "form.lists", GUIDE: sentence}
    yield _confirming(item)


def _label(bound: Any) -> str:
    if bound.name.startswith("reached-"):
        return _("Reached: %(stage)s") % {"stage": bound.label}
    return str(bound.label) if bound.name != LINK else str(COLUMNS[LINK])


def _requests(item: Item) -> Iterator[Row]:
    form, known = form_for(item), _known(item)
    for number, bound in enumerate(form, start=1):
        last, field = str(known.get(bound.name) or ""), Field(form.initial.get(bound.name) or "")
        yield _row(item, bound.name, f"{number}. {bound.label}", last, field)
    yield _confirming(item)


def _threats(item: Item) -> Iterator[Row]:
    form: Any = form_for(item)
    last = {str(name): str(said) for name, said in facts_in_words(THREATS, item.known.facts if item.known else {})}
    of_all = form["source"]
    yield {
        CODE: f"{THREATS}.{SOURCE}",
        GUIDE: f"{of_all.label}\n{of_all.help_text}",
        LAST: last.get(str(of_all.label), ""),
        SOURCE: Field(str(form.initial.get("source") or "")),
        REVISION: item.revision,
    }
    for threat, *fields in _rows_of(form):
        row: Row = {CODE: f"{THREATS}.{threat.code}", GUIDE: f"{threat.name}\n{threat.help}"}
        row |= {LAST: last.get(threat.name, ""), REVISION: item.revision}
        for column, bound in zip((LEVEL, TREND, SOURCE), fields, strict=True):
            row[column] = Field(_shown(bound.field, form.initial.get(bound.name)), _choices(bound.field))
        yield row
    yield _confirming(item)


def _rows_of(form: ThreatsForm) -> Iterable[Any]:
    return form.rows()


def _known(item: Item) -> dict[str, Any]:
    return type(form_for(item)).values(item.known) if item.known else {}


def _row(item: Item, name: str, label: str, last: str, field: Field) -> Row:
    return {CODE: f"{item.question.code}.{name}", GUIDE: label, LAST: last, ANSWER: field, REVISION: item.revision}


def _confirming(item: Item) -> Row:
    label = _("Still true, and complete as it stands?")
    return _row(item, STILL, label, "", Field(choices=_yes()))


def _choices(field: Any) -> tuple[str, ...]:
    is_choice = isinstance(field, forms.ChoiceField)
    return tuple(str(label) for _value, label in field.choices) if is_choice else ()


def _shown(field: Any, value: Any) -> str:
    text = "" if value is None else str(value)
    if not text or not isinstance(field, forms.ChoiceField):
        return text
    choices: Any = field.choices
    return next((str(label) for known, label in choices if str(known) == text), text)


def _guidance(items: list[Item], user: Any) -> Sheet:
    indicators = [item.question.indicator.pk for item in items if item.question.indicator]
    sentences: dict[int, dict[int, str]] = {}
    for sentence in StageSentence.objects.visible_to(user).filter(indicator__in=indicators):
        sentences.setdefault(sentence.indicator_id, {})[sentence.stage] = sentence.text
    rows: list[Row] = []
    for item in items:
        if indicator := item.question.indicator:
            question = indicator.factor.question or item.question.title
            aspects = "\n".join((question, *indicator.factor.aspect_list))
            stages = {f"stage {stage}": text for stage, text in sentences.get(indicator.pk, {}).items()}
            rows.append({"factor": f"{item.question.number} {item.question.title}", GUIDE: aspects, **stages})
    heads = {f"stage {stage.value}": stage_in_words(stage) for stage in Stage}
    return Sheet(_("Guidance"), {"factor": _("Factor"), GUIDE: _("Think of"), **heads}, rows, True)


# How it is written ------------------------------------------------------------------------------------------------


def _looks(book: Any) -> dict[str, Any]:
    text = {"text_wrap": True, "valign": "top", "num_format": "@", "border": 1, "border_color": "#C9D3DC"}
    head = {**text, "bold": True, "font_color": "#FFFFFF", "bg_color": "#0F4C8A"}
    return {
        "head": book.add_format(head),
        "read": book.add_format({**text, "bg_color": "#F3F6F8"}),
        "code": book.add_format({**text, "bg_color": "#E3E8EC", "font_color": "#5A6872", "font_size": 9}),
        "fill": book.add_format({**text, "locked": False}),
    }


def _write(sheet: Any, looks: dict[str, Any], content: Sheet) -> None:
    """The first row names the columns for the program that reads the form back; people see the second."""
    sheet.set_row(0, None, None, {"hidden": True})
    sheet.freeze_panes(2, 0)
    for column, (name, label) in enumerate(content.columns.items()):
        sheet.set_column(column, column, WIDTHS.get(name, 40), None, {"hidden": name == REVISION})
        sheet.write_string(0, column, name, looks["code"])
        sheet.write_string(1, column, label, looks["head"])
        for row, cells in enumerate(content.rows, start=2):
            _cell(sheet, looks, row, column, name, cells.get(name, ""))
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(1)
    if content.is_only_read:
        sheet.protect("", {"format_columns": True, "format_rows": True})


def _cell(sheet: Any, looks: dict[str, Any], row: int, column: int, name: str, value: str | int | Field) -> None:
    if isinstance(value, Field):
        sheet.write_string(row, column, defused(value.value), looks["fill"])
        _validate(sheet, row, column, value)
    elif isinstance(value, int):
        sheet.write_number(row, column, value, looks["code"])
    else:
        sheet.write_string(row, column, defused(value), looks["code" if name == CODE else "read"])


def _validate(sheet: Any, row: int, column: int, field: Field) -> None:
    """A list to choose from. What is typed otherwise is only remarked on: the upload says what it makes of it."""
    if field.choices and len(",".join(field.choices)) <= LONGEST_LIST and not any("," in c for c in field.choices):
        rule = {
            "validate": "list",
            "source": list(field.choices),
            "error_type": "warning",
            "error_message": _("Choose one of the list, please."),
        }
        sheet.data_validation(row, column, row, column, rule)
