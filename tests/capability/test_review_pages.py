"""The review page, what was sent, and the history: what they show, and to whom."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from capability.actions.reviewing import decide, return_update
from capability.diff import sides_of
from capability.models import Answer, Evidence, Indicator, Submission, Update
from common.scope import PROGRAMME, reach_of, scope
from tests.factories.capability import make_accepted, make_round, make_submitted, make_update

ROOT = "/states/chile/updates/2026-2/"


@pytest.fixture
def accepted_before(edition, manager, chile, lead_chl):
    return make_accepted(make_update(make_round(edition, by=manager, number=1, closed=True), chile), by=lead_chl)


@pytest.fixture
def sent(update_chl, lead_chl):
    """D1.1 rises by two without a document, D1.2 by one with a link; the others are still true."""
    with scope(PROGRAMME):
        submission = Submission.objects.create(
            update_sent=update_chl,
            state_id=update_chl.state_id,
            key=uuid.uuid4(),
            number=1,
            submitted_by=lead_chl,
            authors=[lead_chl.pk],
        )
        for indicator in Indicator.objects.filter(factor__dimension__edition=update_chl.edition):
            rise = {"D1.1": 2, "D1.2": 1}.get(indicator.code, 0)
            Answer.objects.create(
                submission=submission,
                update=update_chl,
                state_id=update_chl.state_id,
                question=indicator.code,
                indicator=indicator,
                stage=2 + rise,
                text=f"chile {indicator.code}" + " <b>all year</b>" * bool(rise),
                is_changed=bool(rise),
                is_still_true=not rise,
            )
        facts = {"status": "operational", "name": "CSIRT"}
        Answer.objects.create(
            submission=submission, update=update_chl, state_id=update_chl.state_id, question="csirt", facts=facts
        )
        Evidence.objects.create(
            answer=submission.answers.get(question="D1.2"),
            state_id=update_chl.state_id,
            title="Consultation",
            link="https://gov.example/consultation",
            added_by=lead_chl,
            added_at=timezone.now(),
        )
        Update.objects.filter(pk=update_chl.pk).update(status="submitted", answered=27)
    return submission


def test_words_added_and_removed_are_marked():
    before, after = sides_of("Incidents are answered during office hours.", "Incidents are answered 24 hours a day.")

    assert [tuple(piece) for piece in before if piece.text.strip()] == [
        ("same", "Incidents are answered"),
        ("removed", "during office"),
        ("same", "hours"),
        ("same", "."),
    ]
    assert [tuple(piece) for piece in after if piece.text.strip()] == [
        ("same", "Incidents are answered"),
        ("added", "24"),
        ("same", "hours"),
        ("added", "a day"),
        ("same", "."),
    ]


@pytest.mark.parametrize("after", ["", "One.", "One  two\nthree, four ", "ñandú œuvre"])
def test_each_side_joined_is_its_text(after):
    before = " One two three. "

    sides = sides_of(before, after)

    assert tuple("".join(piece.text for piece in side) for side in sides) == (before, after)


def test_changed_answers_are_open_beside_the_last_accepted(sign_in, officer, accepted_before, sent):
    page = sign_in(officer).get(f"{ROOT}review/")

    words = page.content.decode()
    changed = {card.question.code: card for card in page.context["changed"]}
    assert list(changed) == ["csirt", "D1.1", "D1.2"]
    assert len(page.context["unchanged"]) == 22 - 1
    assert (changed["D1.1"].rise, changed["D1.2"].rise) == (2, 1)
    assert "Stage rises by 2 and has no document or link." in words
    assert "<ins>&lt;b&gt;all year&lt;/b&gt;</ins>" in words
    assert "Accept all 21 unchanged answers" in words
    assert "New, gov.example" in words


def test_staff_who_may_not_review_read_it(sign_in, observer, sent):
    page = sign_in(observer).get(f"{ROOT}review/")

    assert page.status_code == 200
    assert 'name="verdict"' not in page.content.decode()


@pytest.mark.parametrize(("status", "words"), [("draft", "has not sent this update yet"), ("returned", "is mending")])
def test_what_does_not_wait_says_why(sign_in, officer, update_chl, lead_chl, status, words):
    if status == "returned":
        make_submitted(update_chl, by=lead_chl)
        with scope(PROGRAMME):
            Update.objects.filter(pk=update_chl.pk).update(status=status)

    assert words in sign_in(officer).get(f"{ROOT}review/").content.decode()


@pytest.mark.parametrize("path", ["review/", "submissions/1/", "history/"])
@pytest.mark.parametrize(
    ("role", "statuses"),
    [
        ("officer", (200, 200, 200)),
        ("observer", (200, 200, 200)),
        ("lead_chl", (403, 200, 403)),
        ("deputy_chl", (403, 200, 403)),
        ("lead_jam", (404, 404, 404)),
        ("admin", (404, 404, 404)),
        ("outsider", (404, 404, 404)),
    ],
)
def test_who_may_open_which_page(sign_in, request, chile, sent, role, statuses, path):
    """Also when the state shares with everybody: sharing is of the profile, not of what was sent."""
    with scope(PROGRAMME):
        Update.objects.update(audience="public")
    expected = dict(zip(("review/", "submissions/1/", "history/"), statuses, strict=True))[path]

    assert sign_in(request.getfixturevalue(role)).get(ROOT + path).status_code == expected


@pytest.mark.parametrize("path", ["review/return/", "review/accept/", "review/unchanged/"])
@pytest.mark.parametrize(
    ("role", "status"), [("observer", 403), ("lead_chl", 403), ("lead_jam", 404), ("outsider", 404)]
)
def test_only_officers_act(sign_in, request, sent, role, status, path):
    assert sign_in(request.getfixturevalue(role)).post(ROOT + path).status_code == status


def test_the_state_reads_the_decisions_once_they_are_released(sign_in, officer, lead_chl, sent, update_chl):
    with scope(reach_of(officer)):
        for answer in Answer.objects.filter(submission=sent).select_related("submission", "update"):
            verdict, comment = ("return", "CANARY comment") if answer.question == "D1.1" else ("accept", "")
            decide(answer=answer, verdict=verdict, comment=comment, by=officer, version=0)
    client = sign_in(lead_chl)
    assert "CANARY" not in client.get(f"{ROOT}submissions/1/").content.decode()

    with scope(reach_of(officer)):
        return_update(update=update_chl, by=officer)

    words = client.get(f"{ROOT}submissions/1/").content.decode()
    assert "CANARY comment" in words
    assert "Ana Ejemplo" in words


def test_history_says_who_changed_the_stage_when_and_from_which_page(
    sign_in, officer, accepted_before, update_chl, lead_chl
):
    with scope(reach_of(lead_chl), page="POST /states/chile/updates/2026-2/send/"):
        submission = Submission.objects.create(
            update_sent=update_chl,
            state_id=update_chl.state_id,
            key=uuid.uuid4(),
            number=1,
            submitted_by=lead_chl,
            authors=[lead_chl.pk],
        )
        indicator = Indicator.objects.get(code="D1.2")
        Answer.objects.create(
            submission=submission,
            update=update_chl,
            state_id=update_chl.state_id,
            question="D1.2",
            indicator=indicator,
            stage=3,
            text="More",
        )

    page = sign_in(officer).get(f"{ROOT}history/?question=D1.2")

    (line,) = page.context["lines"]
    assert (line.who, line.entry.page) == ("Camila Muestra", "POST /states/chile/updates/2026-2/send/")
    assert ("Stage", "2 Formative", "3 Established") in line.changes
    assert "<del>2 Formative</del>" in page.content.decode()


def test_history_shows_raw_sql_too(sign_in, officer, sent, update_chl):
    with scope(PROGRAMME), connection.cursor() as cursor:
        cursor.execute("UPDATE capability_update SET answered = 3 WHERE id = %s", [update_chl.pk])

    line = sign_in(officer).get(f"{ROOT}history/").context["lines"][0]

    assert (line.who, line.entry.page) == ("Not known", "")
    assert [(change.before, change.after) for change in line.changes] == [("27", "3")]


def test_history_goes_on_page_by_page(sign_in, officer, sent, update_chl):
    with scope(PROGRAMME):
        for answered in range(60):
            Update.objects.filter(pk=update_chl.pk).update(answered=answered)
    client = sign_in(officer)

    first = client.get(f"{ROOT}history/")
    second = client.get(f"{ROOT}history/?before={first.context['older']}")

    assert len(first.context["lines"]) == 50
    newest, older = ({line.entry.pk for line in page.context["lines"]} for page in (first, second))
    assert min(newest) > max(older)
    assert "Newest" in second.content.decode()


def test_the_same_queries_for_few_answers_and_many(sign_in, officer, accepted_before, sent, update_jam, lead_jam):
    with scope(PROGRAMME):
        few = Submission.objects.create(
            update_sent=update_jam,
            state_id=update_jam.state_id,
            key=uuid.uuid4(),
            number=1,
            submitted_by=lead_jam,
            authors=[lead_jam.pk],
        )
        for question in ("D1.1", "csirt"):
            indicator = Indicator.objects.filter(code=question).first()
            Answer.objects.create(
                submission=few,
                update=update_jam,
                state_id=update_jam.state_id,
                question=question,
                indicator=indicator,
                stage=2 if indicator else None,
                facts={} if indicator else {"status": "none"},
            )
        Update.objects.filter(pk=update_jam.pk).update(status="submitted")
    client = sign_in(officer)
    client.get(f"{ROOT}review/")

    counts = []
    for path in ("/states/jamaica/updates/2026-2/review/", f"{ROOT}review/"):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        counts.append(len(queries))
    assert counts[1] - counts[0] <= 3  # documents of either side, asked for when there is an answer before
    assert max(counts) <= 36  # the last four keep who read it, after the page has gone out
