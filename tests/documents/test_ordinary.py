"""What office programs and the portal itself write is taken: links, pictures, charts with their workbook."""

import io

import openpyxl
import pytest
import typst
from openpyxl.workbook.external_link import ExternalLink
from openpyxl.workbook.external_link.external import ExternalBook
from xlsxwriter import Workbook

from documents.checks import check_upload
from tests.documents import corpus
from tests.documents.corpus import related, upload

EMF = b"\x01\x00\x00\x00" + bytes(36) + b" EMF" + bytes(60)
LETTERHEAD = r"file:///C:\Users\ana\AppData\Roaming\Microsoft\Templates\Letterhead%20of%20the%20ministry.dotm"


def workbook(links=3):
    """Links that fetch nothing by themselves, a picture and a chart."""
    made = io.BytesIO()
    with Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Figures")
        for row in range(links):
            sheet.write_url(row, 0, f"mailto:liaison{row}@example.org")
        sheet.write_url(0, 1, "https://www.oas.org/en/")
        sheet.write_url(1, 1, r"external:\\server\share\plan.xlsx")
        sheet.write_column(0, 2, range(5))
        sheet.insert_image("E1", "flag.png", {"image_data": io.BytesIO(corpus.png())})
        sheet.write_comment("A1", "Checked")
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=Figures!$C$1:$C$5"})
        sheet.insert_chart("G1", chart)
    return made.getvalue()


def linked_workbook():
    """Formulas that look into another workbook in the same folder, as many have."""
    made, book = io.BytesIO(), openpyxl.Workbook()
    other = ExternalLink(externalBook=ExternalBook(id="rId1"))
    other.file_link = openpyxl.packaging.relationship.Relationship(
        type="externalLinkPath", Target="Budget%202026.xlsx", TargetMode="External", Id="rId1"
    )
    book._external_links.append(other)
    book.active["A1"] = "=[1]Sheet1!A1"
    book.active["A1"].hyperlink = "https://www.oas.org/"
    book.save(made)
    return made.getvalue()


WORD = {
    "links": related(
        ("hyperlink", "https://www.oas.org/", "External"),
        ("hyperlink", "mailto:csirt@example.org", "External"),
        ("hyperlink", r"file:///\\server\share\plan.docx", "External"),
        ("image", "https://www.oas.org/logo.png", "External"),
    ),
    "pictures": corpus.docx(
        **{"word/media/image1.png": corpus.png(), "word/media/image2.emf": EMF, "word/media/image3.wmz": b"\x1f\x8b"}
    ),
    "pictures of objects": corpus.docx(
        **{"word/embeddings/image1.emf": EMF, "word/embeddings/image2.png": corpus.png(), "word/embeddings/3": ""}
    ),
    "chart with its workbook": related(
        ("package", "../embeddings/Microsoft_Excel_Worksheet.xlsx", "Internal"),
        of="word/charts/_rels/chart1.xml.rels",
        **{"word/embeddings/Microsoft_Excel_Worksheet.xlsx": workbook()},
    ),
    "sixty charts": corpus.docx(
        **{f"word/embeddings/Microsoft_Excel_Worksheet{n}.xlsx": workbook() for n in range(60)},
        **{f"word/charts/{kind}{n}.xml": "<c/>" for n in range(60) for kind in ("chart", "style", "colors")},
    ),
    "document in a document": corpus.holding(corpus.docx(), "word/embeddings/Annex.docx"),
    "template on the author's disk": related(("attachedTemplate", LETTERHEAD, "External")),
    "template beside it": related(("attachedTemplate", "Normal.dotm", "External")),
    "chart linked to a workbook on the disk": related(("oleObject", "file:///D:/figures/Book1.xlsx", "External")),
}


@pytest.mark.parametrize("name", WORD)
def test_word(name):
    assert check_upload(upload("a.docx", WORD[name])).media_type.endswith("wordprocessingml.document")


@pytest.mark.parametrize("content", [workbook(), workbook(links=9_000), linked_workbook()])
def test_excel(content):
    assert check_upload(upload("a.xlsx", content)).media_type.endswith("spreadsheetml.sheet")


def test_pdf_as_the_portal_writes_it():
    content = typst.compile(b'= Strategy\n#link("https://www.oas.org/")[OAS] #pagebreak() Two')

    assert check_upload(upload("a.pdf", content)).media_type == "application/pdf"


def test_pdf_with_object_streams():
    objects = b"1 0 2 8 <</A 1>><</Type/Action/S/URI/URI(https://www.oas.org/)>>" + corpus.noise(20_000).hex().encode()
    content = corpus.packed_pdf(objects, more=corpus.packed_pdf(b"9 0 null"))

    assert check_upload(upload("a.pdf", content)).media_type == "application/pdf"


def test_pdf_with_an_empty_object_stream():
    assert check_upload(upload("a.pdf", corpus.packed_pdf(b"")))


def test_pdf_that_may_be_read_and_not_changed():
    """Nothing is seen of its object streams, which are encrypted with a key that every reader makes."""
    content = corpus.packed_pdf(b"", packed=corpus.noise(200), more=b"<</Encrypt 9 0 R>>")

    assert check_upload(upload("a.pdf", content))
