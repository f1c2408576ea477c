"""What briefs of all states share: the model and the figures of the region. Read once for many briefs."""

from dataclasses import dataclass

from capability.models import Dimension, Edition, Factor
from capability.regional import Figures, figures
from documents.models import Source


@dataclass(frozen=True)
class Frame:
    """`baseline` is the source of the published levels that stages are read from where a state gave no answer."""

    edition: Edition
    dimensions: tuple[tuple[Dimension, tuple[Factor, ...]], ...]
    region: Figures
    baseline: Source | None

    @property
    def factors(self) -> list[Factor]:
        return [factor for _dimension, factors in self.dimensions for factor in factors]


def frame() -> Frame:
    """Figures of the region follow the scope: call it in that of a state, so that no single answer shows through."""
    edition = Edition.objects.select_related("source").get(is_rated_by_states=True)
    factors = list(
        Factor.objects.filter(dimension__edition=edition)
        .select_related("dimension")
        .order_by("dimension__position", "position")
    )
    members: dict[Dimension, list[Factor]] = {}
    for factor in factors:
        members.setdefault(factor.dimension, []).append(factor)
    earlier = Edition.objects.filter(year__lt=edition.year).select_related("source").order_by("-year").first()
    return Frame(
        edition=edition,
        dimensions=tuple((dimension, tuple(group)) for dimension, group in members.items()),
        region=figures(edition.year, factors),
        baseline=earlier.source if earlier else None,
    )
