from dataclasses import replace
from io import BytesIO

import pytest
from django.utils import translation
from pypdf import PdfReader

from capability.models import Answer, CsirtStatus, Dimension, Edition, Factor, Indicator, Stage, StrategyStatus, Update
from common.formulas import defused
from common.scope import PROGRAMME, scope
from reporting.briefs.brief import RequestLine
from reporting.briefs.dates import partial_date
from reporting.briefs.gather import frame_for, gather
from reporting.briefs.pdf import pdf
from reporting.briefs.sentences import strategy_detail
from reporting.briefs.xlsx import xlsx
from tests.factories.capability import four, make_accepted, make_update
from tests.factories.member_states import make_state
from tests.reporting.conftest import LANGUAGES, cells_of, text_of


@pytest.fixture
def published_chl(edition, chile):
    """Levels of 2016 that lead to the factor D1.1: stages 1, 3 and 3."""
    with scope(PROGRAMME):
        older = Edition.objects.create(year=2016, **four("name", "Edition 2016"))
        dimension = Dimension.objects.create(
            edition=older,
            code="D1",
            slug="policy-2016",
            position=1,
            **four("name", "Policy"),
            **four("short", "Policy"),
        )
        factor = Factor.objects.create(
            dimension=dimension, code="D1.1", position=1, **four("name", "Old"), **four("short", "Old")
        )
        newer = Factor.objects.get(code="D1.1", dimension__edition=edition)
        update = Update.objects.create(
            state=chile, edition=older, status="accepted", accepted_at="2016-03-14T00:00Z", audience="public"
        )
        for number, stage in enumerate((1, 3, 3), start=1):
            indicator = Indicator.objects.create(
                factor=factor, number=number, code=f"1.1.{number}", crosswalk=newer, **four("name", "Old")
            )
            Answer.objects.create(
                update=update,
                state=chile,
                question=indicator.code,
                indicator=indicator,
                stage=stage,
                is_accepted=True,
                is_current=True,
                audience="public",
            )
    return newer


def line(brief, code):
    return next(line for group in brief.groups for line in group.factors if line.code == code)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pdf_holds_the_new_stage_in_every_language(told_chl, told_jam, chile, language):
    brief = gather(chile, language)
    made = pdf(brief)

    text = text_of(made)
    with translation.override(language):
        stage = str(Stage.STRATEGIC.label)
    assert f"4 {stage}" in text
    assert brief.state in text
    assert "Faro team" in text
    assert "Faro need" in text
    assert text.count(brief.label) >= 4  # on top and at the foot of both pages
    assert "CANARY" not in text


def test_the_pdf_is_tagged_titled_and_in_its_language(told_chl, chile):
    reader = PdfReader(BytesIO(pdf(gather(chile, "pt-br"))))

    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "pt-BR"
    assert "Chile" in reader.metadata.title
    assert len(reader.pages) == 2


def test_the_same_brief_gives_the_same_bytes(told_chl, chile):
    brief = gather(chile, "en")

    assert pdf(brief) == pdf(brief)
    assert xlsx(brief) == xlsx(brief)


def test_nothing_of_another_state_is_in_a_brief(told_chl, told_jam, chile):
    brief = gather(chile, "en")

    assert "CANARY" not in repr(brief)
    assert not [cell for cell in cells_of(xlsx(brief)) if "CANARY" in str(cell.value)]


def test_the_region_is_withheld_below_five_states(told_chl, told_jam, chile):
    brief = gather(chile, "en")

    assert {line.region for group in brief.groups for line in group.factors} == {None}
    assert {line.region for line in brief.dimensions} == {None}
    assert "Withheld" in text_of(pdf(brief))


def test_the_region_counts_five_states_of_a_closed_round(first_round, lead_chl, chile):
    for number, stage in enumerate((1, 2, 3, 4, 5)):
        state = make_state(f"state-{number}")
        make_accepted(make_update(first_round, state), by=lead_chl, stage=stage)

    assert line(gather(chile, "en"), "1.1").region == 3


def test_what_moved_is_told_with_before_and_now(told_chl, chile):
    brief = gather(chile, "en")

    assert line(brief, "1.1").stage == 4
    assert line(brief, "1.1").before == 2
    assert len(brief.moved_up) == 23
    assert brief.moved_up[0] == "1.1 D1.1 en, from 2 to 4"
    assert "23 of 23 factors moved up in the last accepted update." in brief.lead
    assert brief.moved_down == ()


def test_levels_of_2016_stand_in_where_there_is_no_answer_and_are_marked(published_chl, chile):
    brief = gather(chile, "en")

    assert (line(brief, "1.1").stage, line(brief, "1.1").is_crossed) == (3, True)
    assert line(brief, "1.1").before is None
    assert (line(brief, "1.2").stage, line(brief, "1.2").stage_name) == (None, "No data")
    assert "3* Established" in text_of(pdf(brief))
    assert any("2016" in note for note in brief.notes)
    assert brief.label == "TLP:AMBER+STRICT"


