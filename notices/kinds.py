"""The kinds of mail. Each app registers its own in ``AppConfig.ready``:

    mail_kind("round opened", find=round_for, template="emails/round_opened")

``find(person, object_id)`` runs in the reach of the recipient when the mail is sent and returns the record by
``visible_to(person)``, or None when it does not concern the person any more: then nothing is sent.

Three templates make the mail, in the language and the time zone of the recipient: ``<template>.subject.txt`` (one line
that starts with the country), ``<template>.txt`` (extends ``emails/layout.txt``) and ``<template>.html`` (extends
``emails/layout.html``). They know ``object`` (what ``find`` returned), ``person``, ``mail`` (``mail.threshold``) and
``link``, the address of ``link(object)`` or of ``object.get_absolute_url()``. No answers inside: a mail says that there
is something to read, and where.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class MailKind:
    name: str
    find: Callable[[Any, int], Any]
    template: str
    link: Callable[[Any], str]


_kinds: dict[str, MailKind] = {}


def page_of(thing: Any) -> str:
    return thing.get_absolute_url()


def mail_kind(
    name: str, *, find: Callable[[Any, int], Any], template: str, link: Callable[[Any], str] = page_of
) -> None:
    _kinds[name] = MailKind(name, find, template, link)


def known(name: str) -> MailKind:
    """The kind of that name; KeyError says which are known."""
    if name not in _kinds:
        raise KeyError(f"No app has registered the mail kind {name!r}; known are {sorted(_kinds)}.")
    return _kinds[name]
