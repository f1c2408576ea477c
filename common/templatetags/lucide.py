"""The tag of the icon set, with each drawing made once: the package copies and writes an XML tree for every use.

It answers to the package's own name, `{% load lucide %}`; the package is therefore no app of the settings.
"""

from functools import lru_cache

from django import template
from django.utils.safestring import SafeString, mark_safe
from lucide.templatetags.lucide import lucide as drawn

register = template.Library()


@register.simple_tag
def lucide(name: str, *, size: int | None = 24, **attributes: object) -> SafeString:
    return _icon(str(name), size, **{key: str(value) for key, value in attributes.items()})


@lru_cache(maxsize=1024)
def _icon(name: str, size: int | None, **attributes: str) -> SafeString:
    return mark_safe(drawn(name, size=size, **attributes))  # noqa: S308 - written by an XML library
