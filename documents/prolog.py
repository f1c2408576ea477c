"""The beginning of a part in XML, up to its root element: read by expat, which knows the encodings and costs what is
read. A document type stands there or nowhere, and entities stand in a document type, so none is ever expanded."""

import re
from collections.abc import Callable
from xml.parsers import expat

from documents.refusal import DAMAGED, ENTITIES, Refused

LENGTH = 4 * 1024  # office programs write a hundred bytes

BEGINS = re.compile(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\x00]*(?:<|\Z)")
DECLARED = b"<?xml"

Element = Callable[[str, dict[str, str]], None]


class Root(Exception):
    """The root element begins: nothing that is looked for can follow."""


def check(start: bytes, *, whole: bool, is_xml: bool) -> None:
    """`start` is the part's first LENGTH bytes, `whole` that it has no more, `is_xml` that name or type says so.
    What only looks like XML, as a font may that begins with "<", need not be well-formed."""
    if not is_xml and not BEGINS.match(start):
        return
    parser = expat.ParserCreate()
    parser.StartElementHandler = _root
    parser.StartDoctypeDeclHandler = _doctype
    try:
        parser.Parse(start, whole)
    except Root:
        return
    except (expat.ExpatError, ValueError, LookupError) as error:  # the last two: an encoding it cannot read
        if is_xml or DECLARED in start.replace(b"\x00", b""):
            raise Refused(DAMAGED) from error
        return
    raise Refused(ENTITIES)


def _root(_name: str, _attributes: dict[str, str]) -> None:
    raise Root


def _doctype(*_declared: object) -> None:
    raise Refused(ENTITIES)


def each_element(content: bytes, tell: Element) -> None:
    """Tells of every element its name and its attributes."""
    check(content[:LENGTH], whole=len(content) <= LENGTH, is_xml=True)
    parser = expat.ParserCreate()
    parser.StartElementHandler = tell
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise Refused(DAMAGED) from error
