"""{% component "pill" status="accepted" %}: components/pill.html with these values and nothing else, kept once made.

For small parts that a page repeats by the hundred, and only for those whose words follow from their values, the
language, and whether addresses name it: nothing of the request, of today's date or of a time zone. Everything else is
an `include`.
"""

from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.template.base import FilterExpression, Node, Parser, Token, token_kwargs
from django.template.loader import get_template
from django.urls import get_script_prefix
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

register = template.Library()


@register.tag
def component(parser: Parser, token: Token) -> "Component":
    """A name with a slash stands for a template elsewhere, without its suffix: "capability/review_head"."""
    _, quoted, *pairs = token.split_contents()
    values = token_kwargs(pairs, parser)
    if quoted[0] not in "\"'" or quoted[0] != quoted[-1] or pairs:
        raise template.TemplateSyntaxError('Write it as {% component "name" one=value another=value %}.')
    name = quoted[1:-1]
    return Component(f"{name}.html" if "/" in name else f"components/{name}.html", values)


class Component(Node):
    def __init__(self, template_name: str, values: dict[str, FilterExpression]) -> None:
        self.template_name, self.names, self.values = template_name, tuple(values), tuple(values.values())

    def render(self, context: template.Context) -> SafeString:
        return made(self.template_name, self.names, [value.resolve(context) for value in self.values])


def made(template_name: str, names: tuple[str, ...], values: list[Any]) -> SafeString:
    """Values are numbers and texts. A text marked safe is another value than the same text unmarked."""
    make = _made if settings.DEBUG else _kept
    said = [str(value) if isinstance(value, Promise) else value for value in values]
    return make(template_name, get_language(), get_script_prefix(), names, *said)


def _made(template_name: str, _language: str | None, _under: str, names: tuple[str, ...], *values: Any) -> SafeString:
    markup = get_template(template_name).render(dict(zip(names, values, strict=True)))
    return mark_safe(markup)  # noqa: S308 - a template of ours escaped what is in it


_kept = lru_cache(maxsize=4096, typed=True)(_made)
