"""The public record of partners and agreements: every fact has its source, and what the texts leave open stays open."""

from collections import Counter
from typing import Any

import pytest

from common.scope import PROGRAMME, scope
from documents.models import Reading
from documents.readings import by_fact
from oas_cyber.published import load_published
from partnerships.facts_read import subject_of
from partnerships.imports import load_partnerships
from partnerships.models import Agreement, AgreementInstrument, AgreementLink, Appearance, Partner, Party

pytestmark = pytest.mark.django_db


@pytest.fixture
def record(db: None) -> Any:
    with scope(PROGRAMME):
        load_published()
        yield


@pytest.mark.usefixtures("record")
class TestTheRecord:
    def test_it_holds_the_partners_and_agreements_with_a_source_each(self):
        assert Partner.objects.count() == 36
        assert Agreement.objects.count() == 12
        for model in (Partner, Agreement, AgreementInstrument, Appearance):
            assert not model.objects.filter(source=None).exists(), model

    def test_three_are_no_partners_of_the_oas(self):
        assert set(Partner.objects.filter(is_of_the_oas=False).values_list("slug", flat=True)) == {
            "europol", "fis", "oas-doits",
        }  # fmt: skip

    def test_loading_it_again_changes_nothing(self):
        again = load_partnerships()

        assert not any(again.values()), again

    def test_a_correction_stays(self):
        Partner.objects.filter(slug="lac4").update(country="UY")
        load_partnerships()

        assert Partner.objects.get(slug="lac4").country == "UY"

    def test_every_text_stands_in_four_languages(self):
        for agreement in Agreement.objects.all():
            for stem in ("name", "aims"):
                assert all(getattr(agreement, f"{stem}_{s}") for s in ("en", "es", "fr", "pt_br")), agreement.slug
        for partner in Partner.objects.all():
            assert all(getattr(partner, f"about_{s}") for s in ("en", "es", "fr", "pt_br")), partner.slug

    def test_no_source_states_an_end(self):
        found = Agreement.objects.with_status()

        assert {agreement.status for agreement in found} == {"end not stated"}

    def test_the_oas_is_no_party_to_the_two_beside_its_own(self):
        found = Agreement.objects.with_standing().filter(is_of_the_oas=False)
        links = AgreementLink.objects.filter(agreement__slug="oas-microsoft-2014")

        assert {agreement.slug for agreement in found} == {"microsoft-europol-2014", "microsoft-fis-2014"}
        assert {link.other_id for link in links} == {agreement.pk for agreement in found}

    def test_one_is_named_as_signatory_and_he_signed_for_the_oas(self):
        of_2014 = Appearance.objects.filter(agreement__concluded_on="2014-02-12")
        (signed,) = of_2014.filter(part="signed")
        parts = Counter(of_2014.filter(organisation="Microsoft").values_list("part", flat=True))

        assert (signed.person.name, signed.party.partner) == ("Adam Blackwell", None)
        assert parts == {"quoted": 2, "pictured": 1}

    def test_a_title_belongs_to_the_occasion(self):
        titles = set(Appearance.objects.filter(person__name="Adam Blackwell").values_list("title_en", flat=True))

        assert titles == {"Ambassador; Secretary for Multidimensional Security", "OAS Ambassador"}

    def test_it_implements_the_strategy_and_the_declaration(self):
        found = AgreementInstrument.objects.filter(agreement__slug="oas-microsoft-2014")

        assert set(found.values_list("instrument__slug", flat=True)) == {"2004-strategy", "2012-declaration"}

    def test_the_contribution_of_canada_was_announced_by_its_prime_minister(self):
        canada = Agreement.objects.get(slug="canada-ctcbp")
        (announced,) = canada.people.all()

        assert (canada.kind, str(canada.concluded_on), canada.precision) == ("contribution", "2011-08-01", "month")
        assert (announced.part, announced.title) == ("announced", "Prime Minister")
        assert Party.objects.get(agreement=canada, partner__slug="government-of-canada").partner.state.slug == "canada"

    def test_both_readings_of_a_contradiction_are_kept(self):
        microsoft = Agreement.objects.get(slug="oas-microsoft-2014")
        found = by_fact(Reading.objects.filter(subject=subject_of(microsoft)).select_related("source"))

        assert {"agreement.kind", "agreement.signed-by", "agreement.occasion", "agreement.aims"} <= set(found)
        assert {reading.source.key for reading in found["agreement.occasion"]} == {
            "oas-e-046-14", "microsoft-partnerships-2014",
        }  # fmt: skip

    def test_the_page_of_sources_says_what_each_says_of_which_agreement(self, client):
        page = client.get("/sources/").content.decode()

        assert "Name of the occasion (OAS and Microsoft): The first annual Cybercrime Enforcement Summit." in page
