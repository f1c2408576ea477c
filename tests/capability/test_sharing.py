"""What the preview of a sharing choice says is what each reader then finds, and only the lead liaison chooses."""

import re
from typing import Any

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.db import InternalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.actions import make_token
from accounts.models import AuditEntry
from capability.actions.sharing import FACTS, set_sharing
from capability.audiences import audiences_of, fingerprint, sights, sights_after
from capability.models import (
    Answer,
    CsirtStatus,
    Evidence,
    SharingChange,
    StrategyStatus,
    StrategyVersion,
    SupportRequest,
    ThreatClass,
    ThreatLevel,
    Update,
)
from capability.shared_items import SharedItems
from common.scope import PROGRAMME, Reach, reach_of, scope
from documents.models import File
from member_states.models import MemberState, Sharing
from tests.factories.capability import four, make_accepted, make_round, make_submitted, make_update
from tests.factories.member_states import make_liaison
from tests.signing_in import sign_in_from_inside

PAGE = "/states/chile/sharing/"
CHOICES = Sharing.values
pytestmark = pytest.mark.django_db


@pytest.fixture
def profile(edition: Any, manager: Any, open_round: Any, chile: Any, lead_chl: Any) -> Update:
    """Two accepted updates, one more in review, facts of each kind, a file and a link that prove an answer."""
    first = make_update(make_round(edition, by=manager, number=1, closed=True), chile)
    make_accepted(first, by=lead_chl)
    update = make_update(open_round, chile)
    submission = make_accepted(update, by=lead_chl, stage=3)
    make_submitted(make_update(make_round(edition, by=manager, year=2027, number=1), chile), by=lead_chl, text="waits")
    with scope(PROGRAMME):
        threat = ThreatClass.objects.create(code="fraud", position=1, **four("name", "Fraud"), **four("help", "x"))
        said = {"state": chile, "update": update, "audience": "programme"}
        CsirtStatus.objects.create(status="operational", name="The secret team", **said)
        StrategyStatus.objects.create(step="drafting", title="The secret strategy", **said)
        ThreatLevel.objects.create(threat=threat, level="high", source_note="The secret source", **said)
        SupportRequest.objects.create(point=2, need="The secret need", **said)
    _prove(_answer(submission), lead_chl)
    return update


def _answer(submission: Any) -> Answer:
    with scope(PROGRAMME):
        return submission.answers.get(question="D1.1")


def _prove(answer: Answer, by: Any) -> None:
    with scope(Reach(states=(answer.state_id,), person=by.pk)):
        content = b"%PDF-1.4 secret"
        file = File(state_id=answer.state_id, name="secret.pdf", media_type="application/pdf", size=len(content))
        file.sha256, file.uploaded_by, file.is_sent = "0" * 64, by, True
        file.content.save("secret.pdf", ContentFile(content), save=False)
        file.save()
        said = {"answer": answer, "state_id": answer.state_id, "added_by": by, "added_at": timezone.now()}
        Evidence.objects.create(title="The secret law", file=file, **said)
        Evidence.objects.create(title="The secret link", link="https://gov.example/x", **said)


def choose(state: Any, sharing: str, by: Any) -> None:
    with scope(reach_of(by)):
        set_sharing(state=state, sharing=sharing, by=by)


def foreseen(state: Any, sharing: str, by: Any) -> dict[str, frozenset[Any]]:
    with scope(reach_of(by)):
        return {sight.audience.code: sight.then for sight in sights_after(state, sharing, by)}


def ids(keys: Any, model: Any) -> set[int]:
    return {pk for label, pk in keys if label == model._meta.label_lower}


def entered(person: Any) -> Client:
    client = Client()
    if person:
        sign_in_from_inside(client, person)
    return client


def download(person: Any, file: File) -> int:
    answer = entered(person).get(f"/files/{file.token}/")
    b"".join(answer.streaming_content) if answer.streaming else answer.content
    return answer.status_code


def of_the_api(person: Any, path: str) -> set[int]:
    _token, secret = make_token(name="A program", scopes=["read"], days=30, by=person)
    found, url = set(), f"/api/v1/{path}"
    while url:
        answer = Client().get(url, headers={"Authorization": f"Bearer {secret}"}).json()
        found |= {row["id"] for row in answer["results"]}
        url = answer["next"]
    return found


