"""Partners are entered by officers, corrected, and published: from then on everybody reads of them."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.text import slugify
from django.utils.translation import gettext as _

from partnerships.models import Partner
from review.actions import Refused

RESERVED = {"new"}


@transaction.atomic
def add_partner(*, partner: Partner, by: Any) -> Partner:
    """Known to the programme's staff until it is published."""
    partner.slug = _free_slug(partner.name_en)
    partner.save(force_insert=True)
    return partner


@transaction.atomic
def change_partner(*, partner: Partner, fields: Iterable[str], by: Any) -> None:
    """`partner.edited` is the version that was opened. Refused when a colleague saved another one meanwhile."""
    held = Partner.objects.filter(pk=partner.pk, edited=partner.edited)
    if not held.update(edited=F("edited") + 1, **{name: getattr(partner, name) for name in fields}):
        raise Refused(_("A colleague saved this partner meanwhile. Open it again, and enter your change anew."))


@transaction.atomic
def publish_partner(*, partner: Partner, is_published: bool, by: Any) -> None:
    Partner.objects.filter(pk=partner.pk).update(is_published=is_published)


def _free_slug(name: str) -> str:
    stem = slugify(name)[:70] or "partner"
    taken = {*Partner.objects.filter(slug__startswith=stem).values_list("slug", flat=True), *RESERVED}
    numbered = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
    return stem if stem not in taken else next(slug for slug in numbered if slug not in taken)
