from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from common.scope import Reach, scope
from common.tlp import Tlp
from csirt_network.actions.library import Contents, add_item, publish_version
from csirt_network.models import LibraryItem, Recipient, Team
from tests.documents import corpus


def reach_for(origin: Team | None, by: User) -> Reach:
    """The scope in which `by` writes for a team, or for the programme."""
    return Reach(teams=(origin.pk,) if origin else (), person=by.pk, staff=origin is None, community=origin is not None)


def a_file(name: str = "guide.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, corpus.pdf(), "application/pdf")


def make_item(by: User, *, origin: Team | None = None, **facts: Any) -> LibraryItem:
    """Not published yet."""
    facts = {"kind": "guide", "title_en": "How to answer the telephone", **facts}
    with scope(reach_for(origin, by)):
        return add_item(item=LibraryItem(**facts), origin=origin, by=by)


def publish(
    item: LibraryItem, by: User, *chosen: Recipient, tlp: str = Tlp.CLEAR, contents: Contents | None = None, **more: Any
) -> LibraryItem:
    contents = contents or Contents(uploads={"en": a_file()})
    with scope(reach_for(item.from_team, by)):
        publish_version(item=item, tlp=tlp, chosen=list(chosen), contents=contents, by=by, **more)
        item.refresh_from_db()
    return item
