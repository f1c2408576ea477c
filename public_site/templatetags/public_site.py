"""{% again "title" %}: a block of the page a second time, inside an attribute, for what its head says of it."""

from django import template
from django.template.context import Context
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.simple_tag(takes_context=True)
def again(context: Context, name: str) -> SafeString:
    """What the block holds of variables is escaped already; its own words may hold quotes."""
    block = context.render_context[BLOCK_CONTEXT_KEY].get_block(name)
    return mark_safe(block.render(context).strip().replace('"', "&quot;"))  # noqa: S308 - escaped when it was rendered
