"""Two courses of the trial: one that is over, with certificates, and one that takes nominations. All invented."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from action_plan.actions import attendance, certificates
from action_plan.actions.courses import open_nominations
from action_plan.actions.selection import Decision, decide, nominate
from action_plan.models import Activity, ActivityState, Course, CourseLetter, CourseSession, Evaluation, Nomination
from common.days import today
from common.scope import Reach, scope
from member_states.models import MemberState
from oas_cyber.sample.clock import at, days_ago
from oas_cyber.sample.people import Cast

STATES = ("chile", "jamaica", "brazil", "haiti")
OVER = {
    "title_en": "Incident handling for national teams (sample)",
    "title_es": "Gestión de incidentes para equipos nacionales (ejemplo)",
    "title_fr": "Gestion des incidents pour les équipes nationales (exemple)",
    "title_pt_br": "Gestão de incidentes para equipes nacionais (exemplo)",
}
COMING = {
    "title_en": "Analysis of malicious software (sample)",
    "title_es": "Análisis de programas maliciosos (ejemplo)",
    "title_fr": "Analyse de logiciels malveillants (exemple)",
    "title_pt_br": "Análise de programas maliciosos (exemplo)",
}
# (state, name, institution, sector, gender, language)
PEOPLE = (
    ("chile", "Paula Inventada", "CSIRT del ministerio (ejemplo)", "public", "woman", "es"),
    ("chile", "Rodrigo Supuesto", "Banco de muestra", "private", "man", "es"),
    ("jamaica", "Keisha Specimen", "Sample Port Authority", "public", "woman", "en"),
    ("jamaica", "Andre Placeholder", "Sample University", "academia", "man", "en"),
    ("brazil", "Luiza Exemplo", "Agência de exemplo", "public", "woman", "pt-br"),
    ("haiti", "Mirlande Exemple", "Télécoms d’exemple", "private", "not stated", "fr"),
)
MARKS = ((5, 5, 4, 5), (4, 5, 4, 4), (5, 4, 3, 5), (4, 4, 4, 3), (3, 5, 4, 4))


def make_training(cast: Cast) -> None:
    states = {slug: MemberState.objects.get(slug=slug) for slug in STATES if slug in cast.liaisons}
    _course_that_is_over(cast, states)
    _course_to_come(cast, states)
    now = timezone.now()
    CourseLetter.objects.update(status="done", sent_at=now, finished_at=now)  # nobody's mailbox is filled


def _course_that_is_over(cast: Cast, states: dict[str, MemberState]) -> None:
    by = cast.officer(0)
    with at(days_ago(60)):
        course = _course(by, states.values(), OVER, "sample-incident-handling", starts=today() + timedelta(days=30))
        sessions = [_session(course, title, 30 + n) for n, title in enumerate(("Triage", "Evidence", "Reporting"))]
        people = _nominated(cast, states, course)
    with at(days_ago(45)), scope(Reach(staff=True, person=by.pk)):
        _decided(course, people[:5], "selected", by)
        _decided(course, people[5:], "waiting", by)
    for session in sessions:
        with at(session.ends_at), scope(Reach(staff=True, person=by.pk)):
            there = {who.pk: (who, session) != (people[1], sessions[0]) for who in people[:5]}
            attendance.record(course=course, session=session, was_there=there, by=by)
    with at(days_ago(25)), scope(Reach(staff=True, person=by.pk)):
        attendance.ask_for_evaluation(course=course, by=by)
        certificates.issue(course=course, by=by)
    for content, trainers, organisation, use in MARKS:
        marks = {"content": content, "trainers": trainers, "organisation": organisation, "use": use}
        Evaluation.objects.create(course=course, **marks)
    Activity.objects.filter(pk=course.activity_id).update(status=Activity.Status.DONE)


def _course_to_come(cast: Cast, states: dict[str, MemberState]) -> None:
    by = cast.officer(0)
    with at(days_ago(5)):
        course = _course(by, states.values(), COMING, "sample-malicious-software", starts=today() + timedelta(days=40))
        for n, title in enumerate(("Static analysis", "Dynamic analysis")):
            _session(course, title, 40 + n)
        _nominated(cast, states, course)


def _course(by: Any, states: Iterable[MemberState], title: dict[str, str], slug: str, *, starts: Any) -> Course:
    with scope(Reach(staff=True, person=by.pk)):
        activity = Activity.objects.create(
            slug=slug,
            kind="course",
            point=2,
            status=Activity.Status.CONFIRMED,
            audience="states",
            starts_on=starts,
            ends_on=starts + timedelta(days=2),
            place="Bridgetown (sample)",
            languages=["es", "en"],
            officer=by,
            **title,
        )
        taking_part = [ActivityState(activity=activity, state=state, audience="states") for state in states]
        ActivityState.objects.bulk_create(taking_part)
        course = Course.objects.create(
            activity=activity,
            seats=5,
            nominations_close_on=starts - timedelta(days=20),
            language="es",
            aims="Take an incident from the first report to its lessons, with the tools of the own team (sample).",
            prerequisites="Half a year of work in an incident response team (sample).",
            needed=66,
        )
        open_nominations(course=course, by=by)
        course.refresh_from_db()
    return course


def _session(course: Course, title: str, days: int) -> CourseSession:
    starts_at = timezone.now() + timedelta(days=days)
    hours = {"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=6)}
    return CourseSession.objects.create(course=course, title=title, trainer="Teresa Muestra", place="Room 2", **hours)


def _nominated(cast: Cast, states: dict[str, MemberState], course: Course) -> list[Nomination]:
    people = []
    for slug, name, institution, sector, gender, language in PEOPLE:
        lead = cast.lead(states[slug])
        email = f"{name.lower().replace(' ', '.')}@example.org"
        facts = {"institution": institution, "sector": sector, "gender": gender, "language": language}
        nomination = Nomination(name=name, email=email, why="Will train colleagues afterwards (sample).", **facts)
        with scope(Reach(staff=True, person=lead.pk)):
            nominate(nomination=nomination, course=course, state=states[slug], by=lead)
        people.append(nomination)
    return people


def _decided(course: Course, people: list[Nomination], status: str, by: Any) -> None:
    decide(course=course, decisions=[Decision(who.pk, status, "", "nominated") for who in people], by=by)
