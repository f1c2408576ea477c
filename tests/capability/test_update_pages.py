"""The pages of an update: who opens them, what they ask, and what they say when something is wrong."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from capability.drafts import Content
from capability.models import Answer, DraftAnswer, Indicator, Update
from common.scope import PROGRAMME, reach_of, scope
from documents.models import File
from member_states.models import Liaison
from tests.capability.filling import add_link, answer, copy_of, fill, make_threat_classes, url
from tests.factories.capability import make_accepted, make_draft, make_edition, make_round, make_update

SECTION = "policy-and-strategy"


@pytest.fixture
def second_update(edition, manager, chile, lead_chl):
    """Chile's second update of the edition: stage 2 everywhere was accepted before."""
    make_accepted(make_update(make_round(edition, by=manager, number=1, closed=True), chile), by=lead_chl, stage=2)
    return make_update(make_round(edition, by=manager, number=2), chile)


def post_factor(client, update, stage, text="", **more):
    fields = {"D1-1-stage": str(stage), "D1-1-text": text, "D1-1-revision": "0", "do": "continue"}
    return client.post(url(update, SECTION), {**fields, **more})


@pytest.mark.parametrize("path", [(), (SECTION,), ("csirt",), ("threats",), ("requests",), ("check",)])
def test_every_page_opens_for_the_state_and_for_nobody_else(path, update_chl, lead_chl, lead_jam, outsider, sign_in):
    make_threat_classes()
    page = url(update_chl, *path)

    assert sign_in(lead_chl).get(page).status_code == 200
    assert sign_in(lead_jam).get(page).status_code == 404
    assert sign_in(outsider).get(page).status_code == 404


def test_staff_see_how_far_a_draft_is_and_none_of_its_words(update_chl, lead_chl, officer, sign_in):
    make_draft(update_chl, "D1.1", by=lead_chl, text="CANARY-CHILE-DRAFT")
    client = sign_in(officer)

    page = client.get(url(update_chl))

    assert page.status_code == 200
    assert "CANARY" not in page.content.decode()
    assert client.get(url(update_chl, SECTION)).status_code == 403
    assert client.get(url(update_chl, "check")).status_code == 403


def test_an_unknown_section_is_not_found(update_chl, lead_chl, sign_in):
    assert sign_in(lead_chl).get(url(update_chl, "no-such-section")).status_code == 404


def test_a_rise_without_words_and_proof_is_refused_and_kept(second_update, lead_chl, sign_in):
    client = sign_in(lead_chl)

    response = post_factor(client, second_update, 3)

    page = response.content.decode()
    assert response.status_code == 422
    assert ":" in page.split("<title>")[1].split(SECTION)[0]  # the title begins with "Error:" in the reader's language
    assert page.count("error-summary__list") == 1
    with scope(reach_of(lead_chl)):
        assert DraftAnswer.objects.get().stage == 3  # kept, though not complete
        assert not DraftAnswer.objects.get().is_complete


def test_a_rise_with_words_and_a_link_goes_on(second_update, lead_chl, sign_in):
    response = post_factor(
        sign_in(lead_chl), second_update, 3, "A law is in force.", **{"D1-1-link": "https://www.example.org/law"}
    )

    assert response.status_code == 302
    with scope(reach_of(lead_chl)):
        assert DraftAnswer.objects.get().is_complete


def test_a_fall_needs_words_only(second_update, lead_chl, sign_in):
    client = sign_in(lead_chl)

    assert post_factor(client, second_update, 1).status_code == 422
    assert post_factor(client, second_update, 1, "The law lapsed.", **{"D1-1-revision": "1"}).status_code == 302


def test_an_unchanged_stage_needs_nothing_and_counts_as_still_true(second_update, lead_chl, sign_in):
    assert post_factor(sign_in(lead_chl), second_update, 2).status_code == 302

    with scope(reach_of(lead_chl)):
        item = copy_of(second_update, lead_chl).items["D1.1"]
        assert (item.status, item.is_changed, item.draft.is_still_true) == ("confirmed", False, True)


