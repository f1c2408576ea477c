"""The form of an update as a workbook: what people and their programs do to it on the way, and what is saved of it."""

import gzip
import re
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font

from capability.drafts import Content
from capability.models import CsirtStatus, DraftAnswer, ThreatLevel
from capability.workbook import reading
from capability.workbook.layout import COLUMNS
from common.scope import reach_of, scope
from tests.capability.filling import answer, fill, make_threat_classes, url
from tests.capability.test_update_sending import returned
from tests.capability.test_update_sending import send as send_update
from tests.documents import corpus
from tests.factories.capability import make_accepted, make_round, make_update

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SEALED = re.compile(r'name="filled" value="([^"]+)"')
FATE = re.compile(r'<th scope="row">(.*?)</th>\s*<td>(.*?)</td>', re.DOTALL)


@pytest.fixture
def client_chl(update_chl, lead_chl, sign_in):
    make_threat_classes()
    lead_chl.language = "en"
    lead_chl.save()
    return sign_in(lead_chl)


def downloaded(client, update):
    response = client.get(url(update, "form.xlsx").rstrip("/"))
    assert response.status_code == 200
    assert response["Content-Type"] == TYPE
    return response.content


def download(client, update):
    return load_workbook(BytesIO(downloaded(client, update)))


def sheet_with(book, code):
    return next(sheet for sheet in book for row in sheet.iter_rows() for cell in row if cell.value == code)


def cell_of(book, code, column):
    """The cell of a code's row, by the name in the hidden row."""
    sheet = sheet_with(book, code)
    row = next(cell.row for row in sheet.iter_rows() for cell in row if cell.value == code)
    return sheet.cell(row, next(cell.column for cell in sheet[1] if cell.value == column))


def enter(book, code, **values):
    for column, value in values.items():
        cell_of(book, code, column).value = value


def content_of(book):
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def send(client, update, content, name="form.xlsx"):
    content = content if isinstance(content, bytes) else content_of(content)
    return client.post(url(update, "form"), {"form": SimpleUploadedFile(name, content, TYPE)})


def fates(response):
    """By question: the words beside it in the dry run."""
    assert response.status_code == 200, response.content.decode()
    found = FATE.findall(response.content.decode())
    return {" ".join(name.split()).split(" Factor")[0]: re.sub(r"<[^>]+>|\s+", " ", said) for name, said in found}


def confirm(client, update, response):
    sealed = SEALED.search(response.content.decode())[1]
    return client.post(url(update, "form"), {"filled": sealed})


def saved(update, by):
    with scope(reach_of(by)):
        return {draft.question: draft for draft in DraftAnswer.objects.filter(update=update)}


# The usual way ---------------------------------------------------------------------------------------------------


def test_a_dry_run_writes_nothing_and_its_button_saves(client_chl, update_chl, lead_chl):
    book = download(client_chl, update_chl)
    enter(book, "D1.1", stage="3 Established", text="A new law is in force.", link="https://www.example.org/law")

    dry = send(client_chl, update_chl, book)

    assert "Will be saved" in fates(dry)["1.1"]
    assert "Nothing was entered" in fates(dry)["1.2"]
    assert saved(update_chl, lead_chl) == {}

    response = confirm(client_chl, update_chl, dry)

    assert response["Location"] == url(update_chl)
    drafts = saved(update_chl, lead_chl)
    assert set(drafts) == {"D1.1"}
    assert (drafts["D1.1"].stage, drafts["D1.1"].text) == (3, "A new law is in force.")
    with scope(reach_of(lead_chl)):
        assert [proof.link for proof in drafts["D1.1"].evidence.all()] == ["https://www.example.org/law"]


