"""Somebody of the cast asks, in the reach that person has."""

from typing import Any

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from common.scope import reach_of, scope
from search.finding import Found, find
from search.hits import Asked


def reader(person: Any) -> Any:
    return User.objects.get(pk=person.pk) if person else AnonymousUser()


def search(person: Any, text: str, **asked: Any) -> Found:
    user = reader(person)
    with scope(reach_of(user), read_only=True):
        return find(user, Asked(text, **asked))


def counts(found: Found) -> dict[str, int]:
    return {group.code: group.count for group in found.groups}


def said(found: Found) -> str:
    parts = [part for g in found.groups for r in g.results for part in (*r.title, *r.text)]
    return " ".join(part.text for part in parts)


def text_of(parts: Any) -> str:
    return "".join(part.text for part in parts)
