"""Bulk import: a dry run that is kept as it was shown, and what it showed carried out, once."""

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from common.scope import PROGRAMME, Reach, current_reach, reach_of, scope
from common.tlp import Tlp
from csirt_network.models import Team
from csirt_network.team_reader import reach_of_team
from documents.names import clean_name
from documents.refusal import Refused as RefusedFile
from exchange.actions import adding
from exchange.actions.collections import keep_collections
from exchange.bulk import Line, Terms, making, read
from exchange.bulk.lines import plain
from exchange.models import Collection, Import, ImportRun, StixObject
from notices.bell import ring_soon
from notices.work import Hopeless, finish
from review.actions import Refused

NO_MEMBER = gettext_noop("The team is no member of the network any more, so nothing was imported.")
NOT_OF_TEAM = gettext_noop("Whoever made it does not act for the team any more. Make a new one.")
CHUNK = 500  # rows that a worker adds at a time
Row = dict[str, Any]
Outcome = tuple[str, str]


def look(*, content: bytes, name: str, team: Team, target: Collection, label: str, by: Any) -> Import:
    """The dry run, kept; nothing is added. Raises the Refused of documents for a file of which nothing can be read."""
    at = timezone.now()
    form, lines = read(content, Terms(team, label, at, _hidden_in(target)))
    rows = _judged(lines, target, own_collection(team), team, by)
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


def forget() -> int:
    """Files that were imported, or that nobody imported for long. What was shown of them stays."""
    with scope(PROGRAMME, page="import"):
        return Import.objects.filter(pk__in=list(Import.objects.to_empty().values_list("pk", flat=True))).update(
            content=b""
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
        importing = Import.objects.select_related("team", "collection__group").get(pk=run.importing_id)
        reach = reach_of_team(importing.team_id)
    if not reach.teams:
        raise Hopeless(NO_MEMBER)
    with scope(PROGRAMME, page="import"):
        if importing.team_id not in reach_of(run.by).teams:
            raise Hopeless(NOT_OF_TEAM)
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


def _judged(lines: list[Line], target: Collection, own: Collection, team: Team, by: Any) -> list[Row]:
    outcomes: dict[int, Outcome] = {}
    for collection, some in _split(lines, target, own):
        outcomes |= _followed(some, collection)
        left = [line for line in some if line.number not in outcomes]
        tried = adding.try_out(collection=collection, team=team, objects=_given(left), labels=_labels(left), by=by)
        outcomes |= {line.number: outcome for line, outcome in zip(left, tried, strict=True)}
    return [_row(line, outcomes.get(line.number), target, own) for line in lines]


def _row(line: Line, outcome: Outcome | None, target: Collection, own: Collection) -> Row:
    result, why = outcome or ("left" if line.is_left else "refused", line.why)
    is_held = line.is_given and not line.label and target != own
    return {
        "number": line.number,
        "what": line.what,
        "id": plain(line.stix_id, 150),
        "result": result,
        "why": why,
        "held": is_held and result == "new",
    }


def _split(lines: list[Line], target: Collection, own: Collection) -> Iterator[tuple[Collection, list[Line]]]:
    """What says a label goes to the collection that was chosen; what says none waits in the own team's."""
    given = [line for line in lines if line.is_given]
    if some := [line for line in given if line.label or target == own]:
        yield target, some
    if held := [line for line in given if not line.label and target != own]:
        yield own, held


def _followed(lines: list[Line], collection: Collection) -> dict[int, Outcome]:
    """What the portal made of a value before is not made twice: it is there, or gets a further version."""
    ids = [line.stix_id for line in lines if line.is_made]
    rows = StixObject.objects.readable_in(current_reach()).newest().filter(collection=collection, stix_id__in=ids)
    standing = {row.stix_id: json.loads(row.body) for row in rows}
    found: dict[int, Outcome] = {}
    for line in lines:
        if line.is_made and (before := standing.get(line.stix_id)):
            try:
                if not making.follow(line, before):
                    found[line.number] = ("there", "")
            except ValidationError as problem:
                found[line.number] = ("refused", problem.messages[0])
    return found


def _hidden_in(collection: Collection) -> int | None:
    return collection.group_id if collection.hides_members else None


def _given(lines: list[Line]) -> list[adding.Given]:
    return [adding.Given(line.text, line.value) for line in lines]


def _labels(lines: list[Line]) -> list[Tlp | None]:
    return [Tlp(line.label) if line.label else None for line in lines]


def _carried_out(importing: Import, by: Any) -> Iterator[dict[int, Outcome]]:
    """Part by part, by the number of the line. What was shown as new is added, and nothing else."""
    terms = Terms(importing.team, importing.label, importing.made_at, _hidden_in(importing.collection))
    try:
        lines = read(bytes(importing.content), terms)[1]
    except RefusedFile as refusal:
        raise Refused(_changed()) from refusal
    if [(line.number, line.what) for line in lines] != [(row["number"], row["what"]) for row in importing.rows]:
        raise Refused(_changed())
    shown = {row["number"] for row in importing.rows if row["result"] == "new"}
    new = [line for line in lines if line.number in shown]
    for collection, some in _split(new, importing.collection, own_collection(importing.team)):
        for start in range(0, len(some), CHUNK):
            yield _brought(some[start : start + CHUNK], collection, importing.team, by)


def _brought(lines: list[Line], collection: Collection, team: Team, by: Any) -> dict[int, Outcome]:
    found = _followed(lines, collection)
    left = [line for line in lines if line.number not in found]
    done = adding.bring(collection=collection, team=team, objects=_given(left), labels=_labels(left), by=by)
    return found | {line.number: outcome for line, outcome in zip(left, done, strict=True)}


def _changed() -> str:
    return _("The portal reads this file otherwise today than when you looked at it. Import the file anew.")


def _results(importing: Import, found: dict[int, Outcome]) -> list[list[str]]:
    return [list(found.get(row["number"], (row["result"], row["why"]))) for row in importing.rows]


def _fingerprint(digest: str, target: Collection, label: str, rows: list[Row]) -> str:
    shown = json.dumps([digest, target.pk, label, rows], sort_keys=True)
    return hashlib.sha256(shown.encode()).hexdigest()