def test_all_27_questions_come_through_one_form(client_chl, update_chl, lead_chl):
    book = download(client_chl, update_chl)
    for item in [code for code in questions(book) if code.startswith("D")]:
        enter(book, item, stage=2, text="Because.")
    enter(book, "csirt.status", answer="Operational")
    enter(book, "csirt.name", answer="CSIRT-CL")
    enter(book, "csirt.established", answer=2014.0)
    enter(book, "csirt.answers_day_and_night", answer=True)
    enter(book, "strategy.step", answer="Implementation")
    enter(book, "strategy.in_force", answer="Yes")
    enter(book, "strategy.title", answer="Política Nacional")
    enter(book, "strategy.adopted", answer=2023)
    enter(book, "strategy.link_to_text", answer="https://www.example.org/strategy")
    enter(book, "threats.malicious-code", level="High", trend="Rising")
    enter(book, "threats.fraud", level="low", source="Police")
    enter(book, "requests.4", answer="An exercise")

    confirm(client_chl, update_chl, send(client_chl, update_chl, book))

    drafts = saved(update_chl, lead_chl)
    assert len(drafts) == 27
    assert all(draft.is_complete for draft in drafts.values())
    assert drafts["csirt"].facts == {
        "status": "operational",
        "name": "CSIRT-CL",
        "established": 2014,
        "answers_day_and_night": True,
    }
    assert drafts["strategy"].facts["adopted"] == "2023"
    assert drafts["threats"].facts["malicious-code"] == {"level": "high", "trend": "rising"}
    assert drafts["threats"].facts["fraud"] == {"level": "low", "source": "Police"}
    assert drafts["requests"].facts == {"4": "An exercise"}


def questions(book):
    return [cell.value for sheet in book for (cell,) in sheet.iter_rows(max_col=1, min_row=3) if cell.value]


def test_a_form_sent_as_it_was_downloaded_changes_nothing(client_chl, update_chl, lead_chl):
    fill(update_chl, by=lead_chl)
    before = {code: draft.revision for code, draft in saved(update_chl, lead_chl).items()}

    dry = send(client_chl, update_chl, downloaded(client_chl, update_chl))

    assert all("same as in the portal" in said for said in fates(dry).values())
    assert "Save " not in re.findall(r"<button[^>]*>(.*?)</button>", dry.content.decode())[-1]
    assert {code: draft.revision for code, draft in saved(update_chl, lead_chl).items()} == before


def test_still_true_confirms_the_last_answer(client_chl, update_chl, lead_chl, chile, edition, manager):
    past = make_update(make_round(edition, by=manager, year=2026, number=1, closed=True), chile)
    make_accepted(past, by=lead_chl, stage=3)
    book = download(client_chl, update_chl)
    assert cell_of(book, "D1.1", "last").value.startswith("3 Established")
    enter(book, "D1.1", still="Yes")
    enter(book, "D1.2", stage="3")
    enter(book, "D1.3", stage=4)

    dry = send(client_chl, update_chl, book)
    confirm(client_chl, update_chl, dry)

    assert "Say in a sentence what changed" in fates(dry)["1.3"]
    drafts = saved(update_chl, lead_chl)
    assert [(d.stage, d.is_still_true, d.is_complete) for _code, d in sorted(drafts.items())] == [
        (3, True, True),
        (3, True, True),
        (4, False, False),
    ]


def test_asking_for_nothing_is_said_with_a_yes(client_chl, update_chl, lead_chl):
    book = download(client_chl, update_chl)
    enter(book, "requests.still", answer="Sí")

    confirm(client_chl, update_chl, send(client_chl, update_chl, book))

    assert saved(update_chl, lead_chl)["requests"].is_complete


# Two people --------------------------------------------------------------------------------------------------------


