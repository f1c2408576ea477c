"""A bulletin as Excel: the same as typed cells."""

from django.utils import translation
from django.utils.translation import gettext

from reporting.bulletin.pdf import title_of
from reporting.bulletin.report import Bulletin
from reporting.bulletin.words import words
from reporting.paper.sheets import Rows, Sheet, book


def xlsx(report: Bulletin) -> bytes:
    with translation.override(report.language):
        return book(title=title_of(report), label=report.label, made_on=report.made_on, sheets=_sheets(report))


def _sheets(report: Bulletin) -> list[Sheet]:
    w = words()
    items = ("label", "kind", "title", "whence", "version", "published")
    alerts = ("code", "label", "kind", "title", "whence", "classes", "published")
    return [
        Sheet(gettext("Summary"), (34, 100), (gettext("What"), gettext("Value")), _summary(report)),
        Sheet(w["alerts"], (12, 14, 22, 60, 34, 40, 16), [w[name] for name in alerts], _alerts(report)),
        Sheet(w["class"], (50, 12), (w["class"], w["number"]), [(one.name, one.number) for one in report.classes]),
        Sheet(w["items"], (14, 22, 60, 34, 14, 16), [w[name] for name in items], _items(report)),
        Sheet(
            w["joined"],
            (50, 30, 16),
            (w["team"], w["state"], w["since"]),
            [(one.team, one.state, one.on) for one in report.joined],
        ),
    ]


def _summary(report: Bulletin) -> Rows:
    w = words()
    rows: Rows = [(gettext("Month"), report.month), (gettext("Made on"), report.made_on)]
    rows += [(report.label, report.audience), (gettext("In short"), report.lead)]
    rows += [(w["answers"], report.answers)]
    rows += [(w["sample"], w["sample"])] if report.is_sample else []
    return [*rows, *((gettext("Note"), note) for note in (*report.notes, report.source))]


def _items(report: Bulletin) -> Rows:
    return [(one.label, one.kind, one.title, one.whence, one.version, one.published_on) for one in report.items]


def _alerts(report: Bulletin) -> Rows:
    return [
        (one.code, one.label, one.kind, one.title, one.whence, one.classes, one.published_on) for one in report.alerts
    ]
