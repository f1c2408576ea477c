"""The sections without a stage in full: lists without a script, dates, sources, and the rows that acceptance writes."""

import pytest

from capability.actions.accepting import accept_update
from capability.actions.reviewing import decide
from capability.actions.sending import submit_update
from capability.actions.withdrawing import withdraw_acceptance
from capability.drafts import Content
from capability.models import (
    Answer,
    DraftAnswer,
    StrategyConsultation,
    StrategyStep,
    StrategyVersion,
    SupportRequest,
    ThreatLevel,
)
from common.scope import PROGRAMME, reach_of, scope
from tests.capability.filling import STRATEGY, answer, copy_of, fill, make_threat_classes, url
from tests.capability.test_workbook import confirm, download, enter, send
from tests.factories.capability import make_round, make_update

FULL = {
    **STRATEGY,
    "stages": {"initiation": "2021", "adoption": "2023-05"},
    "versions": [{"title": "First policy", "adopted": "2016", "link": "https://www.example.org/1"}],
    "consultations": [{"sector": "academia", "held": "2022-11", "women": 12, "men": 8}],
}
PLAIN = {"strategy-revision": "0", "strategy-step": "drafting", "strategy-in_force": "no", "strategy-title": "A draft"}


def post(client, update, do, **typed):
    fields = {f"strategy-{name.replace('__', '-')}": value for name, value in typed.items()}
    return client.post(url(update, "strategy"), {**PLAIN, **fields, "do": do})


def facts_of(update, by, question="strategy"):
    with scope(reach_of(by)):
        return DraftAnswer.objects.get(update=update, question=question).facts


def accept(update, by, officer):
    with scope(reach_of(by)):
        submit_update(update=update, key="0d1c4a52-5fd5-4f36-9f4e-25d1f1f7a3a1", by=by)
    with scope(reach_of(officer)):
        for sent in Answer.objects.filter(update=update).select_related("submission", "update"):
            decide(answer=sent, verdict="accept", comment="", by=officer, version=0)
        accept_update(update=update, by=officer)


@pytest.fixture
def before(edition, manager, chile):
    return make_update(make_round(edition, by=manager, number=1), chile)


# Lists on the page, without a script


def test_adding_another_row_keeps_what_was_typed_and_comes_back_to_the_list(update_chl, lead_chl, sign_in):
    client = sign_in(lead_chl)
    added = post(client, update_chl, "more:strategy:versions", versions__0__title="Policy of 2016", title="Typed")

    assert added["Location"].endswith("strategy/?open=strategy#strategy-versions")
    page = client.get(url(update_chl, "strategy")).content.decode()
    assert 'name="strategy-versions-0-title" value="Policy of 2016"' in page
    assert 'name="strategy-versions-1-title"' in page
    assert 'name="strategy-versions-2-title"' not in page
    assert 'value="Typed"' in page


def test_removing_a_row_leaves_the_others(update_chl, lead_chl, sign_in):
    rows = {f"versions__{n}__title": f"Policy {n}" for n in range(3)}
    client = sign_in(lead_chl)

    removed = post(client, update_chl, "drop:strategy:versions-1", **rows)

    assert removed.status_code == 302
    assert facts_of(update_chl, lead_chl)["versions"] == [{"title": "Policy 0"}, {"title": "Policy 2"}]


def test_a_row_with_nothing_in_it_is_no_row(update_chl, lead_chl, sign_in):
    typed = {"versions__0__title": "", "consultations__0__sector": "", "consultations__1__sector": "private"}
    post(sign_in(lead_chl), update_chl, "continue", **typed)

    facts = facts_of(update_chl, lead_chl)
    assert "versions" not in facts
    assert facts["consultations"] == [{"sector": "private"}]


def test_there_are_only_so_many_rows(update_chl, lead_chl, sign_in):
    rows = {f"versions__{n}__title": f"Policy {n}" for n in range(40)}
    client = sign_in(lead_chl)
    post(client, update_chl, "more:strategy:versions", **rows)

    assert len(facts_of(update_chl, lead_chl)["versions"]) == 10
    assert "Ten versions are as many as fit here." in client.get(url(update_chl, "strategy")).content.decode()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"reached-drafting": "2023-13"}, "Enter a year such as 2023, or a date such as 2023-12 or 2023-12-04."),
        ({"reached-drafting": "2999"}, "This date is still to come."),
        ({"adopted": "last year"}, "Enter a year such as 2023, or a date such as 2023-12 or 2023-12-04."),
        ({"versions-0-adopted": "2016"}, "Enter the title of this version, or empty its row."),
        ({"versions-0-title": "A", "versions-0-link": "not an address"}, "Enter a whole address, such as"),
        ({"consultations-0-women": "4"}, "Choose the sector that was consulted, or empty its row."),
        ({"consultations-0-sector": "private", "consultations-0-men": "-3"}, "Enter a whole number, such as 12"),
        ({"consultations-0-sector": "private", "consultations-0-men": "many"}, "Enter a whole number, such as 12"),
    ],
)
def test_what_is_wrong_is_explained_and_kept(update_chl, lead_chl, sign_in, typed, sentence):
    refused = post(sign_in(lead_chl), update_chl, "continue", **typed)

    page = refused.content.decode()
    assert refused.status_code == 422
    assert sentence in page
    assert all(f'value="{value}"' in page for value in typed.values())
    with scope(reach_of(lead_chl)):
        assert not DraftAnswer.objects.get(question="strategy").is_complete