def test_what_a_colleague_saved_meanwhile_is_kept(client_chl, update_chl, lead_chl, deputy_chl):
    book = download(client_chl, update_chl)
    enter(book, "D1.1", stage=3, text="Mine.")
    enter(book, "D1.2", stage=3, text="Mine.")
    answer(update_chl, "D1.1", Content(stage=2, text="Theirs."), by=deputy_chl)

    dry = send(client_chl, update_chl, book)
    answer(update_chl, "D1.2", Content(stage=2, text="Theirs too."), by=deputy_chl)
    confirm(client_chl, update_chl, dry)

    assert deputy_chl.name in fates(dry)["1.1"]
    assert {code: draft.text for code, draft in saved(update_chl, lead_chl).items()} == {
        "D1.1": "Theirs.",
        "D1.2": "Theirs too.",
    }


def test_after_a_return_only_what_came_back_may_change(client_chl, update_chl, lead_chl, officer):
    fill(update_chl, by=lead_chl)
    send_update(update_chl, lead_chl)
    returned(update_chl, "D1.1", officer)
    book = download(client_chl, update_chl)
    enter(book, "D1.1", text="Since 2024.")
    enter(book, "D1.2", text="Since 2025.")

    dry = send(client_chl, update_chl, book)
    confirm(client_chl, update_chl, dry)

    assert "Will be saved" in fates(dry)["1.1"]
    assert "before the update can be sent" not in fates(dry)["1.1"].lower()
    assert "was not returned" in fates(dry)["1.2"]
    assert [d.text for d in saved(update_chl, lead_chl).values() if d.text.startswith("Since")] == ["Since 2024."]


def test_a_sent_update_takes_no_form(client_chl, update_chl, lead_chl):
    fill(update_chl, by=lead_chl)
    book = download(client_chl, update_chl)
    send_update(update_chl, lead_chl)

    response = send(client_chl, update_chl, book)

    assert response["Location"] == url(update_chl, "form")
    assert "choose the form again" not in client_chl.get(response["Location"]).content.decode().lower()


def test_what_was_read_for_one_update_is_not_saved_into_another(
    client_chl, update_chl, lead_chl, chile, edition, manager
):
    other = make_update(make_round(edition, by=manager, year=2026, number=3), chile)
    book = download(client_chl, update_chl)
    enter(book, "D1.1", stage=3)

    response = confirm(client_chl, other, send(client_chl, update_chl, book))

    assert response.status_code == 422
    assert "Choose the form again" in response.content.decode()
    assert saved(other, lead_chl) == {}


def test_staff_and_other_states_get_no_form(update_chl, officer, lead_jam, sign_in):
    for person, status in ((officer, 403), (lead_jam, 404)):
        client = sign_in(person)
        assert client.get(url(update_chl, "form.xlsx").rstrip("/")).status_code == status
        assert client.get(url(update_chl, "form")).status_code == status


# What people and programs do to it -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [3, 3.0, "3", " 3 ", "3.0", "3,0", "3 Established", "3 – established ", "Established", "3\u00a0Established"],
)
def test_a_stage_is_met_however_it_is_typed(client_chl, update_chl, lead_chl, typed):
    book = download(client_chl, update_chl)
    enter(book, "D1.1", stage=typed, text="  Because.  ")

    confirm(client_chl, update_chl, send(client_chl, update_chl, book))

    draft = saved(update_chl, lead_chl)["D1.1"]
    assert (draft.stage, draft.text) == (3, "Because.")


@pytest.mark.parametrize("typed", [0, 6, 2.5, "3 Dynamic", "three", "3-4", True, "=cmd|' /C calc'!A0"])
def test_what_is_no_stage_is_refused_and_the_rest_goes_on(client_chl, update_chl, lead_chl, typed):
    book = download(client_chl, update_chl)
    enter(book, "D1.1", stage=typed)
    enter(book, "D1.2", stage=2, text="Because.")

    dry = send(client_chl, update_chl, book)
    confirm(client_chl, update_chl, dry)

    assert "Refused" in fates(dry)["1.1"]
    assert set(saved(update_chl, lead_chl)) == {"D1.2"}


