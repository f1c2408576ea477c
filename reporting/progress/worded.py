"""From what is known of a round to what its report says, in one language."""

import unicodedata
from collections import Counter
from collections.abc import Iterable

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext

from common.days import day_of
from reporting.progress import sentences
from reporting.progress.facts import PROGRAMME_STAFF, STATE, RoundFacts, StateFacts
from reporting.progress.report import Group, Progress, RegionLine, StateLine, Waits

LABEL = "TLP:AMBER+STRICT"


def worded(facts: RoundFacts, language: str) -> Progress:
    with translation.override(language):
        return _worded(facts, language)


def _worded(facts: RoundFacts, language: str) -> Progress:
    regions = _by_sub_region(facts)
    lines = {name: tuple(_state(one, name, facts) for one in states) for name, states in regions.items()}
    every = [line for group in lines.values() for line in group]
    total = _count(gettext("All invited states"), facts.states, facts)
    return Progress(
        language=language,
        round=facts.round.title,
        label=LABEL,
        audience=gettext("For the programme’s staff. It names all states: do not pass it on."),
        made_on=timezone.localdate(facts.as_of),
        situation=sentences.situation(facts),
        lead=sentences.lead(facts, total),
        total=total,
        regions=tuple(_count(name, states, facts) for name, states in regions.items()),
        groups=tuple(Group(name, group) for name, group in lines.items()),
        waits=Waits(_waiting(every, _for(PROGRAMME_STAFF)), _waiting(every, _for(STATE))),
        extensions=tuple(sentences.extension(line.name, line.due_on) for line in every if line.is_extended),
        since=sentences.since(facts),
        changes=tuple(
            gettext("%(state)s: %(change)s") % {"state": line.name, "change": line.change}
            for line in every
            if line.change
        ),
        unchanged="" if any(line.change for line in every) else sentences.unchanged(facts),
        notes=sentences.notes(any(line.is_extended for line in every)),
        source=sentences.source(facts),
        is_sample=settings.TRIAL,
    )


def _by_sub_region(facts: RoundFacts) -> dict[str, list[StateFacts]]:
    """Sub-regions and states in the order of the alphabet, accents set aside."""
    groups: dict[str, list[StateFacts]] = {}
    for one in sorted(facts.states, key=lambda one: _plain(one.update.state.name)):
        groups.setdefault(str(one.update.state.get_sub_region_display()), []).append(one)
    return dict(sorted(groups.items(), key=lambda group: _plain(group[0])))


def _plain(name: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKD", name) if not unicodedata.combining(sign)).lower()


def _for(whom: str) -> str:
    return {PROGRAMME_STAFF: gettext("The programme"), STATE: gettext("The state")}.get(whom, "")


def _waiting(lines: list[StateLine], whom: str) -> tuple[StateLine, ...]:
    return tuple(sorted((line for line in lines if line.waits_for == whom), key=lambda line: -(line.days or 0)))


def _state(one: StateFacts, sub_region: str, facts: RoundFacts) -> StateLine:
    update, today = one.update, day_of(facts.as_of)
    is_overdue = update.timeliness == "missing" and update.due_on < today
    is_moved = one.before is not None and one.before != update.status
    return StateLine(
        code=update.state.code,
        name=update.state.name,
        sub_region=sub_region,
        status=str(sentences.STATUS[one.status]),
        timeliness=_timeliness(update.timeliness, is_overdue),
        is_overdue=is_overdue or update.timeliness == "late",
        due_on=update.due_on,
        is_extended=update.extended_until is not None,
        waits_for=_for(one.waits_for),
        days=(today - one.waits_since).days if one.waits_since else None,
        reminded_on=timezone.localdate(one.reminded_at) if one.reminded_at else None,
        done=facts.questions if update.status in ("submitted", "accepted") else min(update.answered, facts.questions),
        of=facts.questions,
        change=sentences.change(one.before or "", one.status) if is_moved else "",
    )


def _timeliness(code: str, is_overdue: bool) -> str:
    if code == "missing":
        return gettext("Missing") if is_overdue else gettext("Not due yet")
    return gettext("Late") if code == "late" else gettext("On time")


def _count(name: str, states: Iterable[StateFacts], facts: RoundFacts) -> RegionLine:
    every, today = list(states), day_of(facts.as_of)
    status = Counter(one.status for one in every)
    said = Counter(one.update.timeliness for one in every)
    overdue = sum(one.update.timeliness == "missing" and one.update.due_on < today for one in every)
    return RegionLine(
        name=name,
        invited=len(every),
        sent=said["on_time"] + said["late"],
        on_time=said["on_time"],
        late=said["late"],
        missing=overdue,
        not_due=said["missing"] - overdue,
        accepted=status["accepted"],
        in_review=status["submitted"],
        returned=status["returned"],
        in_progress=status["draft"],
        not_started=status["not_started"],
    )