@pytest.mark.parametrize("before", CHOICES)
@pytest.mark.parametrize("after", CHOICES)
def test_each_audience_finds_on_page_and_in_the_api_what_the_preview_said(
    before, after, profile, chile, lead_chl, lead_jam, outsider, officer
):
    choose(chile, before, lead_chl)
    said = foreseen(chile, after, lead_chl)
    choose(chile, after, lead_chl)

    readers = {"programme": officer, "states": lead_jam, "public": None}
    for code, person in readers.items():
        page = entered(person).get("/states/chile/maturity/").content.decode()
        overview = entered(person).get("/states/chile/").content.decode()
        with scope(PROGRAMME):
            current = dict(Answer.objects.current().values_list("pk", "text"))
        seen = ids(said[code], Answer) & set(current)
        assert {pk for pk, text in current.items() if text and text in page} == {pk for pk in seen if current[pk]}
        for model, words in (
            (CsirtStatus, "The secret team"),
            (ThreatLevel, "Fraud en"),
            (SupportRequest, "The secret need"),
        ):
            assert (words in overview) == bool(ids(said[code], model)), (code, model)
        assert ("The secret law" in page) == bool(ids(said[code], Evidence))
        program = person or outsider
        assert of_the_api(program, "answers/?state=chile") == seen
        for path, model in (("csirts", CsirtStatus), ("strategies", StrategyStatus), ("requests", SupportRequest)):
            assert of_the_api(program, f"facts/{path}/?state=chile") == ids(said[code], model), (code, path)


@pytest.mark.parametrize("sharing", CHOICES)
def test_a_file_is_downloaded_by_exactly_those_whom_the_preview_names(
    sharing, profile, chile, lead_chl, deputy_chl, lead_jam, officer
):
    said = foreseen(chile, sharing, lead_chl)
    choose(chile, sharing, lead_chl)
    with scope(PROGRAMME):
        file = File.objects.get()

    for code, person in (("programme", officer), ("states", lead_jam), ("public", None)):
        status = download(person, file)
        assert (status == 200) == (file.pk in ids(said[code], File)), (code, status)
    assert download(deputy_chl, file) == 200


def test_what_another_state_shares_is_no_part_of_the_preview(profile, chile, lead_chl, open_round, jamaica, lead_jam):
    """Jamaica has everything that Chile has, and shares it with everybody."""
    with scope(reach_of(lead_chl)):
        before = [(sight.audience.code, sight.now) for sight in sights(chile)]
    update = make_update(open_round, jamaica)
    answer = _answer(make_accepted(update, by=lead_jam, audience="public"))
    _prove(answer, lead_jam)
    make_liaison("Nadia Sample", jamaica, "deputy")
    with scope(PROGRAMME):
        said = {"state": jamaica, "update": update, "audience": "public"}
        CsirtStatus.objects.create(status="operational", **said)
        SupportRequest.objects.create(point=2, need="A need", **said)
        StrategyStatus.objects.create(step="drafting", **said)
    with scope(reach_of(lead_chl)):
        after = [(sight.audience.code, sight.now) for sight in sights(chile)]

    assert after == before


def test_what_proves_an_answer_that_waits_is_no_part_of_it(profile, chile, lead_chl):
    with scope(PROGRAMME):
        waiting = Answer.objects.filter(state=chile, is_accepted=False, question="D1.1").first()
    with scope(reach_of(lead_chl)):
        before = [ids(sight.now, Evidence) for sight in sights(chile)]
    _prove(waiting, lead_chl)
    with scope(reach_of(lead_chl)):
        after = [ids(sight.now, Evidence) for sight in sights(chile)]

    assert after == before


def test_where_there_is_one_state_alone_no_other_looks(db):
    """Whatever its number is: nobody reads as a liaison of the state itself."""
    MemberState.objects.create(pk=1, slug="only", alpha2="ON", alpha3="ONL", year_joined=1948)
    states = audiences_of(MemberState.objects.get())[1].reader.reach.states

    assert 1 not in states


def test_whoever_looks_for_an_audience_writes_nothing(profile, chile, lead_chl, monkeypatch):
    def writing(state, reader):
        Update.objects.update(version=9)
        return []

    monkeypatch.setattr("capability.audiences.shown", writing)

    with pytest.raises(InternalError, match="read-only"), scope(reach_of(lead_chl)):
        sights(chile)


def test_a_preview_changes_nothing(sign_in, profile, chile, lead_chl):
    entries = AuditEntry.objects.count()
    page = sign_in(lead_chl).post(PAGE, {"sharing": "public"})

    assert page.status_code == 200
    assert MemberState.objects.get(pk=chile.pk).sharing == "programme"
    with scope(PROGRAMME):
        assert not Answer.objects.filter(audience="public").exists()
        assert not SharingChange.objects.exists()
    assert AuditEntry.objects.count() == entries


