"""Writing for the library: an item, its versions, its withdrawal. Published versions are never changed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from common.tlp import UNLABELLED, Tlp, is_stricter
from csirt_network.actions.audiences import make_audience, settle
from csirt_network.actions.files import keep
from csirt_network.models import LibraryFile, LibraryItem, LibraryVersion, Recipient, Team
from csirt_network.models.library import LANGUAGES


class EditedMeanwhile(Exception):
    """Somebody saved the item since it was opened: nothing was changed."""


class LabelLowered(Exception):
    """A lower label needs a reason."""


class NothingToPublish(Exception):
    """A version has a file or a link in one language at least."""


@dataclass(frozen=True)
class Contents:
    """A version by language: an upload or a link. A language not named keeps what it had, unless left out."""

    uploads: Mapping[str, Any] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)
    left_out: Iterable[str] = ()


@transaction.atomic
def add_item(*, item: LibraryItem, origin: Team | None, by: Any) -> LibraryItem:
    """Keeps a new item, which only its team, or the programme, sees until its first version is out."""
    item.audience = make_audience(origin=origin, chosen=[], by=by)
    item.from_team, item.with_programme, item.author, item.tlp = origin, origin is None, by, UNLABELLED
    item.save()
    return item


@transaction.atomic
def change_item(*, item: LibraryItem, fields: Iterable[str], by: Any) -> None:
    """Saves what describes the item, as it stands in `item`. Raises EditedMeanwhile."""
    held = LibraryItem.objects.filter(pk=item.pk, edited=item.edited)
    if not held.update(edited=F("edited") + 1, **{name: getattr(item, name) for name in fields}):
        raise EditedMeanwhile


@transaction.atomic
def publish_version(
    *,
    item: LibraryItem,
    tlp: str,
    chosen: list[Recipient],
    contents: Contents,
    by: Any,
    changes: str = "",
    lowered_because: str = "",
) -> LibraryVersion:
    """The next version, under a label that is the item's from now on, for readers who are worked out anew.

    Raises LabelLowered when the label falls without a reason, NothingToPublish without any file, and documents'
    Refused for a file that cannot be kept.
    """
    item = LibraryItem.objects.select_for_update().get(pk=item.pk)
    is_lower = item.published_at is not None and is_stricter(item.tlp, than=tlp)
    if is_lower and not lowered_because.strip():
        raise LabelLowered
    version = LibraryVersion.objects.create(
        item=item,
        number=item.latest + 1,
        tlp=tlp,
        changes=changes,
        lowered_because=lowered_because.strip() if is_lower else "",
        by=by,
    )
    languages = _fill(version, contents)
    if not languages:
        raise NothingToPublish
    _let_out(item, version, chosen, languages)
    return version


def _fill(version: LibraryVersion, contents: Contents) -> list[str]:
    """The languages it has, in the order of the house."""
    before = LibraryFile.objects.filter(item=version.item, version__number=version.number - 1)
    earlier = {file.language: file for file in before}
    filled = [code for code, _name in LANGUAGES if _fill_one(version, code, contents, earlier.get(code))]
    return filled


def _fill_one(version: LibraryVersion, language: str, contents: Contents, before: LibraryFile | None) -> bool:
    file = LibraryFile(item=version.item, version=version, language=language)
    if upload := contents.uploads.get(language):
        keep(file, upload=upload)
    elif link := contents.links.get(language):
        file.link = link
        file.save()
    elif before and language not in contents.left_out:
        _carry_over(file, before)
    else:
        return False
    return True


def _carry_over(file: LibraryFile, before: LibraryFile) -> None:
    """The same content under a row of its own: what is kept is never changed, so both may stand on it."""
    for name in ("name", "media_type", "size", "sha256", "content", "link"):
        setattr(file, name, getattr(before, name))
    file.save()


def _let_out(item: LibraryItem, version: LibraryVersion, chosen: list[Recipient], languages: list[str]) -> None:
    now = datetime.now(UTC)
    audience = make_audience(origin=item.from_team, chosen=chosen if _is_addressed(version.tlp) else [], by=version.by)
    found = settle(audience, tlp=version.tlp, author=version.by)
    item.audience, item.tlp, item.latest, item.languages = audience, version.tlp, version.number, languages
    item.with_programme = item.from_team is None or found.with_programme
    item.updated_at, item.published_at = now, item.published_at or now
    item.save(
        update_fields=["audience", "tlp", "latest", "languages", "with_programme", "updated_at", "published_at"],
    )


def _is_addressed(tlp: str) -> bool:
    """Under CLEAR and GREEN the label alone says who reads."""
    return tlp not in (Tlp.CLEAR, Tlp.GREEN)


@transaction.atomic
def withdraw(*, item: LibraryItem, because: str, by: Any) -> None:
    """Takes it out of the library: its page says so and why, and its files are served no more."""
    standing = LibraryItem.objects.filter(pk=item.pk, withdrawn_at=None)
    standing.update(withdrawn_at=datetime.now(UTC), withdrawn_because=because.strip())