def test_the_first_update_of_an_edition_asks_for_a_stage_and_a_sentence(update_chl, lead_chl, sign_in):
    client = sign_in(lead_chl)

    assert post_factor(client, update_chl, 4).status_code == 422
    assert post_factor(client, update_chl, 4, "Since 2019.", **{"D1-1-revision": "1"}).status_code == 302


def test_the_levels_of_2016_stand_beside_a_blank_answer(update_chl, lead_chl, chile, sign_in):
    old = make_edition(2016)
    factor = Indicator.objects.get(code="D1.1", factor__dimension__edition__year=2021).factor
    led_here = Indicator.objects.filter(factor__dimension__edition=old, code__in=("D1.1", "D1.2", "D1.3"))
    led_here.update(crosswalk=factor)
    with scope(PROGRAMME):
        baseline = make_update_of_2016(old, chile)
        for indicator, stage in zip(led_here.order_by("number"), (1, 2, 4), strict=True):
            Answer.objects.create(
                update=baseline,
                state=chile,
                question=indicator.code,
                indicator=indicator,
                stage=stage,
                is_accepted=True,
                is_current=True,
                audience="public",
            )

    page = sign_in(lead_chl).get(url(update_chl, SECTION)).content.decode()

    with scope(reach_of(lead_chl)):
        item = copy_of(update_chl, lead_chl).items["D1.1"]
        assert (item.earlier_stage, item.known, item.last) == (2, None, None)
    assert 'value="still:D1.1"' not in page
    assert "2016" in page


def make_update_of_2016(edition, state):
    return Update.objects.create(
        state=state, edition=edition, status="accepted", accepted_at=timezone.now(), audience="public"
    )


def test_wrong_words_in_a_plain_section_are_explained_and_kept(update_chl, lead_chl, sign_in):
    response = sign_in(lead_chl).post(
        url(update_chl, "csirt"),
        {"csirt-status": "operational", "csirt-website": "no address", "csirt-revision": "0", "do": "continue"},
    )

    page = response.content.decode()
    assert response.status_code == 422
    assert "no address" in page
    assert 'href="#id_csirt-website"' in page
    assert 'href="#id_csirt-name"' in page


def test_asking_for_nothing_completes_the_requests(update_chl, lead_chl, sign_in):
    response = sign_in(lead_chl).post(url(update_chl, "requests"), {"requests-revision": "0", "do": "continue"})

    assert response.status_code == 302
    with scope(reach_of(lead_chl)):
        assert copy_of(update_chl, lead_chl).section("requests").status == "complete"


def test_every_class_of_threat_needs_a_level(update_chl, lead_chl, sign_in):
    make_threat_classes()
    client = sign_in(lead_chl)
    one = {"threats-malicious-code-level": "high", "threats-malicious-code-trend": "rising", "do": "continue"}

    assert client.post(url(update_chl, "threats"), {**one, "threats-revision": "0"}).status_code == 422
    both = {**one, "threats-fraud-level": "none", "threats-revision": "1"}
    assert client.post(url(update_chl, "threats"), both).status_code == 302
    with scope(reach_of(lead_chl)):
        facts = DraftAnswer.objects.get().facts
    assert facts == {"malicious-code": {"level": "high", "trend": "rising"}, "fraud": {"level": "none"}}


def test_a_refused_file_is_named_and_the_words_stay(second_update, lead_chl, sign_in):
    file = SimpleUploadedFile("photos.zip", b"PK\x03\x04 not a document")

    response = post_factor(sign_in(lead_chl), second_update, 3, "A law.", **{"D1-1-file": file})

    page = response.content.decode()
    assert response.status_code == 422
    assert "photos.zip" in page
    assert "A law." in page


