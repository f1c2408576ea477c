"""Making one run: gathered in a short transaction, rendered outside of any, stored together with its mail."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext_noop

from capability.models import Edition
from common.scope import PROGRAMME, scope
from notices.outbox import post
from notices.work import Hopeless, finish
from reporting.briefs.brief import Brief
from reporting.briefs.gather import frame_for, worded
from reporting.briefs.known import known_of
from reporting.briefs.pdf import pdf
from reporting.briefs.xlsx import xlsx
from reporting.readers import readers_of
from reporting.shelf import Kept, keep

if TYPE_CHECKING:
    from reporting.models import Run

BRIEF_READY = "brief ready"
WRITERS: dict[str, Callable[[Brief], bytes]] = {"pdf": pdf, "xlsx": xlsx}
NO_MODEL = gettext_noop("There is no maturity model to report on. Load the reference data, then try again.")

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
    total = len(run.languages) * len(WRITERS)
    run.step(0, total)
    try:
        frame = frame_for(run.state)
    except Edition.DoesNotExist as error:
        raise Hopeless(NO_MODEL) from error
    known = known_of(run.state, frame)
    done = 0
    for language in run.languages:
        brief = worded(known, language, frame)
        for extension, write in WRITERS.items():
            kept = keep(write(brief), extension)
            done += 1
            run.step(done, total)
            yield language, extension, kept


def _store(run: "Run", token: int, made: list[Made]) -> None:
    with scope(PROGRAMME, page="worker"):
        finish(run, token)
        for language, extension, kept in made:
            run.files.create(
                state_id=run.state_id,
                language=language,
                format=extension,
                content=kept.name,
                size=kept.size,
                sha256=kept.sha256,
            )
        post(kind=BRIEF_READY, object_id=run.pk, people=readers_of(run))
