"""A form changes what it shows and nothing else: posted with every column of every table, it does what it did without.

Each action is done twice as it should be, to learn what differs by itself (times, numbers, secrets), and once with all
names beside it. What then differs was taken from the request.
"""

import json
import re

import pytest
from django.apps import apps
from django.db import connection, models

from action_plan.forms.activities import ActivityForm
from common.scope import scope
from csirt_network.forms.alerts import TEXTS
from member_states.models import MemberState
from partnerships.forms.agreements import AgreementForm
from partnerships.forms.promise_fields import four
from partnerships.terms import TERMS
from tests.access.correspondence import ALSO_OFFERED as OF_CORRESPONDENCE
from tests.access.partner_operations import ALSO_OFFERED as OF_OPERATIONS
from tests.access.payloads import PAYLOADS
from tests.access.test_matrix import POSTS, named, url_of
from tests.access.visits import reaches, visit
from tests.house.sources import APPS, ROOT

pytestmark = pytest.mark.django_db
ACTING = [row for row in POSTS if "." in row.cells and not row.first.startswith(("sign-out/", "api/"))]
# Nobody of the world is served there, so nothing can be compared. Where else what they take is asked:
ASKED_ELSEWHERE = {
    "api/v1/alerts/<int:pk>/acknowledge/": "tests/api/test_anything_sent.py",
    "api/v1/alerts/<int:pk>/sightings/": "tests/api/test_anything_sent.py",
    "api/v1/commitments/<int:pk>/deliveries/": "tests/api/test_anything_sent.py",
    "api/v1/exercises/<slug:slug>/injects/<int:number>/responses/": "tests/api/test_anything_sent.py",
    "api/v1/updates/<slug:state>/<slug:round>/submit/": "tests/api/test_submitting.py",
    "colleague/<int:pk>/": "tests/ministry_desk/test_nothing_else.py",
    "taxii2/network/collections/<str:collection>/objects/": "tests/exchange/test_taxii.py",
    "taxii2/<path:rest>": "tests/exchange/test_taxii.py",
    # Both refuse what their record does not allow; their forms name their fields, as tests/house/test_house.py asks.
    "requests/<int:pk>/plan/": "tests/house/test_house.py",
    "states/<slug:slug>/deployment/start/": "tests/house/test_house.py",
    "sign-out/": "tests/accounts/test_sessions.py",
}
# Fields that a form offers and that payloads.py leaves out: these may change.
INVITATION = {f"invitation_{language}" for language in ("en", "es", "fr", "pt_br")}
LIBRARY_ITEM = {f"{part}_{language}" for part in ("title", "summary") for language in ("en", "es", "fr", "pt_br")}
LIBRARY_ITEM |= {"topics", "rsit", "sim3", "sim3_level", "point", "origin"}
LIBRARY_VERSION = {f"{part}_{language}" for part in ("file", "link") for language in ("en", "es", "fr", "pt-br")}
LIBRARY_VERSION |= {"changes", "lowered_because", "left_out"}
WORKING_GROUP = {f"{part}_{language}" for part in ("name", "mandate") for language in ("en", "es", "fr", "pt_br")}
WORKING_GROUP |= {"chair_team", "is_open", "ends_on", "teams"}
SIM3_PROFILE = {"name_es", "name_fr", "name_pt_br", "is_offered"}
MATERIAL = {f"title_{language}" for language in ("en", "es", "fr", "pt_br")}
MATERIAL |= {f"file_{language}" for language in ("en", "es", "fr", "pt-br")}
OF_ALERTS = {
    "answer_by",
    "cves",
    "file",
    "file_tlp",
    "groups",
    "is_exercise",
    "people",
    "products",
    "quotes",
    "taken_away",
    *TEXTS,
}
OF_ACTIVITIES = set(ActivityForm.Meta.fields) | {"states"}
OF_PARTNERS = {f"{part}_{language}" for part in ("name", "about") for language in ("en", "es", "fr", "pt_br")}
OF_PARTNERS |= {"short_name", "state", "until", "website", "source", "source_note"}
OF_AGREEMENTS = {*AgreementForm.Meta.fields, "instruments", "party-0-as_stated", "party-1-as_stated"}
COMMITMENT = {*four("what"), "objectives", "points", "activities", "source"}
CONTRIBUTION = {*four("what"), "as_stated", "programme", "announced_on", "announced_by", "source"}
DELIVERY = {"link", "files", "fulfils", "taken_away"}
ALLOCATION = {"activity", "point", "note"}
ALSO_OFFERED = {
    **OF_CORRESPONDENCE,
    "exchange/imports/new/": {"team"},
    "partners/new/": OF_PARTNERS,
    "partners/<slug:slug>/edit/": OF_PARTNERS,
    "agreements/new/": OF_AGREEMENTS,
    "agreements/<slug:slug>/edit/": OF_AGREEMENTS,
    "agreements/<slug:slug>/amendments/": set(TERMS),
    "agreements/<slug:slug>/links/": {f"why_{language}" for language in ("en", "es", "fr", "pt_br")},
    "agreements/<slug:slug>/commitments/new/": COMMITMENT,
    "agreements/<slug:slug>/contributions/new/": CONTRIBUTION,
    "commitments/<int:pk>/edit/": COMMITMENT,
    "commitments/<int:pk>/deliveries/new/": DELIVERY,
    "deliveries/<int:pk>/edit/": DELIVERY,
    "contributions/<slug:slug>/edit/": CONTRIBUTION,
    "contributions/<slug:slug>/instalments/new/": {"received_on", "note"},
    "contributions/<slug:slug>/instalments/<int:pk>/": {"received_on", "note"},
    "contributions/<slug:slug>/allocations/new/": ALLOCATION,
    "contributions/<slug:slug>/allocations/<int:pk>/": ALLOCATION,
    "exchange/tokens/new/": {"networks"},
    "experts/new/": {"country", "countries"},
    "experts/<int:pk>/edit/": {"country", "countries"},
    "expertise/new/": {"officer", "is_shared"},
    "missions/<slug:slug>/edit/": {"answers"},
    "missions/<slug:slug>/team/": {"form-0-expert_id"},
    "missions/new/": {"answers", "requested_on", "request", "terms", "agenda", "officer"},
    "exercises/new/": {"planned_at"},
    "exercises/<slug:slug>/edit/": {"planned_at"},
    "exercises/<slug:slug>/injects/new/": {"due_minute", "allowed", "only"},
    "exercises/<slug:slug>/injects/<int:number>/edit/": {"due_minute", "allowed", "only"},
    "exercises/<slug:slug>/recommendations/new/": {"factor"},
    "missions/<slug:slug>/recommendations/new/": {"factor", "liaison"},
    "recommendations/<int:pk>/edit/": {"factor", "liaison"},
    "network/applications/<int:pk>/fill/": {"short_name", "host", "file"},
    "network/applications/<int:pk>/meeting/": {"statement"},
    "working-groups/new/": WORKING_GROUP,
    "working-groups/<slug:slug>/edit/": WORKING_GROUP,
    "working-groups/<slug:slug>/meetings/new/": {"link", "agenda"},
    "working-groups/<slug:slug>/meetings/<int:pk>/edit/": {"link", "agenda"},
    "working-groups/<slug:slug>/papers/new/": {"meeting"},
    "sharing-groups/new/": {"purpose", "hides_members", "ends_on"},
    "sharing-groups/<slug:slug>/edit/": {"purpose", "hides_members", "ends_on"},
    "campaigns/<slug:slug>/edit/": {"groups", "channels"},
    "campaigns/<slug:slug>/materials/new/": MATERIAL,
    "campaigns/<slug:slug>/reach/new/": {"note"},
    "materials/<int:pk>/edit/": MATERIAL,
    "library/new/": LIBRARY_ITEM,
    "library/<int:pk>/edit/": LIBRARY_ITEM,
    "library/<int:pk>/version/": LIBRARY_VERSION,
    "profile/": {"shortcuts"},
    "states/<slug:slug>/plan/<int:pk>/points/<int:point>/": {
        "is_refreshed",
        "needs",
        "not_needed_because",
        "target_on",
    },
    "people/invite/": {"team", "partner"},
    "states/<slug:state>/updates/<slug:round>/<slug:section>/": {"D1-1-link", "D1-1-title", "D1-1-file"},
    "rounds/new/": INVITATION,
    "rounds/<slug:round>/open/": INVITATION,
    "activities/new/": OF_ACTIVITIES,
    "activities/<slug:slug>/edit/": OF_ACTIVITIES,
    "activities/<slug:slug>/cost/": {"paid_by"},
    "activities/<slug:slug>/participants/": {"form-0-state", "form-0-other", "form-0-not_stated"},
    "alerts/new/": OF_ALERTS,
    "alerts/<int:pk>/edit/": OF_ALERTS,
    "alerts/<int:pk>/version/": OF_ALERTS,
    "alerts/<int:pk>/label/": {"reason"},
    "alerts/<int:pk>/sightings/": {"indicator", "note"},
    "csirts/<slug:slug>/maturity/<int:version>/<slug:quadrant>/": {"H-1-evidence", "H-1-link"},
    "network/maturity/profiles/new/": SIM3_PROFILE,
    "network/maturity/profiles/<slug:slug>/": SIM3_PROFILE,
    "reports/make/": {"kind", "state"},
    "reports/schedules/new/": {"weekday"},
    "reports/schedules/<int:pk>/": {"weekday"},
    **OF_OPERATIONS,
}
OLD, MOMENT = "1999-09-09T09:09:09Z", re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d|\d{12}$")
RECORDS = {"accounts_auditentry", "audit_fingerprint", "django_session", "usersessions_usersession", "search_stale"}
ROWS = "SELECT to_jsonb(t) FROM {} t"


