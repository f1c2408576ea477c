"""The kinds of mail. Each app registers its own in ``AppConfig.ready``:

    mail_kind("round opened", find=round_for, template="emails/round_opened")

``find(person, object_id)`` runs in the reach of the recipient when the mail is sent and returns the record by
``visible_to(person)``, or None when it does not concern the person any more: then nothing is sent.

Three templates make the mail, in the language and the time zone of the recipient: ``<template>.subject.txt`` (one line
that starts with the country), ``<template>.txt`` (extends ``emails/layout.txt``) and ``<template>.html`` (extends
``emails/layout.html``). They know ``object`` (what ``find`` returned), ``person``, ``mail`` (``mail.threshold``) and
``link``, the address of ``link(object)`` or of ``object.get_absolute_url()``. No answers inside: a mail says that there
is something to read, and where.

A kind is a duty, which nobody can switch off, unless it names its matter:

    RESULTS = Matter("results", _("Your update was accepted"), kinds.liaisons)
    mail_kind("update accepted", find=…, template=…, matter=RESULTS)

How soon mails of a matter come, and whether at all, each person says in the profile (notices/preferences.py). Where a
mail has a pace of its own, ``pace(person, object_id)`` says it, in the reach of the recipient: the slower one holds.

Where even that there is a mail would tell staff what is not for them, the kind ``is_private``: of such mails, and of
their entries in the trail, everybody sees the own alone.

What comes at once may come together with others of its like: ``together(person, object_id)``, in the reach of the
recipient, says with which.

What follows from a mail in the ledger is done by ``settle(mail, found)``, in the transaction that marks it as done.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from common.scope import reach_of

Readers = Callable[[Any], bool]


def staff(person: Any) -> bool:
    return reach_of(person).staff


def liaisons(person: Any) -> bool:
    return bool(reach_of(person).states)


@dataclass(frozen=True)
class Matter:
    """What mails may be chosen by; `name` is stored. `readers` says to whom the choice is shown at all."""

    name: str
    label: str | Promise
    readers: Readers


@dataclass(frozen=True)
class MailKind:
    """A kind without a matter is a duty."""

    name: str
    find: Callable[[Any, int], Any]
    template: str
    link: Callable[[Any], str]
    matter: Matter | None = None
    pace: Callable[[Any, int], str] | None = None
    is_private: bool = False
    settle: Callable[[Any, Any], None] | None = None
    together: Callable[[Any, int], "Bundle | None"] | None = None


@dataclass(frozen=True)
class Bundle:
    """Of things that come about together: told to one person in one mail, of the kind `kind` (notices/bundles.py).

    `key` names them, `objects` are their ids; `is_whole` says whether no more of them is to come.
    """

    kind: str
    key: int
    objects: frozenset[int]
    is_whole: Callable[[], bool]


_kinds: dict[str, MailKind] = {}


def page_of(thing: Any) -> str:
    return thing.get_absolute_url()


def mail_kind(
    name: str,
    *,
    find: Callable[[Any, int], Any],
    template: str,
    link: Callable[[Any], str] = page_of,
    matter: Matter | None = None,
    pace: Callable[[Any, int], str] | None = None,
    is_private: bool = False,
    settle: Callable[[Any, Any], None] | None = None,
    together: Callable[[Any, int], Bundle | None] | None = None,
) -> None:
    _kinds[name] = MailKind(name, find, template, link, matter, pace, is_private, settle, together)


def known(name: str) -> MailKind:
    """The kind of that name; KeyError says which are known."""
    if name not in _kinds:
        raise KeyError(f"No app has registered the mail kind {name!r}; known are {sorted(_kinds)}.")
    return _kinds[name]


def matters() -> dict[str, Matter]:
    """All there is to choose, by name, in the order of registration."""
    return {kind.matter.name: kind.matter for kind in _kinds.values() if kind.matter}