def test_columns_may_move_and_headings_change_their_language(client_chl, update_chl, lead_chl):
    """As somebody does who copies what is seen, without the hidden row, into a table of their own."""
    book, mine = download(client_chl, update_chl), Workbook()
    about, table = mine.active, mine.create_sheet("Notas")
    copy_sheet(sheet_with(book, "form.update"), about)
    table.append(["nothing"])
    with translation.override("es"):
        heads = [str(COLUMNS[name]) for name in ("text", "revision", "stage", "code")]
    table.append(["Mis notas", heads[0].upper(), heads[1], f"  {heads[2]} ", heads[3]])
    table.append(["ask Diego", "Una ley.", 0, "3", " d1.1 "])
    table.append(["only a note", None, None, None, None])
    table.append(["", "Sin código", None, "2", None])
    table.append(["", "Otra", 0, "2", "D9.9"])

    dry = send(client_chl, update_chl, mine)
    confirm(client_chl, update_chl, dry)

    page = dry.content.decode()
    assert "Notas!5: the row has no code" in page
    assert "d9.9" in page
    assert {code: (d.stage, d.text) for code, d in saved(update_chl, lead_chl).items()} == {"D1.1": (3, "Una ley.")}


def copy_sheet(source, target):
    for row in source.iter_rows():
        for cell in row:
            target.cell(cell.row, cell.column).value = cell.value


def test_choices_are_met_in_any_language(client_chl, update_chl, lead_chl):
    book = download(client_chl, update_chl)
    with translation.override("pt-br"):
        status, high, rising = (
            str(choice.label)
            for choice in (CsirtStatus.Status.PLANNED, ThreatLevel.Level.HIGH, ThreatLevel.Trend.RISING)
        )
    enter(book, "csirt.status", answer=status.upper())
    enter(book, "threats.fraud", level=high, trend=rising)

    confirm(client_chl, update_chl, send(client_chl, update_chl, book))

    drafts = saved(update_chl, lead_chl)
    assert drafts["csirt"].facts["status"] == "planned"
    assert drafts["threats"].facts["fraud"] == {"level": "high", "trend": "rising"}


def test_cells_merged_downwards_hold_for_all_their_rows(client_chl, update_chl, lead_chl):
    book = download(client_chl, update_chl)
    for code in ("D1.1", "D1.2", "D1.3"):
        enter(book, code, stage=2)
    first, last = cell_of(book, "D1.1", "text"), cell_of(book, "D1.3", "text")
    first.value = "One law for all three."
    sheet_with(book, "D1.1").merge_cells(f"{first.coordinate}:{last.coordinate}")

    confirm(client_chl, update_chl, send(client_chl, update_chl, book))

    assert [d.text for d in saved(update_chl, lead_chl).values()] == ["One law for all three."] * 3


def test_a_merge_over_the_whole_sheet_does_no_harm(client_chl, update_chl):
    book = download(client_chl, update_chl)
    content = patched(
        content_of(book), b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    )

    assert send(client_chl, update_chl, content).status_code in (200, 422)


def test_removed_rows_and_columns_change_nothing(client_chl, update_chl, lead_chl):
    answer(update_chl, "D1.1", Content(stage=2, text="It was so."), by=lead_chl)
    answer(update_chl, "D1.2", Content(stage=2, text="It was so."), by=lead_chl)
    book = download(client_chl, update_chl)
    enter(book, "D1.1", text="It is so.")
    sheet = sheet_with(book, "D1.1")
    sheet.delete_rows(cell_of(book, "D1.2", "code").row)
    sheet.delete_cols(cell_of(book, "D1.1", "stage").column)

    confirm(client_chl, update_chl, send(client_chl, update_chl, book))

    drafts = saved(update_chl, lead_chl)
    assert [(drafts[code].stage, drafts[code].text) for code in ("D1.1", "D1.2")] == [
        (2, "It is so."),
        (2, "It was so."),
    ]


