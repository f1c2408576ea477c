"""What a reviewer should look at twice: each hint is a sentence and the row of the page that caused it."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from capability.models import Answer, Evidence


class Hint(NamedTuple):
    text: str
    anchor: str  # the id of what caused it, in templates/capability/review_sides.html


def hints_of(answer: Answer, last: Answer | None) -> list[Hint]:
    """`last` is the last accepted answer of the same edition; the evidence of both is prefetched."""
    key = answer.question.replace(".", "-")
    proofs = list(answer.evidence.all())
    return [*_of_stage(answer, last, key, proofs), *_of_proof(answer, last, key, proofs)]


def rise_of(answer: Answer, last: Answer | None) -> int | None:
    """Stages up or down since the last accepted answer."""
    if last is None or last.stage is None or answer.stage is None:
        return None
    return answer.stage - last.stage


def _of_stage(answer: Answer, last: Answer | None, key: str, proofs: list[Evidence]) -> Iterator[Hint]:
    rise = rise_of(answer, last) or 0
    if rise >= 2 and last:
        said = {"n": rise, "before": last.stage, "after": answer.stage}
        yield Hint(_("The stage rises by %(n)s at once, from %(before)s to %(after)s.") % said, f"{key}-stage")
    if rise > 0 and not proofs:
        words = ngettext(
            "Stage rises by %(n)s and has no document or link.",
            "Stage rises by %(n)s and has no document or link.",
            rise,
        )
        yield Hint(words % {"n": rise}, f"{key}-proofs")
    if rise and last and last.text.strip() == answer.text.strip():
        yield Hint(_("The stage moved, and the text says what it said last time."), f"{key}-text")


def _of_proof(answer: Answer, last: Answer | None, key: str, proofs: list[Evidence]) -> Iterator[Hint]:
    if proofs and not any(proof.file_id for proof in proofs):
        for place, proof in enumerate(proofs, start=1):
            if not proof.link.lower().startswith("https://"):
                yield Hint(_("The only proof is a link, and it does not begin with https."), f"{key}-proof-{place}")
    if answer.is_changed and last and proofs and _contents(proofs) <= _contents(last.evidence.all()):
        yield Hint(_("The answer changed, and all its proof is from last time."), f"{key}-proofs")


def _contents(proofs: Iterable[Evidence]) -> set[tuple[int | None, str]]:
    return {(proof.file_id, proof.link) for proof in proofs}
