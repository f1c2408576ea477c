"""The tour of the first day: a few steps for each role, ticked by doing them; it can be left and taken up again.

Everything it needs is on the person and in the session: a page that shows it asks the database nothing more.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from accounts.models import StaffRole, User
from common.scope import reach_of

LATER = "tour_later"  # in the session


@dataclass(frozen=True)
class Step:
    """`route` is where it leads, `done_by` the visits, as "METHOD route", that tick it."""

    slug: str
    words: str | Promise
    label: str | Promise
    route: str
    done_by: tuple[str, ...]
    arguments: tuple[str, ...] = ()

    @property
    def url(self) -> str:
        return reverse(self.route, args=self.arguments)


LANGUAGE = Step(
    "language",
    _("Choose your language and the time zone you work in."),
    _("Open your profile"),
    "profile",
    ("POST profile", "POST language"),
)
MAIL = Step(
    "mail", _("Say which mails you want, and how soon."), _("Choose your mails"), "mail-preferences",
    ("POST mail-preferences",),
)  # fmt: skip
HELP = Step(
    "help",
    _("Look where help is: each task has a page, and “Help” leads to the right one."),
    _("Open the help"),
    "help",
    ("GET help", "GET help-task"),
)
REPORTS = Step(
    "reports",
    _("Look at the reports that the portal makes by itself."),
    _("Open the reports"),
    "run-list",
    ("GET run-list",),
)
LIAISON = (
    LANGUAGE,
    MAIL,
    Step(
        "answer",
        _("Open your update and confirm or change one answer. It saves by itself, and nobody else sees it yet."),
        _("Open your update"),
        "update-current",
        ("POST update-section", "POST update-save"),
    ),
    Step(
        "sharing",
        _("Read who sees your accepted answers, and who decides it."),
        _("How to choose who sees them"),
        "help-task",
        ("GET state-sharing",),
        ("share",),
    ),
    Step(
        "state",
        _("Look at the page of your country, as others see it."),
        _("Open the states"),
        "state-list",
        ("GET state-detail",),
    ),
    HELP,
)
REVIEWER = (
    LANGUAGE,
    MAIL,
    Step(
        "review",
        _("Open an update that waits, and read what changed."),
        _("Open the updates"),
        "update-inbox",
        ("GET update-review",),
    ),
    Step(
        "round",
        _("See how far each state is in the round, and whom to remind."),
        _("Open the rounds"),
        "round-list",
        ("GET round-detail",),
    ),
    REPORTS,
    HELP,
)
OBSERVER = (
    LANGUAGE,
    MAIL,
    Step(
        "state",
        _("Open a state: where it stands, what threatens it and what it asked for."),
        _("Open the states"),
        "state-list",
        ("GET state-detail",),
    ),
    Step(
        "round",
        _("See how far each state is in the round."),
        _("Open the rounds"),
        "round-list",
        ("GET round-detail",),
    ),
    REPORTS,
    HELP,
)
ADMINISTRATOR = (
    LANGUAGE,
    Step(
        "people",
        _("Find a person by name, and see which roles the person holds."),
        _("Open the people"),
        "admin:accounts_user_changelist",
        ("GET admin:accounts_user_change",),
    ),
    Step(
        "liaisons",
        _("See who speaks for a state, from which day and until when."),
        _("Open the liaisons"),
        "admin:member_states_liaison_changelist",
        ("GET admin:member_states_liaison_changelist",),
    ),
    Step(
        "history",
        _("Read the history of a record: every change is there, with its date and its author."),
        _("Open the audit trail"),
        "admin:accounts_auditentry_changelist",
        ("GET admin:accounts_user_history", "GET admin:accounts_auditentry_changelist"),
    ),
    HELP,
)
TEAM = (
    LANGUAGE,
    MAIL,
    Step(
        "entry",
        _("Look at the entry of your team: the others reach you by what stands there."),
        _("Open the directory"),
        "team-list",
        ("GET team-detail",),
    ),
    Step(
        "alert",
        _("Open an alert, read its label, and see how a team answers it."),
        _("Open the alerts"),
        "alert-list",
        ("GET alert-detail",),
    ),
    Step(
        "subscription",
        _("Choose which alerts you are told of at once."),
        _("Open your subscriptions"),
        "subscription-list",
        ("GET subscription-list",),
    ),
    HELP,
)
PARTNER = (
    LANGUAGE,
    MAIL,
    Step(
        "agreement",
        _("Open an agreement of your organisation, and read what it says and until when."),
        _("Open the agreements"),
        "agreement-list",
        ("GET agreement-detail",),
    ),
    Step(
        "commitment",
        _("See what your organisation undertook, and how a delivery is reported."),
        _("Open the commitments"),
        "commitment-list",
        ("GET commitment-list", "GET commitment-detail"),
    ),
    HELP,
)


@dataclass(frozen=True)
class Tour:
    """The steps of one person, each with whether it is done. `home` is the page on which the day begins, by its route,
    where others come by as well.
    """

    steps: list[tuple[Step, bool]]
    home: str = ""

    @property
    def done(self) -> int:
        return sum(is_done for _step, is_done in self.steps)


def steps_of(user: Any) -> tuple[Step, ...]:
    """By the role that decides where the person lands."""
    reach = reach_of(user)
    roles: frozenset[str] = getattr(user, "staff_roles", frozenset())
    if roles & {StaffRole.Role.MANAGER, StaffRole.Role.OFFICER}:
        return REVIEWER
    if reach.staff:
        return OBSERVER
    if reach.states:
        return LIAISON
    if reach.teams:
        return TEAM
    if reach.partners:
        return PARTNER
    return ADMINISTRATOR if StaffRole.Role.ADMINISTRATOR in roles else ()


def tour_of(request: HttpRequest) -> Any:
    """Lazy: only the pages on which people land show it. None when it was left, or put off in this session."""
    return SimpleLazyObject(lambda: _tour(request))


def _tour(request: HttpRequest) -> Tour | None:
    user = request.user
    if not isinstance(user, User) or user.tour_left or request.session.get(LATER):
        return None
    steps = steps_of(user)
    home = "team-list" if steps is TEAM else ""
    return Tour([(step, step.slug in user.tour_done) for step in steps], home) if steps else None


def done_by(user: Any, visit: str) -> list[str]:
    """The steps that the visit ticks for the first time."""
    return [step.slug for step in steps_of(user) if visit in step.done_by and step.slug not in user.tour_done]


def tick(user: Any, slugs: Iterable[str]) -> None:
    """Only steps of the own tour."""
    known = {step.slug for step in steps_of(user)}
    user.tour_done = sorted({*user.tour_done, *(known & set(slugs))})
    User.objects.filter(pk=user.pk).update(tour_done=user.tour_done)


def leave(user: Any, *, left: bool = True) -> None:
    User.objects.filter(pk=user.pk).update(tour_left=left)