def test_levels_of_2016_are_what_stood_before_the_first_update(published_chl, open_round, chile, lead_chl):
    make_accepted(make_update(open_round, chile), by=lead_chl, stage=4)
    with scope(PROGRAMME):  # another edition's levels stay in the profile
        Answer.objects.filter(state=chile, update__round=None).update(is_current=True)

    brief = gather(chile, "en")

    assert (line(brief, "1.1").stage, line(brief, "1.1").is_crossed) == (4, False)
    assert (line(brief, "1.1").before, line(brief, "1.1").before_is_crossed) == (3, True)
    assert brief.moved_up == ()  # across editions a difference may come from the model


def test_a_draft_and_what_waits_for_review_are_in_no_brief(open_round, chile, lead_chl, told_chl):
    with scope(PROGRAMME):
        Answer.objects.filter(update=told_chl).update(is_current=False, is_accepted=False)

    brief = gather(chile, "en")

    assert {line.stage for group in brief.groups for line in group.factors} <= {None, 2}


@pytest.mark.parametrize(
    ("sharing", "audience", "label"),
    [
        ("programme", "public", "TLP:AMBER+STRICT"),
        ("states", "states", "TLP:GREEN"),
        ("public", "public", "TLP:CLEAR"),
        ("public", "programme", "TLP:AMBER+STRICT"),  # never wider than the narrowest row in it
    ],
)
def test_the_label_follows_what_the_state_shares(first_round, chile, lead_chl, sharing, audience, label):
    type(chile).objects.filter(pk=chile.pk).update(sharing=sharing)
    chile.refresh_from_db()
    make_accepted(make_update(first_round, chile), by=lead_chl, audience=audience)

    assert gather(chile, "en").label == label


def test_reported_facts_name_their_date_until_they_are_confirmed(edition, chile):
    with scope(PROGRAMME):
        CsirtStatus.objects.create(state=chile, status="setting up", as_of="2015-06", name="Equipo")
    csirt = gather(chile, "en").objectives[0]

    assert csirt.status == "Being set up"
    assert csirt.standing == "Reported as of June 2015, not yet confirmed by the state"


def test_confirmed_facts_say_so(told_chl, chile):
    csirt, strategy = gather(chile, "en").objectives

    assert csirt.standing == "Confirmed by the state, 15 June 2026"
    assert strategy.detail == "Faro strategy, adopted in 2023"


def test_an_empty_state_has_a_brief_that_says_what_is_missing(edition, chile):
    text = text_of(pdf(gather(chile, "en")))

    assert "No threat picture has been reported yet." in text
    assert "No support has been asked for." in text
    assert "No update has been accepted yet" in text


def test_the_fullest_brief_has_two_pages(told_chl, chile):
    brief = gather(chile, "en")
    full = replace(
        brief,
        threats=brief.threats * 10,
        requests=tuple(
            RequestLine("Technical assistance missions", "A need in words " * 40, "Planned") for _ in range(7)
        ),
        moved_down=brief.moved_up,
    )

    assert len(PdfReader(BytesIO(pdf(full))).pages) == 2


def test_the_excel_file_has_no_formula_and_no_link(told_chl, chile):
    attacks = ("=1+1", "+1", "-1+2", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://x")', "http://example.org")
    brief = gather(chile, "en")
    requests = tuple(RequestLine(attack, attack, attack) for attack in attacks)
    cells = cells_of(xlsx(replace(brief, requests=requests, state="=2+2")))

    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert not [cell for cell in cells if cell.hyperlink]
    assert not [cell for cell in cells if str(cell.value).startswith(("=", "+", "@", "\t", "\r"))]
    assert "'=1+1" in {cell.value for cell in cells}


def test_cells_of_the_excel_file_are_typed(told_chl, chile):
    brief = gather(chile, "en")
    cells = cells_of(xlsx(brief))

    assert next(cell.value for cell in cells if cell.data_type == "d").date() == brief.made_on
    assert 4 in [cell.value for cell in cells if cell.data_type == "n"]
    sheets = {"Summary", "Factors", "Threats", "Requests", "Plan", "Activities", "Sources"}
    assert {cell.parent.title for cell in cells} == sheets
    assert {sheet.freeze_panes for sheet in {cell.parent for cell in cells}} == {"A2"}
    assert defused("- not a formula") == "'- not a formula"


def test_gathering_asks_the_same_number_of_questions(told_chl, told_jam, chile, brazil, django_assert_num_queries):
    frame = frame_for(chile)
    with django_assert_num_queries(17):
        gather(brazil, "en", frame)
    with django_assert_num_queries(17):
        gather(chile, "en", frame)


@pytest.mark.parametrize(
    ("given", "told"),
    [("2015", "2015"), ("2015-06", "June 2015"), ("2015-06-03", "3 June 2015"), ("", ""), ("2015-13", "2015-13")],
)
def test_dates_known_in_part(given, told):
    assert partial_date(given) == told


@pytest.mark.parametrize(
    ("adopted", "sentence"),
    [("2023", "adopted in 2023"), ("2023-05", "adopted in May 2023"), ("2023-05-04", "adopted on 4 May 2023")],
)
def test_a_strategy_is_adopted_in_a_year_and_on_a_day(adopted, sentence):
    strategy = StrategyStatus(title="A strategy", adopted=adopted)

    assert strategy_detail(strategy) == f"A strategy, {sentence}"
