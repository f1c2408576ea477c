"""The files that people take: what was brought in, and of one import its template, what is there now, and results."""

from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any

import xlsxwriter
from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext as _

from common.downloads import WORKBOOK, XLSX, where, whereabouts
from imports.kinds import Kind
from imports.kinds.base import ID
from imports.models import TableImport

BLANK_ROWS = 1


def headings(kind: Kind) -> list[str]:
    return [_("Id"), *(column.heading for column in kind.columns)]


def kept_rows(kind: Kind) -> Iterator[list[Any]]:
    """What is there now, in the shape of the template: to be edited and brought back."""
    yield [*headings(kind), *(str(word) for word in kind.told.values())]
    for thing in kind.things():
        texts, told = kind.texts(thing), kind.told_of(thing)
        yield [kind.id(thing), *texts.values(), *(told[name] for name in kind.told)]


def brought(sheets: Iterable[TableImport]) -> Iterator[list[Any]]:
    yield [_("File"), _("Kind"), _("By"), _("Looked at"), _("Imported"), *where()]
    for one in sheets:
        imported = one.imported_at or _("Not imported")
        yield [one.name, one.get_kind_display(), str(one.by), one.made_at, imported, *whereabouts(one)]


def template_workbook(kind: Kind, name: str) -> HttpResponse:
    """With a second sheet that says what each column may hold."""
    content = BytesIO()
    with xlsxwriter.Workbook(content, WORKBOOK | {"constant_memory": False, "in_memory": True}) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        sheet = book.add_worksheet(_("Table")[:31])
        sheet.freeze_panes(1, 1)
        sheet.set_column(0, len(kind.columns), 24)
        sheet.write_row(0, 0, headings(kind), bold)
        told = book.add_worksheet(_("Columns")[:31])
        told.set_column(0, 3, 40, book.add_format({"text_wrap": True, "valign": "top"}))
        for number, row in enumerate(explained(kind)):
            told.write_row(number, 0, row, None if number else bold)
    response = HttpResponse(content.getvalue(), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def explained(kind: Kind) -> Iterator[list[str]]:
    yield [_("Column"), _("Short name"), _("What it holds"), _("Values")]
    yield [_("Id"), ID, _("Of what is there already. Leave it empty to add something new."), ""]
    for column in kind.columns:
        needed = _("Needed.") if column.is_required else ""
        values = "; ".join(code if code == word else f"{code} ({word})" for code, word in column.codec.values())
        yield [column.heading, column.name, " ".join(filter(None, (needed, column.help))), values]


def result_rows(sheet: TableImport, kind: Kind) -> Iterator[list[Any]]:
    """A line for each column that changes or is refused, with the number of the row in the file."""
    words = dict(TableImport.Result.choices)
    links = dict(sheet.made)
    yield [_("Row"), _("Id"), _("What it is"), _("Result"), _("Column"), _("Before"), _("After"), _("Why"), _("Link")]
    for row in sheet.rows:
        link = settings.SITE_URL + links[row["line"]] if links.get(row["line"]) else ""
        about = [row["line"], row["id"], row["what"], str(words[row["result"]])]
        said = [[name, before, after, ""] for name, before, after in row["cells"]]
        said += [[name, "", "", why] for name, why in row["errors"]]
        for name, *rest in said or [["", "", "", ""]]:
            yield [*about, heading_of(kind, name), *rest, link]


def heading_of(kind: Kind, name: str) -> str:
    if name == ID:
        return _("Id")
    return kind.by_name[name].heading if name in kind.by_name else name
