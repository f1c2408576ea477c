"""What the head and the foot of a public page say of it: where it is in each language."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation

from public_site.addresses import absolute, is_public, route_of
from public_site.addresses import split as without_language
from public_site.pages import PAGES


@dataclass(frozen=True)
class PublicPage:
    """`path` names no language; `query` is what was asked of it."""

    path: str
    query: str
    is_found: bool

    @property
    def canonical(self) -> str:
        return absolute(translation.get_language() or settings.LANGUAGE_CODE, self.path)

    @property
    def alternates(self) -> list[tuple[str, str]]:
        every = [(code, absolute(code, self.path)) for code, _name in settings.LANGUAGES]
        return [*every, ("x-default", absolute(settings.LANGUAGE_CODE, self.path))]

    @property
    def ways(self) -> list[tuple[str, str, str]]:
        """Code, name and address of each language, with what was asked."""
        query = f"?{self.query}" if self.query else ""
        return [(code, name, f"/{code}{self.path}{query}") for code, name in settings.LANGUAGES]


def public_page(request: HttpRequest) -> PublicPage | None:
    """For visitors alone: whoever is signed in reads everything in the language of her profile."""
    name = route_of(request)
    if request.user.is_authenticated or not is_public(name):
        return None
    _language, path = without_language(request.path_info)
    return PublicPage(path, request.META.get("QUERY_STRING", ""), name in PAGES)


def for_templates(request: HttpRequest) -> dict[str, Any]:
    return {"public_page": public_page(request), "is_visitor": not request.user.is_authenticated}
