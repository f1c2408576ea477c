"""Drafts belong to the state, and no save overwrites a colleague's."""

import pytest

from capability.actions.saving import Conflict
from capability.drafts import Content
from capability.models import DraftAnswer, Update
from common.scope import PROGRAMME, reach_of, scope
from review.actions import Refused
from tests.capability.filling import add_link, answer, copy_of, url
from tests.factories.capability import make_accepted, make_round, make_update

WORDS = Content(stage=3, text="A new law is in force.")


def save_url(update, question="D1.1", section="policy-and-strategy"):
    return url(update, section, question, "save")


def test_a_saved_answer_is_there_again_with_its_revision_and_author(update_chl, lead_chl):
    answer(update_chl, "D1.1", WORDS, by=lead_chl)

    with scope(reach_of(lead_chl)):
        draft = DraftAnswer.objects.get()
        assert (draft.stage, draft.text, draft.revision, draft.authors) == (3, WORDS.text, 1, [lead_chl.pk])
        assert draft.is_complete
        assert Update.objects.get().answered == 1
        assert Update.objects.get().last_saved_at is not None


def test_both_colleagues_are_remembered_as_authors(update_chl, lead_chl, deputy_chl):
    answer(update_chl, "D1.1", WORDS, by=lead_chl)
    answer(update_chl, "D1.1", Content(stage=3, text="Two laws are."), by=deputy_chl)

    with scope(reach_of(lead_chl)):
        assert DraftAnswer.objects.get().authors == [lead_chl.pk, deputy_chl.pk]


def test_an_older_revision_overwrites_nothing(update_chl, lead_chl, deputy_chl):
    answer(update_chl, "D1.1", WORDS, by=lead_chl)

    with pytest.raises(Conflict) as conflict:
        answer(update_chl, "D1.1", Content(stage=1, text="No law is."), by=deputy_chl, revision=0)

    assert conflict.value.newest.text == WORDS.text
    with scope(reach_of(lead_chl)):
        assert DraftAnswer.objects.get().text == WORDS.text


def test_the_same_words_sent_twice_are_saved_once(update_chl, lead_chl):
    answer(update_chl, "D1.1", WORDS, by=lead_chl)

    saved = answer(update_chl, "D1.1", WORDS, by=lead_chl, revision=0)

    assert saved.revision == 1


def test_staff_see_no_draft_through_either_wall(update_chl, lead_chl, officer):
    answer(update_chl, "D1.1", WORDS, by=lead_chl)

    with scope(reach_of(officer)):
        assert not DraftAnswer.objects.visible_to(officer).exists()
        assert not DraftAnswer.objects.exists()
    with scope(PROGRAMME):
        assert not DraftAnswer.objects.exists()
        assert Update.objects.get().answered == 1


def test_saving_in_the_background_answers_with_the_new_revision(update_chl, lead_chl, sign_in):
    client = sign_in(lead_chl)

    response = client.post(
        save_url(update_chl),
        {"D1-1-stage": "3", "D1-1-text": "A law.", "D1-1-revision": "0"},
        headers={"HX-Request": "true"},
    )

    assert response.status_code == 200
    page = response.content.decode()
    assert 'name="D1-1-revision"' in page
    assert 'value="1"' in page
    assert "save-line--saved" in page


def test_a_conflict_shows_both_answers_and_saves_neither_over_the_other(update_chl, lead_chl, deputy_chl, sign_in):
    answer(update_chl, "D1.1", WORDS, by=lead_chl)
    client = sign_in(deputy_chl)

    response = client.post(
        save_url(update_chl),
        {"D1-1-stage": "1", "D1-1-text": "No law is.", "D1-1-revision": "0"},
        headers={"HX-Request": "true"},
    )

    assert response.status_code == 409
    page = response.content.decode()
    assert WORDS.text in page
    assert "No law is." in page
    assert lead_chl.name in page


def test_without_script_a_conflict_is_asked_about_and_then_settled(update_chl, lead_chl, deputy_chl, sign_in):
    answer(update_chl, "D1.1", WORDS, by=lead_chl)
    client = sign_in(deputy_chl)
    section, mine = url(update_chl, "policy-and-strategy"), {"D1-1-stage": "1", "D1-1-text": "No law is."}

    asked = client.post(section, {**mine, "D1-1-revision": "0", "do": "continue"})
    settled = client.post(section, {**mine, "D1-1-revision": "0", "D1-1-newest": "1", "do": "mine:D1.1"})

    assert asked.status_code == 409
    assert "No law is." in asked.content.decode()
    assert settled.status_code == 302
    with scope(reach_of(lead_chl)):
        assert DraftAnswer.objects.get().text == "No law is."


