"""A brief as Excel: the same facts as typed cells, five sheets, no cell that calculates or links by itself."""

from datetime import datetime
from io import BytesIO
from typing import Any

import xlsxwriter
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext

from reporting.briefs.brief import Brief
from reporting.briefs.words import words

OPTIONS = {"in_memory": True, "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")
Rows = list[tuple[Any, ...]]


def xlsx(brief: Brief) -> bytes:
    with translation.override(brief.language):
        return _made(brief)


def _made(brief: Brief) -> bytes:
    content = BytesIO()
    with xlsxwriter.Workbook(content, OPTIONS) as book:
        title = gettext("Country brief: %(state)s, %(date)s")
        words_of_title = {"state": brief.state, "date": date_format(brief.made_on)}
        book.set_properties(
            {
                "title": title % words_of_title,
                "subject": brief.label,
                "author": gettext("Cyber Security Program, CICTE"),
                "created": datetime.combine(brief.made_on, datetime.min.time()),
            }
        )
        looks = _looks(book)
        for name, widths, head, rows in _sheets(brief):
            _write(book.add_worksheet(name), looks, brief, widths, head, rows)
    return content.getvalue()


def _looks(book: Any) -> dict[str, Any]:
    head = {"bold": True, "font_color": "#FFFFFF", "bg_color": "#0F4C8A", "text_wrap": True, "valign": "top"}
    text = {"text_wrap": True, "valign": "top"}
    return {
        "head": book.add_format(head),
        "text": book.add_format(text),
        "whole": book.add_format({**text, "num_format": "0"}),
        "tenth": book.add_format({**text, "num_format": "0.0"}),
        "day": book.add_format({**text, "num_format": "yyyy-mm-dd", "align": "left"}),
    }


def _write(sheet: Any, looks: dict[str, Any], brief: Brief, widths: tuple[int, ...], head: Any, rows: Rows) -> None:
    """Row by row, as constant memory asks."""
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(1, 0)
    sheet.set_header(f"&R{brief.label}")
    sheet.set_footer(f"&C&P / &N&R{brief.label}")
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    for column, word in enumerate(head):
        sheet.write_string(0, column, defused(str(word)), looks["head"])
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            _cell(sheet, looks, number, column, value)


def _cell(sheet: Any, looks: dict[str, Any], row: int, column: int, value: Any) -> None:
    if value is None:
        sheet.write_blank(row, column, None, looks["text"])
    elif isinstance(value, int):
        sheet.write_number(row, column, value, looks["whole"])
    elif isinstance(value, str):
        sheet.write_string(row, column, defused(value), looks["text"])
    elif hasattr(value, "year"):
        sheet.write_datetime(row, column, datetime.combine(value, datetime.min.time()), looks["day"])
    else:
        sheet.write_number(row, column, float(value), looks["tenth"])


def defused(text: str) -> str:
    """What a program might take for a formula begins with an apostrophe."""
    return f"'{text}" if text.startswith(DANGEROUS) else text


def _sheets(brief: Brief) -> list[tuple[str, tuple[int, ...], tuple[str, ...], Rows]]:
    w = words()
    return [
        (
            gettext("Summary"),
            (34, 70, 12, 12, 12),
            (gettext("What"), gettext("Value"), w["now"], w["before"], w["region"]),
            _summary(brief),
        ),
        (
            gettext("Factors"),
            (36, 8, 60, 10, 16, 18, 10, 18, 12),
            (
                w["dimension"],
                gettext("Code"),
                w["factor"],
                w["stage"],
                gettext("Name of the stage"),
                gettext("Read from"),
                w["before"],
                gettext("Before read from"),
                w["region"],
            ),
            _factors(brief),
        ),
        (
            gettext("Threats"),
            (36, 14, 14, 60),
            (w["threat"], w["level"], w["trend"], gettext("Source")),
            [(line.name, line.level, line.trend, line.source) for line in brief.threats] or [(w["no_threats"],)],
        ),
        (
            gettext("Requests"),
            (44, 90, 14),
            (gettext("Point"), gettext("What is needed"), gettext("Answer")),
            [(line.point, line.need, line.answer) for line in brief.requests] or [(w["no_requests"],)],
        ),
        (
            w["sources"],
            (36, 60, 40, 24, 90),
            (gettext("Feeds"), gettext("Title"), gettext("Publisher"), gettext("Date as stated"), gettext("Caution")),
            [(line.feeds, line.title, line.publisher, line.dated, line.caution) for line in brief.sources],
        ),
    ]


def _summary(brief: Brief) -> Rows:
    w = words()
    rows: Rows = [(gettext("Member state"), brief.state), (gettext("Made on"), brief.made_on)]
    rows += [(brief.label, brief.audience), (gettext("Situation"), brief.situation), (gettext("In short"), brief.lead)]
    rows += [(w["sample"], w["sample"])] if brief.is_sample else []
    for line in brief.objectives:
        rows.append((line.title, line.status))
        rows += [("", text) for text in (line.detail, line.standing) if text]
    rows += [(line.name, w["average"], line.now, line.before, line.region) for line in brief.dimensions]
    rows += [(w["up"], move) for move in brief.moved_up or (brief.unmoved,)]
    rows += [(w["down"], move) for move in brief.moved_down]
    return rows + [(gettext("Note"), note) for note in brief.notes]


def _factors(brief: Brief) -> Rows:
    own, older = gettext("The state’s update"), gettext("Levels of 2016")
    return [
        (
            group.dimension,
            line.code,
            line.name,
            line.stage,
            line.stage_name,
            _read_from(line.stage, line.is_crossed, own, older),
            line.before,
            _read_from(line.before, line.before_is_crossed, own, older),
            line.region,
        )
        for group in brief.groups
        for line in group.factors
    ]


def _read_from(stage: int | None, is_crossed: bool, own: str, older: str) -> str:
    if stage is None:
        return ""
    return older if is_crossed else own