def names_of_columns(world):
    """Every name with a value that would do harm, were it taken."""
    people, jamaica = world.people, MemberState.objects.get(slug="jamaica").pk
    harm = {
        "state": jamaica, "status": "accepted", "audience": "public", "sharing": "public", "version": "99",
        "number": "77", "by": people["manager"].pk, "person": people["observer"].pk, "is_accepted": "on",
        "is_current": "on", "is_staff": "on", "is_superuser": "on", "role": "administrator", "kind": "lead",
        "authors": str(people["officer"].pk), "verdict": "accept", "email": "other@example.org",
    }  # fmt: skip
    found = {}
    for model in apps.get_models():
        for field in model._meta.fields if model._meta.app_label in APPS else ():
            for name in {field.name, field.attname}:
                found.setdefault(name, value_for(field, people["manager"].pk))
    found |= harm
    return found | {f"{name}_id": value for name, value in harm.items() if f"{name}_id" in found}


def value_for(field, person):
    if isinstance(field, models.ForeignKey):
        return person
    if field.choices:
        return str(field.flatchoices[-1][0])
    if isinstance(field, models.BooleanField):
        return "on"
    if isinstance(field, models.DateTimeField):
        return OLD
    if isinstance(field, models.DateField):
        return "1999-09-09"
    if isinstance(field, models.IntegerField):
        return "77"
    return '{"taken": true}' if isinstance(field, models.JSONField) else "TAKEN"


