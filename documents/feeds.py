"""What each source feeds: every table whose rows name a source, and what apps above say of theirs.

also(_("published stages"), published_answers, "update__edition__source_id")   # in AppConfig.ready
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from django.db.models import Count, QuerySet
from django.utils.functional import Promise

from documents.models import Source


class Feed(NamedTuple):
    name: str | Promise
    rows: Callable[[Any], QuerySet[Any]]
    column: str


_more: dict[str, Feed] = {}


def also(name: str | Promise, rows: Callable[[Any], QuerySet[Any]], column: str) -> None:
    """`rows(user)` are those the reader may see; `column` leads from them to the id of the source."""
    _more[column] = Feed(name, rows, column)


def counted(user: Any) -> dict[int, list[tuple[str | Promise, int]]]:
    """Per source: the name of the records taken from it, and how many of them the reader may see."""
    found = defaultdict(list)
    for feed in (*_tables(), *_more.values()):
        rows = feed.rows(user).filter(**{f"{feed.column}__isnull": False}).order_by()
        for source, number in rows.values_list(feed.column).annotate(number=Count("pk")):
            found[source].append((feed.name, number))
    return found


def _tables() -> Iterator[Feed]:
    links: list[Any] = [link for link in Source._meta.get_fields(include_hidden=True) if link.one_to_many]
    for link in sorted(links, key=lambda link: link.related_model._meta.label):
        model = link.related_model
        yield Feed(model._meta.verbose_name_plural, model.objects.visible_to, link.field.attname)
