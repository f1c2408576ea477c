import json
from typing import Any

from django import template

register = template.Library()


@register.filter
def as_json(value: Any) -> str:
    """For an attribute: the template escapes it, so that it cannot end there."""
    return json.dumps(value)