def test_keeping_the_colleagues_answer_drops_ones_own(update_chl, lead_chl, deputy_chl, sign_in):
    answer(update_chl, "D1.1", WORDS, by=lead_chl)

    sign_in(deputy_chl).post(
        url(update_chl, "policy-and-strategy"),
        {"D1-1-stage": "1", "D1-1-text": "No law is.", "D1-1-revision": "0", "D1-1-newest": "1", "do": "theirs:D1.1"},
    )

    with scope(reach_of(lead_chl)):
        assert DraftAnswer.objects.get().text == WORDS.text


def test_whoever_is_signed_out_meanwhile_comes_back_to_the_same_question(update_chl, client):
    response = client.post(save_url(update_chl), {"D1-1-stage": "1"}, headers={"HX-Request": "true"})

    assert "open%3DD1.1%23D1-1" in response.headers["HX-Redirect"]
    assert "sign-in" in response.headers["HX-Redirect"]


def test_a_closed_round_refuses_with_a_sentence(edition, manager, chile, lead_chl, sign_in):
    update = make_update(make_round(edition, by=manager, closed=True), chile)

    with pytest.raises(Refused, match="closed"):
        answer(update, "D1.1", WORDS, by=lead_chl)
    response = sign_in(lead_chl).post(
        save_url(update), {"D1-1-stage": "1", "D1-1-revision": "0"}, headers={"HX-Request": "true"}
    )

    assert response.status_code == 409


def test_confirming_copies_the_last_answer_with_its_evidence(edition, manager, chile, lead_chl, sign_in):
    before = make_update(make_round(edition, by=manager, number=1, closed=True), chile)
    make_accepted(before, by=lead_chl, stage=3)
    now = make_update(make_round(edition, by=manager, number=2), chile)

    response = sign_in(lead_chl).post(url(now, "policy-and-strategy"), {"do": "rest"})

    assert response.status_code == 302
    with scope(reach_of(lead_chl)):
        section = copy_of(now, lead_chl).section("policy-and-strategy")
        assert [item.status for item in section.items] == ["confirmed"] * 4
        assert {item.draft.text for item in section.items} == {item.last.text for item in section.items}


def test_the_first_answer_keeps_the_proof_of_the_last_one_until_it_is_removed(
    edition, manager, chile, lead_chl, sign_in
):
    before = make_update(make_round(edition, by=manager, number=1, closed=True), chile)
    submission = make_accepted(before, by=lead_chl, stage=3)
    with scope(PROGRAMME):
        sent = submission.answers.get(question="D1.1")
        sent.evidence.create(
            state=chile, title="Law", link="https://law.example", added_by=lead_chl, added_at=before.round.opened_at
        )
    now = make_update(make_round(edition, by=manager, number=2), chile)
    answer(now, "D1.1", Content(stage=4, text="Better."), by=lead_chl)

    with scope(reach_of(lead_chl)):
        item = copy_of(now, lead_chl).items["D1.1"]
        assert [proof.title for proof in item.evidence] == ["Law"]
        key = item.evidence[0].key
    sign_in(lead_chl).post(url(now, "policy-and-strategy"), {"do": f"remove:D1.1:{key}"})

    with scope(reach_of(lead_chl)):
        assert copy_of(now, lead_chl).items["D1.1"].evidence == []
        assert sent.evidence.count() == 1


def test_a_proof_may_come_before_the_words(update_chl, lead_chl):
    add_link(update_chl, "D1.1", by=lead_chl)

    saved = answer(update_chl, "D1.1", WORDS, by=lead_chl, revision=0)

    assert (saved.revision, saved.evidence.count()) == (1, 1)


def test_attaching_a_proof_does_not_bless_words_made_of_an_older_revision(update_chl, lead_chl, deputy_chl, sign_in):
    answer(update_chl, "D1.1", WORDS, by=lead_chl)
    client = sign_in(deputy_chl)

    part = client.post(
        url(update_chl, "policy-and-strategy", "D1.1", "evidence"),
        {"D1-1-link": "https://www.example.org/law"},
        headers={"HX-Request": "true"},
    )

    assert part.status_code == 200
    assert "D1-1-revision" not in part.content.decode()
    with pytest.raises(Conflict):
        answer(update_chl, "D1.1", Content(stage=1, text="No law is."), by=deputy_chl, revision=0)
