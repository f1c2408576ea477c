import re
from collections import Counter
from dataclasses import dataclass

Key = tuple[str | None, str]

PERCENT = re.compile(r"%(?:\([^)]+\))?[#0+-]*\d*(?:\.\d+)?[diouxXeEfFgGcrsa%]")
BRACE = re.compile(r"\{[\w.]*(?:![rsa])?(?::[^{}]*)?\}")
NAMED = re.compile(r"%\(|\{[A-Za-z_]")
TAG = re.compile(r"</?[A-Za-z][\w-]*")
WORD = re.compile(r"[^\W\d_][\w'’-]*")


@dataclass(frozen=True)
class Message:
    """One text in the code: an empty plural means it has none, a context of None that it stands alone."""

    msgid: str
    plural: str = ""
    context: str | None = None
    files: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()

    @property
    def key(self) -> Key:
        return self.context, self.msgid

    @property
    def flags(self) -> list[str]:
        both = f"{self.msgid} {self.plural}"
        flags = {"python-format": PERCENT, "python-brace-format": BRACE}
        return [flag for flag, pattern in flags.items() if pattern.search(both)]


def marks(text: str) -> Counter[str]:
    """What a translation must keep: placeholders and tags. Those with a name may be used more than once."""
    placeholders = Counter(PERCENT.findall(text)) + Counter(BRACE.findall(text))
    named = {mark: 1 if NAMED.match(mark) else count for mark, count in placeholders.items()}
    return Counter(named) + Counter(f"{tag}>" for tag in TAG.findall(text))


def word_count(text: str) -> int:
    for pattern in (PERCENT, BRACE, re.compile(r"<[^>]*>")):
        text = pattern.sub(" ", text)
    return len(WORD.findall(text))
