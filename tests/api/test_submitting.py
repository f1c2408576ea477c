"""Sending an update by a program: whole, once, by the lead liaison, and never over a colleague's words."""

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.utils import timezone

from capability.drafts import Content
from capability.models import Answer, AnswerDecision, DraftAnswer, Round, Submission, Update
from common.scope import PROGRAMME, reach_of, scope
from notices.models import Mail
from tests.capability.filling import CSIRT, STRATEGY, answer, copy_of, fill, make_threat_classes
from tests.factories.capability import make_accepted, make_round, make_update

SUBMIT = "updates/chile/2026-2/submit/"
CODES = [f"D{d}.{f}" for d, count in enumerate((4, 5, 4, 4, 6), start=1) for f in range(1, count + 1)]
FACTS = {
    "csirt": CSIRT,
    "strategy": STRATEGY,
    "threats": {"malicious-code": {"level": "high"}, "fraud": {"level": "low", "trend": "rising"}},
    "requests": {"4": "An exercise"},
}


def whole(**changed):
    """All 27 answers; `changed` by code with _ for the point takes the place of some, None leaves one out."""
    answers = {code: {"question": code, "stage": 2, "text": f"Because of {code}."} for code in CODES}
    answers |= {code: {"question": code, "facts": facts} for code, facts in FACTS.items()}
    answers |= {code.replace("_", "."): given for code, given in changed.items()}
    return {"answers": [given for given in answers.values() if given]}


@pytest.fixture
def program(update_chl, lead_chl, officer, program_of):
    make_threat_classes()
    return program_of(lead_chl, "read", "submit")


def send(program, body, key=None, path=SUBMIT):
    return program.post(path, body, Idempotency_Key=str(key or uuid.uuid4()))


def faults(answer):
    return {error["question"]: error["detail"] for error in answer.json()["errors"]}


def stored(lead):
    with scope(reach_of(lead)):
        return DraftAnswer.objects.count(), Submission.objects.count()


def test_a_whole_update_is_saved_and_sent(program, lead_chl, officer):
    proof = [{"title": "Decree 7", "link": "https://www.example.org/7"}]
    body = whole(D1_1={"question": "D1.1", "stage": 3, "text": "The policy was adopted.", "evidence": proof})

    answer = send(program, body)

    assert answer.status_code == 201
    assert answer.json()["reference"] == "CHL-2026-2-1"
    with scope(PROGRAMME):
        first = Answer.objects.get(question="D1.1")
        assert (first.stage, first.text) == (3, "The policy was adopted.")
        assert [(p.title, p.link) for p in first.evidence.all()] == [("Decree 7", "https://www.example.org/7")]
        assert Answer.objects.get(question="csirt").facts == CSIRT
        assert Answer.objects.get(question="threats").facts == FACTS["threats"]
        assert Answer.objects.count() == 27
        assert Update.objects.get().status == "submitted"
        assert set(Mail.objects.values_list("kind", "person__name")) >= {
            ("update sent", lead_chl.name),
            ("update waiting", officer.name),
        }


def test_it_is_stored_as_the_pages_store_it(program, update_chl, update_jam, lead_jam):
    send(program, whole())
    fill(update_jam, by=lead_jam)

    with scope(reach_of(lead_jam)):
        by_page = {d.question: (d.stage, d.facts, d.text) for d in DraftAnswer.objects.filter(update=update_jam)}
    with scope(PROGRAMME):
        by_program = {a.question: (a.stage, a.facts, a.text) for a in Answer.objects.filter(update=update_chl)}
    assert {code: by_program[code] for code in CODES} == {code: by_page[code] for code in CODES}
    assert by_program["strategy"] == by_page["strategy"]
    assert by_program["requests"] == by_page["requests"]


def test_the_same_key_gives_the_same_answer(program):
    key = uuid.uuid4()

    first, again = send(program, whole(), key), send(program, whole(), key)

    assert (first.status_code, again.status_code) == (201, 200)
    assert first.content == again.content
    with scope(PROGRAMME):
        assert Submission.objects.count() == 1
        assert Mail.objects.filter(kind="update sent").count() == 1


def test_another_key_is_told_that_it_was_sent(program):
    send(program, whole())

    again = send(program, whole())

    assert again.status_code == 409
    assert again.json()["detail"].endswith(".")


def test_a_key_serves_one_update(program, edition, manager, chile, lead_chl):
    key = uuid.uuid4()
    make_update(make_round(edition, by=manager, number=1), chile)
    send(program, whole(), key)

    assert send(program, whole(), key, "updates/chile/2026-1/submit/").status_code == 422


@pytest.mark.parametrize("key", ["", "7", "not-a-key"])
def test_a_key_is_needed(program, key, lead_chl):
    answer = program.post(SUBMIT, whole(), Idempotency_Key=key)

    assert answer.status_code == 400
    assert "UUID" in answer.json()["detail"]
    assert stored(lead_chl) == (0, 0)


