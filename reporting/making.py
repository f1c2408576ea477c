"""Making one run: gathered in a short transaction, rendered outside of any, stored together with its mail."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from common.scope import PROGRAMME, scope
from notices.outbox import post
from notices.work import finish
from reporting.kinds import KINDS
from reporting.readers import readers_of
from reporting.shelf import Kept, keep

if TYPE_CHECKING:
    from reporting.models import Run

Made = tuple[str, str, Kept]  # language, format, file


def make(run: "Run") -> None:
    """Raises LeaseLost when somebody else took the run over meanwhile: then nothing of this making is stored."""
    token = run.attempts
    zone = run.schedule.time_zone if run.schedule else run.asked_by.time_zone if run.asked_by else "UTC"
    with timezone.override(ZoneInfo(zone)):
        made = list(_files(run))
    _store(run, token, made)


def _files(run: "Run") -> Iterator[Made]:
    """Read once, then worded in each language, so that all files of a run say the same."""
    kind = KINDS[run.kind]
    total = len(run.languages) * len(kind.writers)
    run.step(0, total)
    run.as_of = timezone.now()
    worded = kind.gather(run)
    done = 0
    for language in run.languages:
        report = worded(language)
        for extension, write in kind.writers.items():
            kept = keep(write(report), extension)
            done += 1
            run.step(done, total)
            yield language, extension, kept


def _store(run: "Run", token: int, made: list[Made]) -> None:
    with scope(PROGRAMME, page="worker"):
        finish(run, token, as_of=run.as_of, figures=run.figures)
        for language, extension, kept in made:
            run.files.create(
                state_id=run.state_id,
                language=language,
                format=extension,
                content=kept.name,
                size=kept.size,
                sha256=kept.sha256,
            )
        readers = readers_of(run)
        run.deliveries.bulk_create(_deliveries(run, readers), ignore_conflicts=True)
        post(kind=KINDS[run.kind].mail, object_id=run.pk, people=readers)


def _deliveries(run: "Run", readers: list[Any]) -> list[Any]:
    """Who was told, under the name of that day: it stays when the person is long gone."""
    told = {"run": run, "state_id": run.state_id}
    return [run.deliveries.model(person=who, name=who.name, language=who.language, **told) for who in readers]
