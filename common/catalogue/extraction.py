from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.extract import extract
from django.utils.translation.template import templatize

from common.catalogue.message import Key, Message

KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
NOT_FOR_PEOPLE = {"tests", "benchmarks"}
TEMPLATE_SUFFIXES = {".html", ".txt", ".xml", ".svg"}


def messages_in(root: Path) -> list[Message]:
    """Every message of the first-party packages and of templates/, by first file, then msgid."""
    found: dict[Key, Message] = {}
    for path in [*python_files(root), *template_files(root)]:
        for message in messages_of_file(path, path.relative_to(root).as_posix()):
            known = found.get(message.key)
            found[message.key] = joined(known, message) if known else message
    return sorted(found.values(), key=lambda message: (message.files[0], message.msgid, message.context or ""))


def python_files(root: Path) -> list[Path]:
    packages = [init.parent for init in root.glob("*/__init__.py") if init.parent.name not in NOT_FOR_PEOPLE]
    return sorted(path for package in packages for path in package.rglob("*.py"))


def template_files(root: Path) -> list[Path]:
    return sorted(path for path in (root / "templates").rglob("*") if path.suffix in TEMPLATE_SUFFIXES)


def messages_of_file(path: Path, name: str) -> Iterator[Message]:
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        source = template_as_python(source, name)
    found = extract("python", BytesIO(source.encode()), keywords=KEYWORDS, comment_tags=("Translators",))
    for _line, words, comments, context in found:
        forms = (words,) if isinstance(words, str) else words
        yield Message(forms[0], forms[1] if len(forms) > 1 else "", context, (name,), tuple(comments))


def template_as_python(source: str, name: str) -> str:
    """Django's own reading of a template; without indentation, which Python would want to be regular."""
    return "\n".join(line.lstrip() for line in templatize(source, origin=name).splitlines())


def joined(known: Message, again: Message) -> Message:
    return replace(
        known,
        plural=known.plural or again.plural,
        files=tuple(sorted({*known.files, *again.files})),
        comments=tuple(dict.fromkeys([*known.comments, *again.comments])),
    )
