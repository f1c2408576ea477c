"""The way around, for each role: only pages that the person may open."""

from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from capability.models import Update
from common.scope import Reach, reach_of
from csirt_network.models import Alert, Application
from notices import badge


@dataclass(frozen=True)
class Link:
    route: str
    label: str | Promise
    icon: str
    under: tuple[str, ...] = ()
    heading: str | Promise = ""


@dataclass(frozen=True)
class Place:
    """A link as one page shows it."""

    url: str
    label: str | Promise
    icon: str
    current: bool
    count: int | badge.Number | None = None
    heading: str | Promise = ""


NOTES = Link("note-list", _("Notes verbales"), "scroll-text", ("note-", "point-", "contact-points"))
STAFF = (
    Link("region", _("Region"), "map", ("region",)),
    Link("state-list", _("States"), "flag", ("state-",)),
    Link("update-inbox", _("Updates"), "inbox", ("update-",)),
    Link("round-list", _("Rounds"), "calendar-clock", ("round-",)),
    Link("run-list", _("Reports"), "file-chart-column", ("run-", "schedule-")),
    NOTES,
    Link("partner-list", _("Partners"), "building-2", ("partner-",)),
    Link("source-list", _("Sources"), "book-open", ("source-",)),
)
EXERCISES = Link("exercise-list", _("Exercises"), "siren", ("exercise-",))
ACTION_PLAN = (
    Link("plan-list", _("Plans"), "list-checks", ("plan", "deployment-")),
    Link("activity-list", _("Activities"), "calendar-days", ("activity-",)),
    Link("request-list", _("Requests"), "hand-helping", ("request-",)),
    Link("course-list", _("Training"), "graduation-cap", ("course-",)),
    Link("mission-list", _("Missions"), "plane", ("mission-", "recommendation-")),
    EXERCISES,
    Link("expertise-list", _("Expertise"), "contact", ("expertise-", "expert-")),
    Link("material-list", _("Materials"), "megaphone", ("material-", "campaign-")),
)
AGREEMENTS = Link("agreement-list", _("Agreements"), "heart-handshake", ("agreement-",))
OPERATIONS = Link("operation-list", _("Joint operations"), "crosshair", ("operation-",))
ALERTS = Link("alert-list", _("Alerts"), "siren", ("alert-",))
WARNINGS = Link("warning-list", _("Early warning"), "radar", ("warning-", "claim-"))
CLAIMS = Link("claim-list", _("Claims"), "radar", ("claim-",))
LIBRARY = Link("library", _("Library"), "library", ("library",))
ADMISSION = Link("application-list", _("Admission"), "handshake", ("application", "network", "closed-day"))
GROUPS = (
    Link("working-group-list", _("Working groups"), "users-round", ("working-group", "proposal")),
    Link("group-list", _("Sharing groups"), "share-2", ("group-",)),
)
DIRECTORY = Link("team-list", _("Directory"), "shield", ("team-",))
OF_MATURITY = ("maturity", "assessment-", "peer-review", "review-", "sim3-")
MATURITY = Link("maturity", _("Maturity"), "chart-no-axes-column", OF_MATURITY)
FIGURES = Link("figures", _("Figures"), "chart-line", ("figures",))
CONNECTIONS = Link("exchange", _("Connections"), "cable", ("exchange", "machine-token-", "object-", "import-"))
NETWORK = (DIRECTORY, ALERTS, CLAIMS, ADMISSION, LIBRARY, *GROUPS, MATURITY, FIGURES, OPERATIONS, CONNECTIONS)
PEOPLE = Link("people", _("People"), "users", ("people", "person", "invite", "role-", "liaison-", "account-close"))
LIAISON = (
    Link("home", _("Home"), "house", ("home", "run-", "note-", "contact-points")),
    Link("update-current", _("Update"), "pencil", ("update-",)),
    Link("plan-own", _("Plan"), "list-checks", ("plan", "request-", "mission-", "recommendation-")),
    Link("state-list", _("States"), "flag", ("state-",)),
    Link("course-list", _("Training"), "graduation-cap", ("course-",)),
    Link("team-list", _("CSIRT network"), "shield", ("team-", "application", "network", "closed-day")),
    ALERTS,
    LIBRARY,
    Link("source-list", _("Sources"), "book-open", ("source-",)),
)
TEAM_GROUPS = Link("working-group-list", _("Groups"), "users-round", ("working-group", "proposal", "group-"))
PARTNER = (
    Link("partnership", _("Home"), "house", ("partnership",)),
    AGREEMENTS,
    OPERATIONS,
    Link("activity-list", _("Activities"), "calendar-days", ("activity-",)),
    Link("partner-list", _("Partners"), "building-2", ("partner-",)),
    Link("state-list", _("States"), "flag", ("state-",)),
)
TEAM = (ALERTS, WARNINGS, EXERCISES, DIRECTORY, LIBRARY, TEAM_GROUPS, MATURITY)
PUBLIC = (
    Link("front", _("The programme"), "house", ("front",)),
    Link("state-list", _("States"), "flag", ("state-",)),
    Link("partner-list", _("Partners"), "building-2", ("partner-",)),
    Link("team-list", _("CSIRT directory"), "shield", ("team-",)),
    LIBRARY,
)  # and all else in the foot of their pages
TABLES = Link("sheets", _("Bring in tables"), "upload", ("sheet",))
MY_TURN = Link("my-turn", _("My turn"), "list-todo", ("my-turn",))
UNDELIVERED = Link("mail-undelivered", _("Mail that did not arrive"), "mail-x", ("mail-undelivered", "address-"))
MAIL = Link("mail-list", _("Mail of the trial"), "mail", ("mail-list", "mail-detail"))
ADMINISTRATION = Link("admin:index", _("Administration"), "settings", ("admin",))


