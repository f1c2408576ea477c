"""A progress report as Excel: the same facts as typed cells."""

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext

from reporting.paper.sheets import Rows, Share, Sheet, book
from reporting.progress.report import Progress, RegionLine
from reporting.progress.words import words


def xlsx(report: Progress) -> bytes:
    with translation.override(report.language):
        about = {"round": report.round, "date": date_format(report.made_on)}
        title = gettext("Progress of a round: %(round)s, %(date)s") % about
        return book(title=title, label=report.label, made_on=report.made_on, sheets=_sheets(report))


def _sheets(report: Progress) -> list[Sheet]:
    w = words()
    counts = ("invited", "sent", "share", "on_time", "late", "missing", "not_due")
    statuses = ("accepted", "in_review", "returned", "in_progress", "not_started")
    of_state = ("state", "sub_region", "status", "in_time", "due", "extensions", "waits_for", "days", "reminded")
    return [
        Sheet(gettext("Summary"), (34, 100), (gettext("What"), gettext("Value")), _summary(report)),
        Sheet(
            w["by_region"],
            (30, *(12,) * 12),
            (w["sub_region"], *(w[name] for name in (*counts, *statuses))),
            [_region(line) for line in (*report.regions, report.total)],
        ),
        Sheet(
            w["states"],
            (30, 20, 16, 16, 14, 14, 20, 10, 16, 12, 12, 30),
            (*(w[name] for name in of_state), w["answered"], gettext("Questions"), w["changes"]),
            _states(report),
        ),
    ]


def _summary(report: Progress) -> Rows:
    w = words()
    rows: Rows = [(gettext("Round"), report.round), (gettext("Made on"), report.made_on)]
    rows += [(report.label, report.audience), (gettext("Situation"), report.situation)]
    rows += [(gettext("In short"), report.lead)]
    rows += [(w["sample"], w["sample"])] if report.is_sample else []
    rows += [(w["changes"], line) for line in (report.since, *report.changes, report.unchanged) if line]
    rows += [(w["extensions"], line) for line in report.extensions or (w["no_extensions"],)]
    return [*rows, *((gettext("Note"), note) for note in (*report.notes, report.source))]


def _region(line: RegionLine) -> tuple[str | int | Share, ...]:
    counts = (line.invited, line.sent, Share(line.share), line.on_time, line.late, line.missing, line.not_due)
    return (line.name, *counts, line.accepted, line.in_review, line.returned, line.in_progress, line.not_started)


def _states(report: Progress) -> Rows:
    return [
        (
            line.name,
            line.sub_region,
            line.status,
            line.timeliness,
            line.due_on,
            gettext("Yes") if line.is_extended else gettext("No"),
            line.waits_for,
            line.days,
            line.reminded_on,
            line.done,
            line.of,
            line.change,
        )
        for group in report.groups
        for line in group.states
    ]