def test_without_revisions_nothing_saved_is_overwritten(client_chl, update_chl, lead_chl):
    answer(update_chl, "D1.1", Content(stage=2, text="It was so."), by=lead_chl)
    book = download(client_chl, update_chl)
    enter(book, "D1.1", text="It is so.")
    sheet_with(book, "D1.1").delete_cols(cell_of(book, "D1.1", "revision").column)

    dry = send(client_chl, update_chl, book)

    assert "Kept" in fates(dry)["1.1"]


def test_a_code_that_stands_twice_is_refused(client_chl, update_chl):
    book = download(client_chl, update_chl)
    cell_of(book, "D1.2", "code").value = "D1.1"

    dry = send(client_chl, update_chl, book)

    assert "stands in the form twice" in fates(dry)["1.1"]


def test_errors_and_formulas_without_a_result_are_named(client_chl, update_chl, lead_chl):
    book = download(client_chl, update_chl)
    enter(book, "D1.1", stage="=1+2")  # this library writes no result
    enter(book, "D1.2", text="#REF!")
    enter(book, "D1.3", stage=2, text="Because.")

    dry = send(client_chl, update_chl, book)

    assert "holds a formula without a result" in fates(dry)["1.1"]
    assert "shows the error #REF!" in fates(dry)["1.2"]
    assert "Will be saved" in fates(dry)["1.3"]


def test_the_result_of_a_formula_counts(client_chl, update_chl, lead_chl):
    book = download(client_chl, update_chl)
    enter(book, "D1.1", stage="=1+2", text="Because.")
    content = patched(
        content_of(book), b"<f>1+2</f><v/>", b"<f>1+2</f><v>3</v>", b"<f>1+2</f><v></v>", b"<f>1+2</f><v />"
    )

    confirm(client_chl, update_chl, send(client_chl, update_chl, content))

    assert saved(update_chl, lead_chl)["D1.1"].stage == 3


def patched(content, old, new, *also_old):
    """The workbook with bytes of its parts replaced."""
    made = BytesIO()
    with ZipFile(BytesIO(content)) as package, ZipFile(made, "w", ZIP_DEFLATED) as patched:
        for name in package.namelist():
            part = package.read(name)
            for known in (old, *also_old):
                part = part.replace(known, new)
            patched.writestr(name, part)
    return made.getvalue()


def test_what_libreoffice_writes_is_read(client_chl, update_chl, lead_chl):
    """Inline strings, styles of its own, no hidden row, a foreign font, and a sheet of another name."""
    book = download(client_chl, update_chl)
    for sheet in book:
        sheet.row_dimensions[1].hidden = False
        sheet.title = f"Hoja{book.index(sheet) + 1}"
        sheet.protection.sheet = False
        for row in sheet.iter_rows():
            for cell in row:
                cell.font = Font(name="Liberation Sans")
    enter(book, "D1.1", stage="2", text="Línea uno\nlínea dos — ñ, ç, œ")
    content = content_of(book)
    assert b"inlineStr" in ZipFile(BytesIO(content)).read("xl/worksheets/sheet2.xml")

    confirm(client_chl, update_chl, send(client_chl, update_chl, content))

    assert saved(update_chl, lead_chl)["D1.1"].text == "Línea uno\nlínea dos — ñ, ç, œ"


# Formulas ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["=1+1", "+1 law", "-- a dash", "@SUM(A1)"])
def test_words_that_look_like_a_formula_go_out_disarmed_and_come_back_whole(client_chl, update_chl, lead_chl, words):
    answer(update_chl, "D1.1", Content(stage=2, text=words), by=lead_chl)
    book = download(client_chl, update_chl)
    cell = cell_of(book, "D1.1", "text")

    assert (cell.value, cell.data_type) == (f"'{words}", "s")
    assert "same as in the portal" in fates(send(client_chl, update_chl, book))["1.1"]


def test_no_sheet_calculates(client_chl, update_chl, lead_chl):
    fill(update_chl, by=lead_chl)

    for sheet in download(client_chl, update_chl):
        assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


