"""A brief as Excel: the same facts as in print, in seven sheets."""

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext

from reporting.briefs.brief import Brief
from reporting.briefs.in_words import figures_of, reached_in_words
from reporting.briefs.words import words
from reporting.paper.sheets import Rows, Sheet, book


def xlsx(brief: Brief) -> bytes:
    with translation.override(brief.language):
        title = gettext("Country brief: %(state)s, %(date)s")
        words_of_title = {"state": brief.state, "date": date_format(brief.made_on)}
        return book(title=title % words_of_title, label=brief.label, made_on=brief.made_on, sheets=_sheets(brief))


def _sheets(brief: Brief) -> list[Sheet]:
    w = words()
    return [
        Sheet(
            gettext("Summary"),
            (34, 70, 12, 12, 12),
            (gettext("What"), gettext("Value"), w["now"], w["before"], w["region"]),
            _summary(brief),
        ),
        Sheet(
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
        Sheet(
            gettext("Threats"),
            (36, 14, 14, 60),
            (w["threat"], w["level"], w["trend"], gettext("Source")),
            [(line.name, line.level, line.trend, line.source) for line in brief.threats] or [(w["no_threats"],)],
        ),
        Sheet(
            gettext("Requests"),
            (44, 90, 14),
            (gettext("Point"), gettext("What is needed"), gettext("Answer")),
            [(line.point, line.need, line.answer) for line in brief.requests] or [(w["no_requests"],)],
        ),
        Sheet(
            gettext("Plan"),
            (8, 40, 60, 60, 18, 12, 14, 16, 10, 12, 10),
            (
                *(gettext("Number"), w["point"], w["needs"], w["what"], w["status"], gettext("Target stage")),
                *(gettext("Target date"), gettext("Target reached"), gettext("Activities done")),
                *(gettext("Under way"), gettext("Planned")),
            ),
            _plan(brief) or [(w["no_plan"],)],
        ),
        Sheet(
            gettext("Activities"),
            (22, 24, 14, 60, 26, 40, 34, 14, 10, 10, 10, 12),
            (
                *("", w["when"], gettext("First day"), w["activity"], gettext("Kind"), w["point"], gettext("Place")),
                *(w["status"], w["women"], w["men"], w["other"], w["not_stated"]),
            ),
            _activities(brief) or [(w["no_activities"],)],
        ),
        Sheet(
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
    if brief.plan:
        rows.append((w["plan"], brief.plan.status))
        rows.append((gettext("Plan from"), brief.plan.starts_on))
        rows.append((gettext("Plan until"), brief.plan.ends_on))
    rows += [(gettext("Activities"), brief.people)] if brief.people else []
    rows += [(w["up"], move) for move in brief.moved_up or (brief.unmoved,)]
    rows += [(w["down"], move) for move in brief.moved_down]
    return rows + [(gettext("Note"), note) for note in brief.notes]


def _plan(brief: Brief) -> Rows:
    return [
        (
            *(line.number, line.name, "\n".join(line.needs), line.what, line.standing, line.target_stage),
            *(line.target_on, reached_in_words(line), line.done, line.under_way, line.planned),
        )
        for line in (brief.plan.points if brief.plan else ())
    ]


def _activities(brief: Brief) -> Rows:
    w = words()
    return [
        (
            *(part, line.when, line.starts_on, line.title, line.kind, line.point, line.place, line.status),
            *figures_of(line),
        )
        for part, lines in ((w["coming"], brief.coming), (w["recent"], brief.recent))
        for line in lines
    ]


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
