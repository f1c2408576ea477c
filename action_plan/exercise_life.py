"""The life of an exercise as a table: the verbs of its director, where each may start and where it ends."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from action_plan.exercise_states import Stands


@dataclass(frozen=True)
class Way:
    """`refusal` is the sentence for whoever tries it elsewhere, `done` the one for whoever did it."""

    verb: str
    label: str | Promise
    icon: str
    start: frozenset[Stands]
    end: Stands
    done: str | Promise
    refusal: str | Promise


NOT_ON = _("The exercise is not running. Open its page again to see where it stands.")
_ways = (
    Way(
        "ready",
        _("It is ready"),
        "check",
        frozenset({Stands.WRITTEN}),
        Stands.READY,
        _("The exercise is ready. The members of its teams are told that they take part."),
        _("The exercise is ready already."),
    ),
    Way(
        "write",
        _("Go on writing"),
        "pencil",
        frozenset({Stands.READY}),
        Stands.WRITTEN,
        _("The exercise is being written again. Its teams do not see it meanwhile."),
        _("Only an exercise that is ready and has not started can be written again."),
    ),
    Way(
        "start",
        _("Start the clock"),
        "play",
        frozenset({Stands.READY}),
        Stands.RUNNING,
        _("The clock runs."),
        _("Only an exercise that is ready can be started, and only once."),
    ),
    Way(
        "pause",
        _("Pause"),
        "pause",
        frozenset({Stands.RUNNING}),
        Stands.PAUSED,
        _("The clock stands still. Nothing comes out until it runs again."),
        NOT_ON,
    ),
    Way(
        "resume",
        _("Go on"),
        "play",
        frozenset({Stands.PAUSED}),
        Stands.RUNNING,
        _("The clock runs again."),
        _("The clock is not paused. Open the page again to see where the exercise stands."),
    ),
    Way(
        "end",
        _("End the exercise"),
        "square",
        frozenset({Stands.RUNNING, Stands.PAUSED}),
        Stands.ENDED,
        _("The exercise is over. Teams and observers write down now what went well and what to improve."),
        NOT_ON,
    ),
    Way(
        "report",
        _("Publish the report"),
        "send",
        frozenset({Stands.ENDED}),
        Stands.REPORTED,
        _("The report is published. The teams and the liaisons of their states are told."),
        _("The report is published once, after the exercise is over."),
    ),
)
WAYS = {way.verb: way for way in _ways}


def ways_from(status: str) -> list[Way]:
    return [way for way in WAYS.values() if status in way.start]
