"""From what is known of a state to what its brief says, in one language."""

from collections.abc import Iterator

from django.conf import settings
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext

from capability.maturity import FactorStage, one_decimal, score
from capability.models import Dimension, Factor, Stage
from common.mandate import Point
from common.scope import Reach, scope
from documents.models import Source
from member_states.models import MemberState
from reporting.briefs import sentences
from reporting.briefs.brief import (
    Brief,
    DimensionLine,
    FactorGroup,
    FactorLine,
    ObjectiveLine,
    RequestLine,
    SourceLine,
    ThreatLine,
)
from reporting.briefs.frame import Frame
from reporting.briefs.frame import frame as read_frame
from reporting.briefs.in_words import activity_line, people_sentence, plan_part
from reporting.briefs.known import Known, known_of
from reporting.briefs.label import LABELS, audience_of, who_may_read


def gather(state: MemberState, language: str, frame: Frame | None = None) -> Brief:
    """The brief of `state` as those may read it who read all of the state. Give `frame` when there are many."""
    frame = frame or frame_for(state)
    return worded(known_of(state, frame), language, frame)


def frame_for(state: MemberState) -> Frame:
    """In a state's scope the figures of the region are those that tell of no other state."""
    with scope(Reach(states=(state.pk,)), read_only=True):
        return read_frame()


def worded(known: Known, language: str, frame: Frame) -> Brief:
    with translation.override(language):
        return _worded(known, language, frame)


def _worded(known: Known, language: str, frame: Frame) -> Brief:
    audience = audience_of(known.state.sharing, known.audiences)
    made_on = timezone.localdate()
    up, down = _moves(known, frame, 1), _moves(known, frame, -1)
    return Brief(
        language=language,
        state=known.state.name,
        code=known.state.code,
        label=LABELS[audience],
        audience=who_may_read(audience),
        made_on=made_on,
        situation=sentences.situation(known, date_format(made_on)),
        lead=sentences.lead_of(known, len(up), len(frame.factors)),
        objectives=_objectives(known),
        dimensions=tuple(_dimension(known, frame, *pair) for pair in frame.dimensions),
        moved_up=tuple(up),
        moved_down=tuple(down),
        unmoved=_unmoved(known),
        threats=tuple(
            ThreatLine(row.threat.name, row.get_level_display(), row.get_trend_display(), row.source_note)
            for row in known.threats
        ),
        requests=tuple(_requests(known)),
        plan=plan_part(known.support.plan),
        coming=tuple(map(activity_line, known.support.coming)),
        recent=tuple(map(activity_line, known.support.recent)),
        people=people_sentence(known.support.people),
        groups=tuple(
            FactorGroup(dimension.name, tuple(_factor(known, frame, factor) for factor in factors))
            for dimension, factors in frame.dimensions
        ),
        notes=tuple(_notes(known, frame)),
        sources=tuple(_sources(known, frame)),
        is_sample=settings.TRIAL,
    )


def _objectives(known: Known) -> tuple[ObjectiveLine, ...]:
    csirt, strategy = known.csirt, known.strategy
    return (
        ObjectiveLine(
            gettext("CSIRT established"),
            csirt.get_status_display() if csirt else gettext("Not known"),
            sentences.csirt_detail(csirt),
            sentences.standing(csirt),
        ),
        ObjectiveLine(
            gettext("National strategy adopted"),
            sentences.strategy_status(strategy),
            sentences.strategy_detail(strategy),
            sentences.standing(strategy),
        ),
    )


def _dimension(known: Known, frame: Frame, dimension: Dimension, factors: tuple[Factor, ...]) -> DimensionLine:
    ids = [factor.pk for factor in factors]
    return DimensionLine(
        code=dimension.code,
        name=dimension.name,
        now=one_decimal(score(known.now, ids)),
        before=one_decimal(score(_before(known), ids)),
        region=frame.region.means[dimension.code],
    )


