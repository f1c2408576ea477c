"""{% component "pill" status="accepted" %}: components/pill.html with these values and nothing else, kept once made.

For small parts that a page repeats by the hundred, and only for those whose words follow from their values and the
language: nothing of the request, of today's date or of a time zone. Everything else is an `include`.
"""

from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.template.loader import get_template
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

register = template.Library()


@register.simple_tag
def component(component_name: str, **values: Any) -> SafeString:
    """Values are numbers and texts. A text marked safe is another value than the same text unmarked.

    A name with a slash stands for a template of its own, without the suffix: "capability/review_head".
    """
    path = component_name if "/" in component_name else f"components/{component_name}"
    make = _made if settings.DEBUG else _kept
    said = [str(value) if isinstance(value, Promise) else value for value in values.values()]
    return make(f"{path}.html", get_language(), tuple(values), *said)


def _made(template_name: str, language: str | None, names: tuple[str, ...], *values: Any) -> SafeString:
    return mark_safe(get_template(template_name).render(dict(zip(names, values, strict=True))))  # noqa: S308


_kept = lru_cache(maxsize=4096, typed=True)(_made)
