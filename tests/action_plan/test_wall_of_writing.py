"""The wall itself keeps a national contact point, who reads for the state, from writing for it."""

import uuid
from datetime import date
from types import SimpleNamespace

import pytest
from django.db import ProgrammingError, connection, transaction

from action_plan.models import (
    AskedSupport,
    AskedSupportMove,
    ExpertiseEvaluation,
    Nomination,
    PlanMove,
    RecommendationReport,
)
from common.scope import PROGRAMME, Reach, reach_of, scope
from member_states.models import Liaison
from tests.factories.country_plans import begin, make_offer, write_all
from tests.factories.experts import make_expertise
from tests.factories.member_states import make_liaison
from tests.factories.missions import make_mission, make_recommendation
from tests.factories.training import make_course

pytestmark = pytest.mark.django_db
WRITTEN = (AskedSupport, AskedSupportMove, ExpertiseEvaluation, Nomination, PlanMove, RecommendationReport)
PEOPLE = ("lead", "deputy", "contact point")


@pytest.fixture
def ground(chile, officer, lead_chl):
    """What a liaison of Chile may write to."""
    plan = begin(chile, officer)
    write_all(plan, officer)
    version, course = make_offer(plan, officer), make_course(chile)
    with scope(PROGRAMME):
        asked = AskedSupport.objects.create(state=chile, point=2, need="Train our judges", asked_by=lead_chl)
        expertise = make_expertise(chile, officer)
        advice = make_recommendation(make_mission(chile, officer))
    return SimpleNamespace(plan=plan, version=version, course=course, asked=asked, expertise=expertise, advice=advice)


def written_by(person, model, ground, chile):
    by = {"state": chile, "by": person}
    return {
        AskedSupport: {"key": uuid.uuid4(), "state": chile, "point": 1, "need": "A strategy", "asked_by": person},
        AskedSupportMove: {"subject": ground.asked, "status_before": "sent", "status_after": "withdrawn", **by},
        ExpertiseEvaluation: {"expertise": ground.expertise, "score": 4, **by},
        Nomination: {
            "course": ground.course,
            "state": chile,
            "name": "Nora Ejemplo",
            "email": "nora@example.org",
            "institution": "Ministry of Justice",
            "sector": "public",
            "language": "es",
            "why": "Works in the team",
            "nominated_by": person,
        },
        PlanMove: {
            "plan": ground.plan,
            "version": ground.version,
            "verb": "agree",
            "status_before": "draft",
            "status_after": "agreed",
            "name": person.name,
            **by,
        },
        RecommendationReport: {"recommendation": ground.advice, "status": "under way", **by},
    }[model]


def insert(person, model, facts):
    """As raw SQL writes the same row: what the programme would write, copied in the person's own scope."""
    table, cursor = model._meta.db_table, connection.cursor()
    with scope(Reach(staff=True, person=person.pk)):
        before = transaction.savepoint()
        cursor.execute(f"SELECT * FROM {table} WHERE id = %s", [model.objects.create(**facts).pk])  # noqa: S608
        columns, row = [column.name for column in cursor.description], cursor.fetchone()
        transaction.savepoint_rollback(before)
    with scope(reach_of(person)):
        said = ", ".join(["%s"] * len(columns))
        cursor.execute(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({said})", row)  # noqa: S608
        return cursor.rowcount


@pytest.mark.parametrize("kind", PEOPLE)
@pytest.mark.parametrize("model", WRITTEN)
def test_who_speaks_for_the_state_adds_its_rows_and_a_contact_point_does_not(model, kind, ground, chile):
    person = make_liaison("Carla Contacto", chile, kind)
    facts = written_by(person, model, ground, chile)

    if kind == "contact point":
        with pytest.raises(ProgrammingError, match="row-level security"):
            insert(person, model, facts)
    else:
        assert insert(person, model, facts) == 1


@pytest.mark.parametrize("kind", PEOPLE)
@pytest.mark.parametrize("model", [AskedSupport, Nomination])
def test_who_speaks_for_the_state_takes_its_rows_back_and_a_contact_point_finds_none_to_change(
    model, kind, ground, chile, lead_chl
):
    person = make_liaison("Carla Contacto", chile, kind)
    with scope(PROGRAMME):
        row = model.objects.create(**written_by(lead_chl, model, ground, chile))

    with scope(reach_of(person)), connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {model._meta.db_table} WHERE id = %s", [row.pk])  # noqa: S608
        assert cursor.fetchone() == (1,)
        cursor.execute(f"UPDATE {model._meta.db_table} SET status = 'withdrawn' WHERE id = %s", [row.pk])  # noqa: S608
        assert cursor.rowcount == (0 if kind == "contact point" else 1)


def test_nobody_writes_for_a_state_whose_contact_point_they_are_because_they_lead_another(
    ground, chile, jamaica, lead_jam
):
    Liaison.objects.create(state=chile, person=lead_jam, kind="contact point", starts_on=date(2020, 1, 1))

    with pytest.raises(ProgrammingError, match="row-level security"):
        insert(lead_jam, AskedSupport, written_by(lead_jam, AskedSupport, ground, chile))