def test_what_is_missing_is_named_and_nothing_is_saved(program, lead_chl):
    rise = {"question": "D2.2", "stage": None, "text": "No stage."}
    wrong = {"question": "csirt", "facts": {"status": "operational"}}

    answer = send(program, whole(D1_1=None, D2_2=rise, csirt=wrong))

    assert answer.status_code == 422
    assert set(faults(answer)) == {"D1.1", "D2.2", "csirt"}
    assert all(sentence.endswith(".") for sentence in faults(answer).values())
    assert stored(lead_chl) == (0, 0)


def test_a_rise_needs_its_proof(program, edition, manager, chile, lead_chl):
    before = make_update(make_round(edition, by=manager, number=1), chile)
    make_accepted(before, by=lead_chl, stage=2)
    higher = {"question": "D1.1", "stage": 4, "text": "It rose."}

    refused = send(program, whole(D1_1=higher))
    proven = send(program, whole(D1_1=higher | {"evidence": [{"link": "https://www.example.org/proof"}]}))

    assert refused.status_code == 422
    assert [(e["question"], e["field"]) for e in refused.json()["errors"]] == [("D1.1", "evidence")]
    assert proven.status_code == 201


def test_what_is_still_true_is_confirmed(program, edition, manager, chile, lead_chl, update_chl):
    before = make_update(make_round(edition, by=manager, number=1), chile)
    make_accepted(before, by=lead_chl, stage=2)
    same = {code.replace(".", "_"): {"question": code, "still_true": True} for code in CODES}

    assert send(program, whole(**same)).status_code == 201

    with scope(PROGRAMME):
        answers = Answer.objects.filter(update=update_chl, question__in=CODES)
        assert set(answers.values_list("stage", "is_still_true", "is_changed")) == {(2, True, False)}


def test_nothing_known_cannot_be_still_true(program, lead_chl):
    answer = send(program, whole(D1_1={"question": "D1.1", "still_true": True}))

    assert faults(answer).keys() == {"D1.1"}
    assert stored(lead_chl) == (0, 0)


def test_what_was_drafted_on_the_pages_counts(program, update_chl, deputy_chl):
    answer(update_chl, "D1.1", Content(stage=5, text="A colleague's words."), by=deputy_chl)

    sent = send(program, whole(D1_1=None))

    assert sent.status_code == 201
    with scope(PROGRAMME):
        assert Answer.objects.get(question="D1.1").text == "A colleague's words."
        assert deputy_chl.pk in Submission.objects.get().authors


def test_a_colleagues_words_are_not_overwritten_in_silence(program, update_chl, deputy_chl):
    answer(update_chl, "D1.1", Content(stage=5, text="A colleague's words."), by=deputy_chl)

    refused = send(program, whole())
    meant = send(program, whole() | {"replace_drafts": True})

    assert refused.status_code == 422
    assert set(faults(refused)) == {"D1.1"}
    assert meant.status_code == 201
    with scope(PROGRAMME):
        assert Answer.objects.get(question="D1.1").text == "Because of D1.1."


def test_fewer_words_do_not_wipe_out_more(program, update_chl, deputy_chl):
    answer(update_chl, "D1.1", Content(stage=2, text="A colleague's words."), by=deputy_chl)

    sent = send(program, whole(D1_1={"question": "D1.1", "stage": 2}))

    assert sent.status_code == 201
    with scope(PROGRAMME):
        assert Answer.objects.get(question="D1.1").text == "A colleague's words."


def returned(update, question, officer):
    with scope(PROGRAMME):
        submission = update.submissions.latest("number")
        for sent in submission.answers.all():
            AnswerDecision.objects.create(
                answer=sent,
                state_id=sent.state_id,
                verdict="return" if sent.question == question else "accept",
                comment="Attach the decree." if sent.question == question else "",
                by=officer,
                authors=submission.authors,
                is_released=True,
            )
        Update.objects.filter(pk=update.pk).update(status="returned")


def test_a_returned_update_is_mended_where_it_was_returned(program, update_chl, officer):
    send(program, whole())
    returned(update_chl, "D1.1", officer)
    told = program.get("updates/chile/2026-2/").json()["answers"]
    mended = {"question": "D1.1", "stage": 2, "text": "Because of decree 7."}

    as_it_was = send(program, {"answers": []})
    too_much = send(program, {"answers": [mended, {"question": "D1.2", "stage": 5, "text": "Sneaked in."}]})
    sent = send(program, {"answers": [mended]})

    assert [a["decision"]["comment"] for a in told if a["decision"]["verdict"] == "return"] == ["Attach the decree."]
    assert set(faults(as_it_was)) == {"D1.1"}
    assert set(faults(too_much)) == {"D1.2"}
    assert sent.json()["number"] == 2


def test_a_closed_round_takes_nothing(program, update_chl, manager, lead_chl):
    Round.objects.filter(pk=update_chl.round_id).update(closed_by=manager, closed_at=timezone.now())

    answer = send(program, whole())

    assert answer.status_code == 409
    assert stored(lead_chl) == (0, 0)


