"""Cutting an envelope or a bundle into the exact texts of its objects: what was given is what will be sent.

Bounded before and while it is read: length, count, depth. NaN and Infinity are no JSON (RFC 8259, section 6).
"""

import json
import re
from typing import Any, NamedTuple, NoReturn

from django.utils.translation import gettext as _

MOST_BYTES = 5_000_000
MOST_OBJECTS = 5_000
DEEPEST = 50
SPACE = re.compile(r"[ \t\n\r]*")


class Given(NamedTuple):
    """One object: its JSON text as it came, and what it says."""

    text: str
    value: dict[str, Any]


class Uncuttable(ValueError):
    """Its message is a sentence for whoever gave the text."""


def _no_number(word: str) -> NoReturn:
    raise ValueError(word)


DECODER = json.JSONDecoder(parse_constant=_no_number)


def cut(text: str | bytes) -> list[Given]:
    """The objects of a STIX bundle or a TAXII envelope, in their order; at least one. Raises Uncuttable."""
    if len(text) > MOST_BYTES:
        raise Uncuttable(too_long())
    try:
        text = text if isinstance(text, str) else text.decode("utf-8-sig")
        given = _Reader(text).objects()
    except RecursionError:
        raise Uncuttable(_too_deep()) from None
    except UnicodeDecodeError:
        raise Uncuttable(_("This is not UTF-8, which JSON is written in.")) from None
    except json.JSONDecodeError as error:
        place = {"line": error.lineno, "column": error.colno}
        raise Uncuttable(_("This is no JSON: look at line %(line)d, column %(column)d.") % place) from None
    except ValueError as error:
        if isinstance(error, Uncuttable):
            raise
        raise Uncuttable(_("A number in it is none of JSON: NaN, Infinity, or one of thousands of digits.")) from None
    return _within_bounds(given)


def cut_one(text: str) -> Given:
    """A single object that stands alone. Raises Uncuttable."""
    return cut(f'{{"objects":[{text}]}}')[0]


def too_long() -> str:
    return _("This is too long. Send at most %(most)d bytes at a time.") % {"most": MOST_BYTES}


def _too_deep() -> str:
    return _("This is nested too deeply. At most %(most)d levels are read.") % {"most": DEEPEST}


def _within_bounds(given: list[Given]) -> list[Given]:
    if not given:
        raise Uncuttable(_("There are no objects in it. Give them in the list “objects”."))
    if len(given) > MOST_OBJECTS:
        raise Uncuttable(_("There are too many objects in it. Send at most %(most)d.") % {"most": MOST_OBJECTS})
    for one in given:
        if not isinstance(one.value, dict):
            raise Uncuttable(_("Each of the “objects” must be a JSON object."))
        if _is_deeper(one.value, DEEPEST):
            raise Uncuttable(_too_deep())
    return given


def _is_deeper(value: Any, levels: int) -> bool:
    inner = value.values() if isinstance(value, dict) else value
    containers = [one for one in inner if isinstance(one, dict | list)]
    return bool(containers) and (levels <= 1 or any(_is_deeper(one, levels - 1) for one in containers))


class _Reader:
    """Walks the outermost object itself, so that it knows where each of the objects begins and ends."""

    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0

    def objects(self) -> list[Given]:
        found: list[Given] | None = None
        self._expect("{")
        is_more = self._peek() != "}"
        while is_more:
            name = self._name()
            self._expect(":")
            if name == "objects" and found is not None:
                raise Uncuttable(_("Give the list “objects” once."))
            if name == "objects":
                found = self._list()
            else:
                self._value()
            is_more = self._goes_on("}")
        self._expect("}")
        if self._peek():
            raise json.JSONDecodeError("more", self.text, self.at)
        return found or []

    def _list(self) -> list[Given]:
        found: list[Given] = []
        self._expect("[")
        is_more = self._peek() != "]"
        while is_more:
            begins, value = self._value()
            found.append(Given(self.text[begins : self.at], value))
            if len(found) > MOST_OBJECTS:
                return _within_bounds(found)
            is_more = self._goes_on("]")
        self._expect("]")
        return found

    def _peek(self) -> str:
        self.at = SPACE.match(self.text, self.at).end()  # type: ignore[union-attr]
        return self.text[self.at : self.at + 1]

    def _expect(self, sign: str) -> None:
        if self._peek() != sign:
            raise json.JSONDecodeError(sign, self.text, self.at)
        self.at += 1

    def _goes_on(self, end: str) -> bool:
        if self._peek() == end:
            return False
        self._expect(",")
        return True

    def _name(self) -> str:
        if self._peek() != '"':
            raise json.JSONDecodeError("name", self.text, self.at)
        return self._value()[1]

    def _value(self) -> tuple[int, Any]:
        """Where it begins, and what it is."""
        self._peek()
        begins = self.at
        value, self.at = DECODER.raw_decode(self.text, begins)
        return begins, value