def rows_of(world, tables):
    """[(table, row)] of all that anybody could see."""
    found = set()
    for reach in reaches(world):
        with scope(reach), connection.cursor() as cursor:
            for table in tables:
                cursor.execute(ROWS.format(connection.ops.quote_name(table)))
                found |= {(table, row) for (row,) in cursor.fetchall()}
    return [(table, json.loads(row)) for table, row in sorted(found)]


def prefixes_of(body):
    return {"", *(name.rsplit("-", 1)[0] + "-" for name in body if "-" in name and not name.endswith("_FORMS"))}


def few_at_once(names, prefixes):
    """A request carries a thousand fields at most."""
    names, size = list(names.items()), 900 // len(prefixes)
    return [dict(names[start : start + size]) for start in range(0, len(names), size)]


def done(world, row, role, more):
    """What the action leaves in the tables it changes."""
    body = PAYLOADS[row.first](world)
    extra = {f"{prefix}{name}": value for prefix in prefixes_of(body) for name, value in more.items()}
    offered = ALSO_OFFERED.get(row.first, ())
    tables = set(CHANGES.get((row, role), ()))
    data = {name: value for name, value in extra.items() if name not in body and name not in offered} | body
    seen = visit(world, role, "POST", url_of(world, row), data, look=lambda: rows_of(world, tables))
    CHANGES[row, role] = (seen.changed | tables) - RECORDS
    return seen


CHANGES = {}


def steady(rows, others):
    """Without the columns in which two runs of the same differ; rows as sets of what stays."""
    unsteady = {}
    for table in {table for table, _ in (*rows, *others)}:
        unsteady[table] = {
            name
            for name in next(row for t, row in (*rows, *others) if t == table)
            if values(rows, table, name) != values(others, table, name)
        }
    return unsteady


def values(rows, table, name):
    return sorted(json.dumps(settled(row.get(name))) for t, row in rows if t == table)


def settled(value):
    """Two runs within the same second agree on a time by chance, and the third does not; what would be taken is old."""
    is_time = isinstance(value, str) and MOMENT.match(value) and not value.startswith(OLD[:4])
    return "a time" if is_time else value


@pytest.fixture(autouse=True)
def _every_column_fits(settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = None


def test_no_action_is_left_out_in_silence():
    assert {row.first for row in POSTS} - {row.first for row in ACTING} == set(ASKED_ELSEWHERE)
    assert [path for path in ASKED_ELSEWHERE.values() if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("row", named(ACTING))
def test_only_what_a_form_shows_is_taken(world, row):
    role = next(role for role, code in row.wanted().items() if code == ".")
    done(world, row, role, {})  # which tables it changes
    first, second = done(world, row, role, {}), done(world, row, role, {})
    unsteady = steady(first.looked, second.looked)

    for names in few_at_once(names_of_columns(world), prefixes_of(PAYLOADS[row.first](world))):
        hostile = done(world, row, role, names)
        assert hostile.status == first.status
        faults = []
        for table in {table for table, _ in first.looked + hostile.looked}:
            for name in next(r for t, r in first.looked + hostile.looked if t == table):
                before, after = values(first.looked, table, name), values(hostile.looked, table, name)
                if name not in unsteady.get(table, ()) and before != after:
                    faults.append(f"{table}.{name}: {sorted(set(after) - set(before))[:3]}")
        assert not faults, "\n".join(faults)
        assert hostile.changed - RECORDS <= first.changed | second.changed | set(CHANGES[row, role])
