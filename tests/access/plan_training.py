"""A course of Chile and Jamaica: somebody nominated by each, and somebody of each who was there and has a certificate.

What the page of a letter and verification say is said to whoever holds the link or the number: it sings as public.
"""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.actions import digest_of
from action_plan.models import (
    Attendance,
    Certificate,
    Course,
    CourseLetter,
    CourseSession,
    Evaluation,
    Nomination,
)
from common.days import today
from common.scope import PROGRAMME, scope
from member_states.models import MemberState
from tests.access.canaries import CHILE, JAMAICA, canary
from tests.factories.action_plan import make_activity

CODES = {"chile": CHILE, "jamaica": JAMAICA}
LIAISONS = {"chile": "own", "jamaica": "other"}
TOKEN = "the-token-of-a-participant-of"
NUMBERS = {"chile": "0123456789ABCDEFGHJK", "jamaica": "0123456789ABCDEFGHJM"}


def make_training(world: Any) -> dict[str, Any]:
    states = {slug: MemberState.objects.get(slug=slug) for slug in CODES}
    with scope(PROGRAMME):
        activity = make_activity(canary(CHILE, "PUBLIC", "course-title"), *states.values(), slug="a-course")
        words = {name: canary(CHILE, "STATES", name) for name in ("aims", "prerequisites")}
        day = {"nominations_close_on": today() + timedelta(days=9), "opened_at": timezone.now()}
        course = Course.objects.create(activity=activity, language="es", seats=5, **day, **words)
        session = _session(course)
        for _ in range(5):
            comment = canary(CHILE, "DESK", "evaluation")
            Evaluation.objects.create(course=course, content=4, trainers=4, organisation=4, use=4, comment=comment)
        made = {slug: _people(world, course, session, state) for slug, state in states.items()}
    return {"course": course, "session": session, **made}


def _session(course: Course) -> CourseSession:
    words = {name: canary(CHILE, "PUBLIC", f"session-{name}") for name in ("title", "place")}
    words["trainer"] = canary(CHILE, "STATES", "trainer")
    starts_at = timezone.now() - timedelta(days=2)
    link = "https://www.example.org/room"
    return CourseSession.objects.create(
        course=course, starts_at=starts_at, ends_at=starts_at + timedelta(hours=3), link=link, **words
    )


def _people(world: Any, course: Course, session: CourseSession, state: MemberState) -> dict[str, Any]:
    code, by = CODES[state.slug], world.people[LIAISONS[state.slug]]
    facts = {"course": course, "state": state, "nominated_by": by, "sector": "public", "language": "en"}
    words = {name: canary(code, "SENT", f"nominee-{name}") for name in ("name", "institution", "why", "because")}
    nominee = Nomination.objects.create(email=f"{canary(code, 'SENT', 'nominee')}x@example.org", **facts, **words)
    seat = {"status": "selected", "seat": len(state.slug)}
    said = {"name": canary(code, "PUBLIC", "participant"), "institution": canary(code, "SENT", "institution")}
    there = Nomination.objects.create(email=f"there-{state.slug}@example.org", why="x", **facts, **seat, **said)
    Attendance.objects.create(nomination=there, session=session, course=course, state=state, was_there=True)
    day = today()
    dates = {"starts_on": day, "ends_on": day, "issued_on": day, "hours": 3}
    of_whom = {"nomination": there, "course": course, "state": state, "issued_by": world.staff}
    paper = {"name": there.name, "title": canary(code, "PUBLIC", "certificate"), "language": "en"}
    certificate = Certificate.objects.create(number=NUMBERS[state.slug], **of_whom, **dates, **paper)
    _letter(there, "evaluation", state.slug)
    return {"nominee": nominee, "there": there, "certificate": certificate}


def _letter(nomination: Nomination, about: str, slug: str) -> None:
    """Sent, and not answered yet."""
    until = today() + timedelta(days=30)
    CourseLetter.objects.create(
        nomination=nomination, about=about, until=until, status="done", digests=[digest_of(f"{TOKEN}-{slug}")]
    )


def arguments(world: Any, which: str, state: str) -> dict[str, Any]:
    """The parts of the path for `course`, `course:nominee`, `course:session`, `course:certificate`, `course:link`."""
    held = world.training
    found = {"slug": "a-course", "pk": held[state]["nominee"].pk}
    if which == "session":
        found["pk"] = held["session"].pk
    elif which == "certificate":
        found |= {"pk": held[state]["certificate"].pk, "number": NUMBERS[state]}
    elif which == "link":
        found["token"] = f"{TOKEN}-{state}"
    return found


def _person(_world: Any) -> dict[str, Any]:
    facts = {"sector": "academia", "gender": "woman", "language": "fr", "why": "Teaches it"}
    return {"name": "Nadia Nueva", "email": "nadia@example.org", "institution": "A university", **facts}


def _decision(world: Any) -> dict[str, Any]:
    pk = world.training["chile"]["nominee"].pk
    return {f"{pk}-status": "waiting", f"{pk}-because": "Next time", f"{pk}-was": "nominated"}


def _course(_world: Any) -> dict[str, Any]:
    day = {"nominations_close_on": str(today() + timedelta(days=20))}
    return {
        "seats": "8",
        "language": "fr",
        "level": "advanced",
        "aims": "More",
        "prerequisites": "",
        "needed": "50",
        **day,
    }


def _new_session(_world: Any) -> dict[str, Any]:
    times = {"starts_at": "2027-03-01T14:00", "ends_at": "2027-03-01T15:00"}
    return {"title": "Another session", "trainer": "", "place": "Santiago", "link": "", **times}


COURSE = "training/<slug:slug>"
PAYLOADS = {
    f"{COURSE}/edit/": _course,
    f"{COURSE}/open/": lambda _: {"go": "yes"},
    f"{COURSE}/sessions/new/": _new_session,
    f"{COURSE}/sessions/<int:pk>/": _new_session,
    f"{COURSE}/sessions/<int:pk>/remove/": lambda _: {"go": "yes"},
    f"{COURSE}/nominate/": _person,
    f"{COURSE}/nominations/<int:pk>/": _person,
    f"{COURSE}/nominations/<int:pk>/withdraw/": lambda _: {"go": "yes"},
    f"{COURSE}/selection/": _decision,
    f"{COURSE}/attendance/<int:pk>/": lambda world: {f"there-{world.training['chile']['there'].pk}": "on"},
    f"{COURSE}/evaluation/ask/": lambda _: {"go": "yes"},
    f"{COURSE}/certificates/issue/": lambda _: {"go": "yes"},
    f"{COURSE}/certificates/<int:pk>/revoke/": lambda _: {"because": "Issued by mistake."},
    "participants/<str:token>/evaluation/": lambda _: {
        "content": "5",
        "trainers": "4",
        "organisation": "3",
        "use": "5",
        "comment": "More exercises",
    },
}