# What is not the form ------------------------------------------------------------------------------------------------


def not_the_form(client, update, content, name="form.xlsx"):
    response = send(client, update, content, name)
    assert response.status_code == 422
    return response.content.decode()


def test_the_form_of_another_update_is_refused(client_chl, update_chl, chile, edition, manager):
    other = make_update(make_round(edition, by=manager, year=2026, number=3), chile)

    assert "chile 2026-3" in not_the_form(client_chl, update_chl, download(client_chl, other))


def test_another_workbook_is_refused(client_chl, update_chl):
    assert "does not say which update" in not_the_form(client_chl, update_chl, Workbook())


def test_the_form_of_another_edition_is_refused(client_chl, update_chl):
    book = download(client_chl, update_chl)
    enter(book, "form.edition", answer=2016)

    assert "another edition" in not_the_form(client_chl, update_chl, book)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("form.xlsx", b""),
        ("form.xlsx", b"%PDF-1.7 no"),
        ("form.csv", b"code;stage"),
        ("form.xlsx", corpus.docx()),
        ("form.docx", corpus.docx()),
        ("form.xlsx", corpus.xlsx()),
        ("form.xlsx", corpus.xlsx(**{"xl/workbook.xml": "<!DOCTYPE a [<!ENTITY b 'c'>]><workbook/>"})),
        ("form.xlsx", corpus.xlsx(**{"xl/vbaProject.bin": "x"})),
        ("form.xlsx", corpus.xlsx(**{"xl/worksheets/sheet1.xml": "0" * 60_000_000})),
        ("form.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600),
    ],
)
def test_other_files_are_refused_with_a_sentence(client_chl, update_chl, name, content):
    page = not_the_form(client_chl, update_chl, content, name)

    assert "There is a problem" in page


def test_no_file_at_all_is_refused_with_a_sentence(client_chl, update_chl):
    response = client_chl.post(url(update_chl, "form"))

    assert response.status_code == 422
    assert "Choose the workbook" in response.content.decode()


def test_broken_parts_are_refused_and_never_a_fault(client_chl, update_chl):
    whole = downloaded(client_chl, update_chl)
    broken = [
        patched(whole, b't="s"><v>', b't="s"><v>99'),
        patched(whole, b"<sheetData>", b"<sheetData><row r='9999999999999'/>"),
        patched(whole, b"numFmtId", b"numFmtIt"),
        patched(whole, b"<dataValidation ", b"<dataValidation nonsense='1' "),
        patched(whole, b"worksheets/sheet2.xml", b"worksheets/nowhere.xml"),
    ]

    for content in broken:
        assert send(client_chl, update_chl, content).status_code in (200, 422)


def test_a_huge_sheet_is_read_no_further_than_a_form_goes(client_chl, update_chl):
    book = download(client_chl, update_chl)
    enter(book, "D1.1", stage=2)
    sheet = sheet_with(book, "D1.1")
    sheet.cell(1_048_576, 16_384).value = "far away"
    for row in range(reading.MOST_ROWS + 1, reading.MOST_ROWS + 500):
        sheet.cell(row, 1).value = "D1.2"

    assert "Will be saved" in fates(send(client_chl, update_chl, book))["1.1"]


def test_a_workbook_far_larger_than_the_form_is_refused(client_chl, update_chl, monkeypatch):
    monkeypatch.setattr(reading, "MOST_BYTES", 20_000)

    assert "far larger than the form" in not_the_form(client_chl, update_chl, download(client_chl, update_chl))


def test_the_pages_are_light(client_chl, update_chl, lead_chl):
    fill(update_chl, by=lead_chl)
    book = download(client_chl, update_chl)
    enter(book, "D1.1", stage=3)

    for response in (client_chl.get(url(update_chl, "form")), send(client_chl, update_chl, book)):
        assert len(gzip.compress(response.content)) < 40_000
