"""The pages on which alerts are written: nothing typed is lost, nothing goes out unseen."""

from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from common.scope import PROGRAMME, reach_of, scope
from csirt_network.models import Alert, AlertFile, Indicator, SharingGroup
from tests.csirt_network.test_writing import As, fresh, to
from tests.signing_in import sign_in_from_inside

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def typed(**more):
    return {
        "tlp": "AMBER",
        "pap": "AMBER",
        "kind": "warning",
        "language": "es",
        "title_es": "Falsas devoluciones",
        "happening_es": "Los mensajes prometen una devolución.",
        "rsit": ["fraud", "phishing"],
        "programme": "on",
    } | more


@pytest.fixture
def visit(client):
    def go(person, name, *args, data=None):
        sign_in_from_inside(client, person)
        address = reverse(name, args=args)
        return client.get(address) if data is None else client.post(address, data)

    return go


def the_alert(person):
    with scope(reach_of(fresh(person))):
        return Alert.objects.get()


def test_an_analyst_writes_and_sees_whom_it_reaches(visit, analyst_chl, csirt_chl, csirt_banks):
    data = typed(
        teams=[csirt_banks.pk], indicators="bad[.]example | 2026-11 | lure\n198.51.100.7", cves="cve-2024-3400"
    )
    answer = visit(analyst_chl, "alert-new", data=data)

    alert = the_alert(analyst_chl)
    assert answer["Location"] == reverse("alert-preview", args=[alert.pk])
    assert (alert.tlp, alert.rsit, alert.cves) == ("AMBER", ["fraud", "phishing"], ["CVE-2024-3400"])
    with scope(reach_of(fresh(analyst_chl))):
        assert list(Indicator.objects.values_list("value", "first_seen", "note")) == [
            ("bad.example", "2026-11", "lure"),
            ("198.51.100.7", "", ""),
        ]
    page = visit(analyst_chl, "alert-preview", alert.pk).content.decode()
    assert "Chile" in page
    assert "CSIRT of the banks" in page
    assert "bad[.]example" in page
    assert reverse("alert-publish", args=[alert.pk]) not in page


def test_nothing_is_written_without_a_label(visit, rep_chl):
    answer = visit(rep_chl, "alert-new", data=typed(tlp=""))

    assert answer.status_code == 422
    assert "Choose a label" in answer.content.decode()
    assert "Falsas devoluciones" in answer.content.decode()
    with scope(reach_of(fresh(rep_chl))):
        assert not Alert.objects.exists()


def test_no_label_is_chosen_beforehand(visit, rep_chl):
    page = visit(rep_chl, "alert-new").content.decode()

    assert 'name="tlp"' in page
    assert not [line for line in page.splitlines() if 'name="tlp"' in line and "checked" in line]


def test_each_line_that_is_wrong_is_named_and_all_are_kept(visit, rep_chl):
    lines = "good.example\nwhat is this\nbad.example | 2026-13\n"
    page = visit(rep_chl, "alert-new", data=typed(indicators=lines)).content.decode()

    assert "Line 2:" in page
    assert "Line 3:" in page
    assert "what is this" in page


def test_the_form_shows_again_what_was_saved(visit, rep_chl, csirt_chl, csirt_banks):
    data = typed(
        teams=[csirt_banks.pk],
        indicators="file: setup.zip\nhxxps://bad[.]example/a | 2026 | note\nbad.example |  | only a note",
        answer_by="2027-01-02T16:40",
        is_exercise="on",
    )
    made = visit(rep_chl, "alert-new", data=data)
    assert made.status_code == 302, made.context["form"].errors
    alert = the_alert(rep_chl)
    assert alert.answer_by == datetime(2027, 1, 2, 16, 40, tzinfo=UTC)

    form = visit(rep_chl, "alert-edit", alert.pk).context["form"]
    again = {name: form[name].value() for name in form.fields}
    assert again["indicators"].splitlines() == [
        "file: setup.zip",
        "hxxps://bad[.]example/a | 2026 | note",
        "bad[.]example |  | only a note",
    ]
    assert form["answer_by"].as_widget().count("2027-01-02T16:40") == 1
    back = {name: value for name, value in again.items() if value not in (None, "", False)} | {"edited": 0}
    back["answer_by"] = "2027-01-02T16:40"
    before = alert.audience_id
    assert visit(rep_chl, "alert-edit", alert.pk, data=back).status_code == 302
    assert the_alert(rep_chl).audience_id == before
    with scope(reach_of(fresh(rep_chl))):
        assert Indicator.objects.count() == 3


def test_the_second_who_saves_keeps_their_words_and_is_told(visit, rep_chl, analyst_chl):
    visit(rep_chl, "alert-new", data=typed())
    alert = the_alert(rep_chl)
    visit(analyst_chl, "alert-edit", alert.pk, data=typed(title_es="De la analista", edited=0))

    answer = visit(rep_chl, "alert-edit", alert.pk, data=typed(title_es="De Tomás", edited=0))

    assert answer.status_code == 409
    assert "De Tomás" in answer.content.decode()
    assert 'name="edited" value="1"' in answer.content.decode()
    assert the_alert(rep_chl).title_es == "De la analista"


def test_a_label_that_disagrees_with_the_receivers_is_blocked_with_a_reason(visit, rep_chl, csirt_banks):
    visit(rep_chl, "alert-new", data=typed(tlp="RED", teams=[csirt_banks.pk]))
    alert = the_alert(rep_chl)

    page = visit(rep_chl, "alert-preview", alert.pk).content.decode()
    refused = visit(rep_chl, "alert-publish", alert.pk, data={"edited": 0})

    assert "TLP:RED is for named persons" in page
    assert refused.status_code == 409
    assert not the_alert(rep_chl).is_out