@pytest.mark.parametrize("who", ["deputy_chl", "officer", "manager", "observer"])
def test_only_the_lead_liaison_sends(program, program_of, lead_chl, who, request):
    other = program_of(request.getfixturevalue(who), "read", "submit")

    assert send(other, whole()).status_code == 403
    assert stored(lead_chl) == (0, 0)


MALFORMED = (
    [],
    None,
    {},
    {"answers": {}},
    {"answers": [7]},
    {"answers": [{"stage": 2}]},
    {"answers": [{"question": "D9.9", "stage": 2}]},
    {"answers": [{"question": "D1.1", "stage": 9}]},
    {"answers": [{"question": "D1.1", "stage": True}]},
    {"answers": [{"question": "D1.1", "stage": 2, "text": ["a"]}]},
    {"answers": [{"question": "D1.1", "stage": 2, "text": "a\x00b"}]},
    {"answers": [{"question": "D1.1", "stage": 2, "text": "x" * 4001}]},
    {"answers": [{"question": "D1.1", "stage": 2, "facts": {"status": "operational"}}]},
    {"answers": [{"question": "D1.1", "stage": 2, "audience": "public"}]},
    {"answers": [{"question": "D1.1", "stage": 2}, {"question": "D1.1", "stage": 3}]},
    {"answers": [{"question": "D1.1", "stage": 2, "still_true": True}]},
    {"answers": [{"question": "D1.1", "stage": 2, "evidence": [{"link": "https://a.example", "file": 7}]}]},
    {"answers": [{"question": "D1.1", "stage": 2, "evidence": [{"link": "https://a.example"}] * 11}]},
    {"answers": [{"question": "csirt", "stage": 2}]},
    {"answers": [{"question": "csirt", "facts": {"audience": "public"}}]},
    {"answers": [{"question": "csirt", "facts": {"name": {"a": 1}}}]},
    {"answers": [{"question": "csirt", "facts": {"answers_day_and_night": [True]}}]},
    {"answers": [{"question": "threats", "facts": {"no-such-threat": {"level": "high"}}}]},
    {"answers": [{"question": "threats", "facts": {"fraud": "high"}}]},
    {"answers": [{"question": "requests", "facts": {"8": "More"}}]},
    {"answers": [], "status": "accepted"},
)


@pytest.mark.parametrize("body", MALFORMED)
def test_what_is_malformed_is_refused_with_a_sentence(program, lead_chl, body):
    answer = send(program, body)

    assert answer.status_code == 400, answer.content
    assert answer.json()["errors"]
    assert stored(lead_chl) == (0, 0)


@pytest.mark.parametrize(
    ("raw", "kind", "code"),
    [
        ('{"answers": ', "application/json", 400),
        ("[" * 100_000, "application/json", 400),
        ('{"answers": [{"question": "D1.1", "text": "\\ud800"}]}', "application/json", 400),
        ('{"answers": [{"question": "D1.1", "stage": NaN}]}', "application/json", 400),
        ('{"answers": "' + "x" * 3_000_000 + '"}', "application/json", 413),
        ("answers=1", "application/x-www-form-urlencoded", 415),
    ],
)
def test_what_cannot_be_read_is_refused(program, lead_chl, raw, kind, code):
    headers = {"Authorization": f"Bearer {program.secret}", "Idempotency-Key": str(uuid.uuid4())}

    answer = program.client.post(f"/api/v1/{SUBMIT}", raw, content_type=kind, headers=headers)

    assert answer.status_code == code
    assert answer.json()["detail"]
    assert stored(lead_chl) == (0, 0)


@pytest.mark.parametrize("link", ["javascript:alert(1)", "no address", "http://"])
def test_links_are_web_addresses(program, lead_chl, link):
    answer = send(program, whole(D1_1={"question": "D1.1", "stage": 2, "text": "So.", "evidence": [{"link": link}]}))

    assert answer.status_code == 422
    assert set(faults(answer)) == {"D1.1"}


def test_the_working_copy_stays_as_it_was_when_sending_fails(program, update_chl, deputy_chl, lead_chl):
    answer(update_chl, "D1.1", Content(stage=5, text="A colleague's words."), by=deputy_chl)

    send(program, whole(D1_2=None) | {"replace_drafts": True})

    with scope(reach_of(lead_chl)):
        assert copy_of(update_chl, lead_chl).items["D1.1"].content.text == "A colleague's words."
        assert DraftAnswer.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_twenty_posts_of_one_key_at_once_are_one_submission(program):
    key = uuid.uuid4()

    def press(_number: int) -> tuple[int, bytes]:
        try:
            sent = send(program, whole(), key)
            return sent.status_code, sent.content
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        sent = list(threads.map(press, range(20)))

    assert sorted(code for code, _body in sent) == [200] * 19 + [201]
    assert len({body for _code, body in sent}) == 1
    with scope(PROGRAMME):
        assert Submission.objects.count() == 1
        assert Answer.objects.count() == 27
        assert Mail.objects.filter(kind="update sent").count() == 1