def test_a_file_is_attached_while_the_person_goes_on_writing(second_update, lead_chl, sign_in):
    png = (
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
        b"\x00\x00\x00\rIDATx\x9cc\xf8\xff\xff?\x00\x05\xfe\x02\xfe\xa75\x81\x84\x00\x00\x00\x00IEND\xaeB`\x82"
    )

    response = sign_in(lead_chl).post(
        url(second_update, SECTION, "D1.1", "evidence"),
        {"D1-1-file": SimpleUploadedFile("law.png", png)},
        headers={"HX-Request": "true"},
    )

    assert response.status_code == 200
    assert "law.png" in response.content.decode()
    with scope(PROGRAMME):
        assert not File.objects.exists()  # staff see it when it was sent


def test_a_sent_update_is_read_only(update_chl, lead_chl, sign_in):
    make_threat_classes()
    fill(update_chl, by=lead_chl)
    client = sign_in(lead_chl)
    client.post(url(update_chl, "send"), {"key": "0d1c4a52-5fd5-4f36-9f4e-25d1f1f7a3a1"})

    page = client.get(url(update_chl, SECTION)).content.decode()
    refused = post_factor(client, update_chl, 5, "Too late.")

    assert "<textarea" not in page
    assert "Because of D1.1." in page
    assert refused.status_code == 302
    with scope(reach_of(lead_chl)):
        assert DraftAnswer.objects.get(question="D1.1").stage == 2


def test_a_closed_round_is_shown_read_only_with_its_date(edition, manager, chile, lead_chl, sign_in):
    update = make_update(make_round(edition, by=manager, closed=True), chile)
    client = sign_in(lead_chl)

    page = client.get(url(update)).content.decode()
    refused = client.post(url(update, "send"), {"key": "0d1c4a52-5fd5-4f36-9f4e-25d1f1f7a3a1"}, follow=True)

    assert "note--warn" in page
    assert 'class="sticky-bar"' not in client.get(url(update, SECTION)).content.decode()
    assert refused.redirect_chain[0][0] == url(update)


@pytest.mark.parametrize("path", [(), (SECTION,), ("check",)])
def test_the_number_of_queries_does_not_grow_with_the_answers(
    path, update_chl, lead_chl, sign_in, django_assert_max_num_queries
):
    make_threat_classes()
    client = sign_in(lead_chl)
    client.get(url(update_chl, *path))
    with django_assert_max_num_queries(60) as one:
        client.get(url(update_chl, *path))
    fill(update_chl, by=lead_chl)
    for question in ("D1.1", "D1.2", "D1.3"):
        add_link(update_chl, question, by=lead_chl)

    with django_assert_max_num_queries(60) as many:
        client.get(url(update_chl, *path))

    assert len(many) <= len(one) + 4  # the evidence and its files, the words of the facts: once each
    assert len(many) <= 32


def test_home_shows_what_is_due(update_chl, lead_chl, sign_in):
    answer(update_chl, "D1.1", Content(stage=2, text="So."), by=lead_chl)

    page = sign_in(lead_chl).get("/home/").content.decode()

    assert url(update_chl) in page
    assert "due-card" in page


def test_home_without_an_open_round_says_that_nothing_is_due(lead_chl, sign_in):
    page = sign_in(lead_chl).get("/home/").content.decode()

    assert "due-card" not in page
    assert 'class="empty"' in page


def test_a_liaison_of_two_states_picks(update_chl, update_jam, lead_chl, jamaica, sign_in):
    Liaison.objects.create(state=jamaica, person=lead_chl, kind="deputy", starts_on=date(2020, 1, 1))
    client = sign_in(lead_chl)

    page = client.get("/update/").content.decode()

    assert url(update_chl) in page
    assert url(update_jam) in page
    assert url(update_jam) in client.get("/home/?state=jamaica").content.decode()


def test_the_short_way_leads_to_the_open_update(update_chl, lead_chl, lead_jam, sign_in):
    assert sign_in(lead_chl).get("/update/").headers["Location"] == url(update_chl)
    assert sign_in(lead_jam).get("/update/").status_code == 200