def _factor(known: Known, frame: Frame, factor: Factor) -> FactorLine:
    now, before = known.now.get(factor.pk), _before(known).get(factor.pk)
    return FactorLine(
        code=_number(factor),
        name=factor.name,
        stage=now.stage if now else None,
        stage_name=str(Stage(now.stage).label) if now else gettext("No data"),
        is_crossed=bool(now and now.is_crossed),
        before=before.stage if before else None,
        before_is_crossed=bool(before and before.is_crossed),
        region=frame.region.medians[factor.code],
    )


def _number(factor: Factor) -> str:
    """1.2 for D1.2."""
    return factor.code.removeprefix("D")


def _before(known: Known) -> dict[int, FactorStage]:
    """What is read from the older levels now has nothing before it."""
    return {pk: given for pk, given in known.before.items() if pk in known.now and not known.now[pk].is_crossed}


def _moves(known: Known, frame: Frame, direction: int) -> list[str]:
    """Only within an edition: across editions a difference may come from the model, not from the state."""
    before = {pk: given.stage for pk, given in _before(known).items() if not given.is_crossed}
    return [
        gettext("%(code)s %(factor)s, from %(before)s to %(now)s")
        % {
            "code": _number(factor),
            "factor": factor.short,
            "before": before[factor.pk],
            "now": known.now[factor.pk].stage,
        }
        for factor in frame.factors
        if factor.pk in before and (known.now[factor.pk].stage - before[factor.pk]) * direction > 0
    ]


def _unmoved(known: Known) -> str:
    if len(known.updates) < 2:
        return gettext("Movement shows from the second accepted update of an edition on.")
    return gettext("No factor moved in the last accepted update.")


def _requests(known: Known) -> Iterator[RequestLine]:
    """What the profile asks for, then what was asked for beside it."""
    for row in known.requests:
        yield RequestLine(str(Point(row.point).label), row.need, row.get_answer_display())
    for asked in known.support.asked:
        yield RequestLine(str(Point(asked.point).label), asked.need, asked.get_status_display())


def _notes(known: Known, frame: Frame) -> Iterator[str]:
    if any(given.is_crossed for given in (*known.now.values(), *_before(known).values())):
        yield sentences.crossed_note(frame.edition.year)
    yield sentences.arithmetic_note()
    yield sentences.region_note(frame.region)


def _sources(known: Known, frame: Frame) -> Iterator[SourceLine]:
    for update in known.updates[:1]:
        yield SourceLine(
            feeds=gettext("Stages of the factors"),
            title=gettext("Update of the state, reviewed by the programme: %(update)s") % {"update": update.round},
            publisher=known.state.name,
            dated=date_format(timezone.localtime(update.accepted_at)),
            caution="",
        )
    if frame.baseline:
        yield _source(gettext("Levels of 2016, and figures of the region read from them"), frame.baseline)
    if known.support.plan:
        yield _of_portal(gettext("Seven-point plan"), gettext("Country plan, kept in the portal"))
    activities = (*known.support.coming, *known.support.recent)
    if activities:
        yield _of_portal(gettext("Activities"), gettext("Activities and their participants, kept in the portal"))
    for source in {one.source_id: one.source for one in activities}.values():
        if source:
            yield _source(gettext("Activities"), source)
    if known.csirt and known.csirt.source:
        yield _source(gettext("CSIRT"), known.csirt.source)
    if known.strategy and known.strategy.source:
        yield _source(gettext("National strategy"), known.strategy.source)
    if frame.edition.source:
        yield _source(gettext("Model"), frame.edition.source)


def _of_portal(feeds: str, title: str) -> SourceLine:
    return SourceLine(feeds, title, gettext("Cyber Security Program, CICTE"), date_format(timezone.localdate()), "")


def _source(feeds: str, source: Source) -> SourceLine:
    return SourceLine(feeds, source.title, source.publisher, source.dated, source.caution)