def test_saving_while_typing_keeps_the_lists(update_chl, lead_chl, sign_in):
    fields = {**PLAIN, "strategy-consultations-0-sector": "end users", "strategy-consultations-0-not_stated": "31"}
    saved = sign_in(lead_chl).post(
        url(update_chl, "strategy", "strategy", "save"), fields, headers={"HX-Request": "true"}
    )

    assert saved.status_code == 200
    assert facts_of(update_chl, lead_chl)["consultations"] == [{"sector": "end users", "not_stated": 31}]


def test_the_last_look_says_it_in_words(update_chl, lead_chl, sign_in):
    answer(update_chl, "strategy", Content(facts=FULL), by=lead_chl)

    page = sign_in(lead_chl).get(url(update_chl, "check")).content.decode()

    for words in ("Reached: Adoption", "2023-05", "First policy, 2016, https://www.example.org/1"):
        assert words in page
    assert "Academia, November 2022, 12 women, 8 men" in page


def test_a_form_filled_in_offline_keeps_the_lists_and_takes_the_dates(update_chl, lead_chl, sign_in):
    make_threat_classes()
    answer(update_chl, "strategy", Content(facts=FULL), by=lead_chl)
    client = sign_in(lead_chl)
    book = download(client, update_chl)
    enter(book, "strategy.reached-drafting", answer=2022)
    enter(book, "threats.source", source="The annual report")

    confirm(client, update_chl, send(client, update_chl, book))

    assert facts_of(update_chl, lead_chl) == {**FULL, "stages": FULL["stages"] | {"drafting": "2022"}}
    assert facts_of(update_chl, lead_chl, "threats") == {"source": "The annual report"}


# What acceptance writes


def test_acceptance_writes_stages_versions_and_consultations(officer, lead_chl, update_chl):
    make_threat_classes()
    fill(update_chl, by=lead_chl)
    answer(update_chl, "strategy", Content(facts=FULL), by=lead_chl)
    accept(update_chl, lead_chl, officer)

    with scope(PROGRAMME):
        steps = set(StrategyStep.objects.current().values_list("step", "reached", "audience", "update"))
        assert steps == {(step, when, "programme", update_chl.pk) for step, when in FULL["stages"].items()}
        version, held = StrategyVersion.objects.get(), StrategyConsultation.objects.get()
        assert (version.title, version.adopted, version.link) == ("First policy", "2016", "https://www.example.org/1")
        assert (held.sector, held.held, held.participants) == ("academia", "2022-11", 20)


def test_the_next_update_replaces_them_and_its_withdrawal_brings_them_back(
    officer, manager, lead_chl, before, update_chl
):
    make_threat_classes()
    for update, facts in ((before, FULL), (update_chl, STRATEGY)):
        fill(update, by=lead_chl)
        answer(update, "strategy", Content(facts=facts), by=lead_chl)
    accept(before, lead_chl, officer)
    with scope(reach_of(lead_chl)):
        submit_update(update=update_chl, key="0d1c4a52-5fd5-4f36-9f4e-25d1f1f7a3a2", by=lead_chl)
    with scope(reach_of(officer)):
        for sent in Answer.objects.filter(update=update_chl).select_related("submission", "update"):
            decide(answer=sent, verdict="accept", comment="", by=officer, version=0)
        accept_update(update=update_chl, by=officer)
    parts = (StrategyStep, StrategyVersion, StrategyConsultation)
    with scope(PROGRAMME):
        assert [model.objects.current().count() for model in parts] == [0, 0, 0]

    with scope(reach_of(manager)):
        withdraw_acceptance(update=update_chl, reason="Too early.", by=manager)

    with scope(PROGRAMME):
        assert [model.objects.current().count() for model in parts] == [2, 1, 1]


def test_not_assessed_is_another_answer_than_not_seen(officer, lead_chl, update_chl, sign_in):
    make_threat_classes()
    client = sign_in(lead_chl)
    fields = {"threats-revision": "0", "threats-malicious-code-level": "unassessed", "threats-fraud-level": "none"}
    assert client.post(url(update_chl, "threats"), {**fields, "do": "continue"}).status_code == 302
    fill_others(update_chl, lead_chl)
    accept(update_chl, lead_chl, officer)

    with scope(PROGRAMME):
        levels = dict(ThreatLevel.objects.values_list("threat__code", "level"))
    assert levels == {"malicious-code": "unassessed", "fraud": "none"}


def test_the_source_of_the_picture_stands_for_classes_without_their_own(officer, lead_chl, update_chl):
    make_threat_classes()
    fill(update_chl, by=lead_chl)
    said = {
        "malicious-code": {"level": "high"},
        "fraud": {"level": "low", "source": "Police"},
        "source": "CSIRT records",
    }
    answer(update_chl, "threats", Content(facts=said), by=lead_chl)
    accept(update_chl, lead_chl, officer)

    with scope(PROGRAMME):
        notes = dict(ThreatLevel.objects.values_list("threat__code", "source_note"))
        assert SupportRequest.objects.count() == 1
    assert notes == {"malicious-code": "CSIRT records", "fraud": "Police"}


def fill_others(update, by):
    """All that is not answered yet."""
    with scope(reach_of(by)):
        kept = copy_of(update, by).items["threats"].content
    fill(update, by=by)
    answer(update, "threats", kept, by=by)