def test_it_is_published_as_it_was_seen(visit, rep_chl, analyst_chl, csirt_banks):
    visit(rep_chl, "alert-new", data=typed(teams=[csirt_banks.pk]))
    alert = the_alert(rep_chl)
    visit(analyst_chl, "alert-edit", alert.pk, data=typed(teams=[csirt_banks.pk], edited=0))

    assert visit(rep_chl, "alert-publish", alert.pk, data={"edited": 0}).status_code == 409
    assert visit(rep_chl, "alert-publish", alert.pk, data={"edited": 1}).status_code == 302
    assert the_alert(rep_chl).is_out


def test_a_file_comes_with_it_under_its_own_label(visit, client, rep_chl, rep_banks, rep_jam, csirt_banks):
    upload = SimpleUploadedFile("lure.pdf", PDF, "application/pdf")
    too_low = visit(rep_chl, "alert-new", data=typed(file=upload, file_tlp="AMBER+STRICT"))
    assert "stricter label than the alert" in too_low.content.decode()

    upload = SimpleUploadedFile("lure.pdf", PDF, "application/pdf")
    visit(rep_chl, "alert-new", data=typed(teams=[csirt_banks.pk], file=upload, file_tlp="AMBER"))
    alert = the_alert(rep_chl)
    visit(rep_chl, "alert-publish", alert.pk, data={"edited": 0})
    with scope(reach_of(fresh(rep_chl))):
        token = AlertFile.objects.get().token

    answers = [visit(person, "alert-file", alert.pk, token) for person in (rep_chl, rep_banks, rep_jam)]
    assert [(answer.status_code, answer.close())[0] for answer in answers] == [200, 200, 404]


def test_members_of_a_group_that_hides_them_are_counted_and_not_named(visit, rep_chl, csirt_chl, csirt_jam, manager):
    with scope(PROGRAMME):
        group = SharingGroup.objects.create(name="Ports", slug="ports", hides_members=True, made_by=manager)
        group.members.create(team=csirt_chl)
        group.members.create(team=csirt_jam)
    visit(rep_chl, "alert-new", data=typed(groups=[group.pk]))

    page = visit(rep_chl, "alert-preview", the_alert(rep_chl).pk).content.decode()

    assert "2 teams of groups that hide their members" in page
    assert "Jamaica" not in page


def test_the_source_is_told_to_the_programme_and_to_nobody_else(visit, rep_chl, officer, rep_banks, csirt_banks):
    visit(rep_chl, "alert-new", data=typed(teams=[csirt_banks.pk]))
    alert = the_alert(rep_chl)
    visit(rep_chl, "alert-hand-over", alert.pk, data={})

    page = visit(officer, "alert-preview", alert.pk).content.decode()
    assert "It comes from CSIRT of Chile" in page
    assert visit(officer, "alert-publish", alert.pk, data={"edited": 0}).status_code == 302

    assert the_alert(rep_banks).from_team is None
    assert visit(rep_banks, "alert-preview", alert.pk).status_code == 404
    assert visit(rep_chl, "alert-version", alert.pk).status_code == 403
    assert visit(officer, "alert-version", alert.pk).status_code == 200
    assert visit(officer, "alert-label", alert.pk).status_code == 403
    assert visit(rep_chl, "alert-label", alert.pk).status_code == 200


def test_given_back_only_with_a_reason(visit, rep_chl, officer, csirt_banks):
    visit(rep_chl, "alert-new", data=typed(teams=[csirt_banks.pk]))
    alert = the_alert(rep_chl)
    visit(rep_chl, "alert-hand-over", alert.pk, data={})

    assert visit(officer, "alert-give-back", alert.pk, data={"reason": " "}).status_code == 422
    assert visit(officer, "alert-give-back", alert.pk, data={"reason": "Say which product."}).status_code == 302
    assert "Say which product." in visit(rep_chl, "alert-preview", alert.pk).content.decode()
    assert visit(officer, "alert-preview", alert.pk).status_code == 404


def test_a_lower_label_wants_a_reason_and_a_second_person(visit, rep_chl, analyst_chl, csirt_banks):
    rep = As(rep_chl)
    out = rep.publish(rep.draft(*to(csirt_banks), origin=csirt_banks.constituents.first() or _team(rep)))

    assert visit(rep_chl, "alert-label", out.pk, data={"tlp": "GREEN"}).status_code == 422
    assert visit(rep_chl, "alert-label", out.pk, data={"tlp": "GREEN", "reason": "Published."}).status_code == 302
    assert visit(rep_chl, "alert-label-agree", out.pk, data={}).status_code == 403
    assert the_alert(rep_chl).tlp == "AMBER"
    assert visit(analyst_chl, "alert-label", out.pk).status_code == 403
    assert visit(analyst_chl, "alert-label-agree", out.pk, data={}).status_code == 302
    assert the_alert(rep_chl).tlp == "GREEN"


def _team(rep):
    return rep.person.teams.get().team


@pytest.mark.parametrize("page", ["alert-drafts", "alert-new"])
def test_who_is_not_of_the_network_writes_none(visit, lead_chl, observer, page):
    assert visit(lead_chl, page).status_code == 403
    assert visit(observer, page).status_code == 403