def links_of(user: Any) -> tuple[Link, ...]:
    reach = reach_of(user)
    places = _places(reach)
    if places is PUBLIC and user.is_authenticated and Application.objects.visible_to(user).exists():
        places = (*places, ADMISSION)  # the head of a team that applies
    if user.is_authenticated:
        places = (places[0], MY_TURN, *places[1:])
    if user.is_authenticated and user.has_perm("invitations.see_people"):
        places = (*places, PEOPLE)
    if user.is_authenticated and user.has_perm("imports.view_imports"):
        places = (*places, TABLES)
    if user.is_authenticated and user.has_perm("notices.view_undelivered"):
        places = (*places, UNDELIVERED)
    if reach.staff and settings.TRIAL:
        places = (*places, MAIL)
    if getattr(user, "is_staff", False):
        places = (*places, ADMINISTRATION)
    if not reach.staff:
        return places
    of_plan = _under(_("Action plan"), (*ACTION_PLAN, AGREEMENTS))
    return (*places, *of_plan, *_under(_("Network"), NETWORK))


def _under(heading: str | Promise, links: tuple[Link, ...]) -> tuple[Link, ...]:
    return tuple(replace(link, heading=heading) for link in links)


def _places(reach: Reach) -> tuple[Link, ...]:
    """By what somebody is first; a liaison who works in a team as well keeps the liaison's."""
    if reach.staff:
        return STAFF
    if reach.states:
        return LIAISON
    return TEAM if reach.teams else PARTNER if reach.partners else PUBLIC


def navigation_of(request: HttpRequest) -> Any:
    """Lazy: error pages and fragments that show no navigation ask the database nothing."""
    return SimpleLazyObject(lambda: [_place(link, request) for link in links_of(request.user)])


def _place(link: Link, request: HttpRequest) -> Place:
    here = request.resolver_match.view_name if request.resolver_match else ""
    count = COUNTS[link.route](request.user) if link.route in COUNTS else None
    return Place(reverse(link.route), link.label, link.icon, here.startswith(link.under), count, link.heading)


def _waiting(user: Any) -> int:
    return Update.objects.visible_to(user).waiting_for_review().count()


def _unanswered(user: Any) -> int | None:
    """Alerts that wait for an answer of an own team; who is of none is not counted for."""
    return Alert.objects.visible_to(user).waiting_for(user).count() if reach_of(user).teams else None


COUNTS = {"my-turn": badge.count_for, "update-inbox": _waiting, "alert-list": _unanswered}
