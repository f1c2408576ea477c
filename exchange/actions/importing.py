"""Bulk import: a dry run that is kept as it was shown, and what it showed carried out, once."""

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from common.scope import PROGRAMME, Reach, scope
from csirt_network.models import Team
from csirt_network.team_reader import reach_of_team
from documents.names import clean_name
from documents.refusal import Refused as RefusedFile
from exchange.actions import adding
from exchange.actions.collections import keep_collections
from exchange.bulk import Line, Terms, read
from exchange.models import Collection, Import, ImportRun
from notices.bell import ring_soon
from notices.work import Hopeless, finish
from review.actions import Refused

NO_MEMBER = gettext_noop("The team is no member of the network any more, so nothing was imported.")
CHUNK = 500  # rows that a worker adds at a time
Row = dict[str, Any]
Outcome = tuple[str, str]


def look(*, content: bytes, name: str, team: Team, target: Collection, label: str, by: Any) -> Import:
    """The dry run, kept; nothing is added. Raises the Refused of documents for a file of which nothing can be read."""
    at = timezone.now()
    form, lines = read(content, Terms(team, label, at))
    rows = _judged(lines, target, own_collection(team), team, label)
    digest = hashlib.sha256(content).hexdigest()
    return Import.objects.create(
        team=team,
        collection=target,
        label=label,
        by=by,
        made_at=at,
        name=clean_name(name),
        format=form,
        size=len(content),
        sha256=digest,
        content=content,
        rows=rows,
        fingerprint=_fingerprint(digest, target, label, rows),
    )


def own_collection(team: Team) -> Collection:
    """Where what has no label waits."""
    own = Collection.objects.filter(kind=Collection.Kind.TEAM, team=team)
    if not own.exists():
        keep_collections()
    return own.get()


def confirm(*, importing: Import, fingerprint: str, by: Any) -> ImportRun:
    """Carries out what the dry run showed: small ones at once, large ones by a worker. Twice is once.

    Raises Refused when something else was shown than is kept.
    """
    if fingerprint != importing.fingerprint:
        raise Refused(_("This is not what the page shows now. Look through it once more, then import it."))
    is_large = len(importing.rows) > Import.AT_ONCE
    try:
        with transaction.atomic():
            run = ImportRun(importing=importing, by=by, total=len(importing.rows))
            if not is_large:
                found = {number: one for part in _carried_out(importing, by) for number, one in part.items()}
                run.status, run.finished_at, run.done = "done", timezone.now(), run.total
                run.results = _results(importing, found)
            run.save()
    except IntegrityError:
        return ImportRun.objects.get(importing=importing)
    if is_large:
        ring_soon(run)
    return run


def perform(run: ImportRun) -> None:
    """By a worker, as the team: part by part, so that one sees how far it is. What was added is not added twice."""
    with scope(PROGRAMME, page="import"):
        importing = Import.objects.select_related("team", "collection").get(pk=run.importing_id)
        reach = reach_of_team(importing.team_id)
    if not reach.teams:
        raise Hopeless(NO_MEMBER)
    token, total = run.attempts, len(importing.rows)
    outcomes: dict[int, Outcome] = {}
    with translation.override(run.by.language):
        parts = _carried_out(importing, run.by)
        while part := _next(parts, reach):
            outcomes |= part
            run.step(min(total, len(outcomes)), total)
        finish(run, token, results=_results(importing, outcomes), done=total, total=total)


def _next(parts: Iterator[dict[int, Outcome]], reach: Reach) -> dict[int, Outcome]:
    """Each in a transaction of its own."""
    with scope(reach, page="import"):
        return next(parts, {})


def _judged(lines: list[Line], target: Collection, own: Collection, team: Team, label: str) -> list[Row]:
    outcomes: dict[int, Outcome] = {}
    for collection, some in _split(lines, target, own):
        given = [adding.Given(line.text, line.value) for line in some]
        tried = adding.try_out(collection=collection, team=team, objects=given, unmarked=label)
        outcomes |= {line.number: outcome for line, outcome in zip(some, tried, strict=True)}
    return [_row(line, outcomes.get(line.number), target, own) for line in lines]


def _row(line: Line, outcome: Outcome | None, target: Collection, own: Collection) -> Row:
    result, why = outcome or ("left" if line.is_left else "refused", line.why)
    is_held = line.is_given and not line.is_labelled and target != own
    return {
        "number": line.number,
        "what": line.what,
        "id": line.stix_id[:150],
        "result": result,
        "why": why,
        "held": is_held and result == "new",
    }


def _split(lines: list[Line], target: Collection, own: Collection) -> Iterator[tuple[Collection, list[Line]]]:
    """What says a label goes to the collection that was chosen; what says none waits in the own team's."""
    given = [line for line in lines if line.is_given]
    held = [] if target == own else [line for line in given if not line.is_labelled]
    if some := [line for line in given if line not in held]:
        yield target, some
    if held:
        yield own, held


def _carried_out(importing: Import, by: Any) -> Iterator[dict[int, Outcome]]:
    """Part by part, by the number of the line. What was shown as new is added, and nothing else."""
    terms = Terms(importing.team, importing.label, importing.made_at)
    try:
        lines = read(bytes(importing.content), terms)[1]
    except RefusedFile as refusal:
        raise Refused(_changed()) from refusal
    shown = {row["number"]: row for row in importing.rows}
    if [line.number for line in lines] != list(shown) or any(line.what != shown[line.number]["what"] for line in lines):
        raise Refused(_changed())
    new = [line for line in lines if shown[line.number]["result"] == "new"]
    for collection, some in _split(new, importing.collection, own_collection(importing.team)):
        for start in range(0, len(some), CHUNK):
            part = some[start : start + CHUNK]
            given = [adding.Given(line.text, line.value) for line in part]
            done = adding.bring(
                collection=collection, team=importing.team, objects=given, unmarked=importing.label, by=by
            )
            yield {line.number: outcome for line, outcome in zip(part, done, strict=True)}


def _changed() -> str:
    return _("The portal reads this file otherwise today than when you looked at it. Import the file anew.")


def _results(importing: Import, found: dict[int, Outcome]) -> list[list[str]]:
    return [list(found.get(row["number"], (row["result"], row["why"]))) for row in importing.rows]


def _fingerprint(digest: str, target: Collection, label: str, rows: list[Row]) -> str:
    shown = json.dumps([digest, target.pk, label, rows], sort_keys=True)
    return hashlib.sha256(shown.encode()).hexdigest()
