"""The TLP 2.0 label of a brief: as wide as the state shares, never wider than the narrowest row in it."""

from collections.abc import Iterable

from django.utils.translation import gettext

NARROWEST_FIRST = ("programme", "states", "public")
LABELS = {"programme": "TLP:AMBER+STRICT", "states": "TLP:GREEN", "public": "TLP:CLEAR"}


def audience_of(sharing: str, audiences: Iterable[str]) -> str:
    return min((sharing, *audiences), key=NARROWEST_FIRST.index)


def who_may_read(audience: str) -> str:
    sentences = {
        "programme": gettext("For the state and the programme’s staff. Do not pass it on outside your organisation."),
        "states": gettext("For the member states. Share it with peers and partners, never in public."),
        "public": gettext("May be shared without limit."),
    }
    return sentences[audience]
