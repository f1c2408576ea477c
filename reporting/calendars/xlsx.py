"""A calendar as Excel: the same as typed cells."""

from django.utils import translation
from django.utils.translation import gettext

from reporting.calendars.pdf import title_of
from reporting.calendars.report import ActivityCalendar, Entry
from reporting.calendars.words import words
from reporting.paper.sheets import Rows, Sheet, book

COLUMNS = (
    *("month", "when", "first_day", "last_day", "hours", "kind", "point", "title", "place", "online", "states"),
    *("status", "reference", "link"),
)


def xlsx(report: ActivityCalendar) -> bytes:
    with translation.override(report.language):
        return book(title=title_of(report), label=report.label, made_on=report.made_on, sheets=_sheets(report))


def _sheets(report: ActivityCalendar) -> list[Sheet]:
    w = words()
    rows: Rows = [(part.name, *_entry(entry)) for part in report.months for entry in part.entries]
    return [
        Sheet(
            gettext("Activities"),
            (18, 26, 14, 14, 28, 26, 40, 60, 34, 10, 60, 16, 16, 50),
            [w[name] for name in COLUMNS],
            rows or [(w["none"],)],
        ),
        Sheet(gettext("Summary"), (34, 100), (gettext("What"), gettext("Value")), _summary(report)),
        Sheet(
            w["sources"],
            (60, 40, 24, 90),
            (gettext("Title"), gettext("Publisher"), gettext("Date as stated"), gettext("Caution")),
            [(one.title, one.publisher, one.dated, one.caution) for one in report.sources] or [(report.source,)],
        ),
    ]


def _entry(entry: Entry) -> tuple[object, ...]:
    return (
        *(entry.when, entry.starts_on, entry.ends_on, entry.hours, entry.kind, entry.point, entry.title, entry.place),
        *(gettext("Yes") if entry.is_online else gettext("No"), ", ".join(entry.states), entry.status),
        *(entry.reference, entry.address),
    )


def _summary(report: ActivityCalendar) -> Rows:
    w = words()
    rows: Rows = [(gettext("Scope"), report.area), (gettext("Months"), report.period)]
    rows += [(gettext("Made on"), report.made_on), (report.label, report.audience)]
    rows += [(gettext("Situation"), report.situation), (gettext("In short"), report.lead)]
    rows += [(w["sample"], w["sample"])] if report.is_sample else []
    return [*rows, *((gettext("Note"), note) for note in (*report.notes, report.source))]