def test_the_page_says_what_becomes_visible_and_what_is_hidden(sign_in, profile, chile, lead_chl):
    shown = sign_in(lead_chl).post(PAGE, {"sharing": "states"}).content.decode()
    assert "Will see it" in shown
    assert "No longer sees it" not in shown

    choose(chile, "states", lead_chl)
    shown = sign_in(lead_chl).post(PAGE, {"sharing": "programme"}).content.decode()
    assert "No longer sees it" in shown
    assert "Will see it" not in shown


def test_everything_an_audience_sees_stands_on_the_page_once(profile, chile, lead_chl):
    with scope(reach_of(lead_chl)):
        seen = sights(chile)
        items = [line.item for group in SharedItems(lead_chl, chile, seen).groups for line in group.lines]

    named = [key for item in items for key in item.keys]
    assert len(named) == len(set(named))
    assert set(named) == frozenset().union(*(sight.now for sight in seen))


def confirm(client: Client, sharing: str) -> Any:
    shown = client.post(PAGE, {"sharing": sharing}).content.decode()
    sign = re.search(r'name="seen" value="(\w+)"', shown)
    return client.post(PAGE, {"sharing": sharing, "seen": sign[1] if sign else ""})


def test_confirming_is_dated_and_told_to_the_state_and_to_staff_alone(
    sign_in, profile, chile, lead_chl, deputy_chl, officer, lead_jam
):
    assert confirm(sign_in(lead_chl), "states").status_code == 302

    with scope(PROGRAMME):
        change = SharingChange.objects.get()
        entry = AuditEntry.objects.filter(model="member_states.memberstate").latest("id")
    assert (change.before, change.after, change.by) == ("programme", "states", lead_chl)
    assert (entry.by_id, entry.after["sharing"]) == (lead_chl.pk, "states")
    for reader in (lead_chl, deputy_chl, officer):
        assert lead_chl.name in sign_in(reader).get(PAGE).content.decode().split('id="history"')[1]
    assert sign_in(lead_jam).get(PAGE).status_code == 403
    with scope(reach_of(lead_jam)):
        assert not SharingChange.objects.exists()


def test_what_is_confirmed_is_what_was_seen(sign_in, profile, chile, lead_chl):
    client = sign_in(lead_chl)
    with scope(reach_of(lead_chl)):
        sign = fingerprint("public", sights_after(chile, "public", lead_chl))
    with scope(PROGRAMME):
        SupportRequest.objects.create(state=chile, update=profile, point=4, need="Later", audience="programme")
    answer = client.post(PAGE, {"sharing": "public", "seen": sign})

    assert answer.status_code == 409
    assert "Something changed since you looked" in answer.content.decode()
    assert MemberState.objects.get(pk=chile.pk).sharing == "programme"


def test_only_the_lead_may(profile, lead_chl, deputy_chl, lead_jam, officer, manager):
    for person in (deputy_chl, lead_jam, officer, manager):
        assert entered(person).post(PAGE, {"sharing": "public"}).status_code == 403
    assert entered(lead_chl).post(PAGE, {"sharing": "public"}).status_code == 200
    assert entered(lead_chl).post(PAGE, {"sharing": "all"}).status_code == 422


def test_choosing_what_holds_already_is_no_change(profile, chile, lead_chl):
    choose(chile, "programme", lead_chl)

    with scope(PROGRAMME):
        assert not SharingChange.objects.exists()


def test_every_table_with_an_audience_follows_the_choice():
    """A new kind of fact joins `FACTS`, or the choice would pass it by.

    The index of search follows the things; who reads of an activity or an agreement is said of each by an officer.
    """
    others = ("search", "action_plan", "partnerships")
    models = [model for model in apps.get_models() if model._meta.app_label not in others]
    having = {model for model in models if any(f.name == "audience" and not f.is_relation for f in model._meta.fields)}
    assert having == {Answer, Update, *FACTS}


def test_the_page_asks_as_often_for_many_things(sign_in, profile, chile, lead_chl):
    counted: list[int] = []
    client = sign_in(lead_chl)
    client.post(PAGE, {"sharing": "public"})
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            client.post(PAGE, {"sharing": "public"})
        counted.append(len(asked))
        with scope(PROGRAMME):
            for number in range(10):
                name = f"Version {number}"
                StrategyVersion.objects.create(state=chile, update=profile, title=name, audience="programme")
    assert counted[0] == counted[1]
