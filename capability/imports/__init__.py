"""Brings what others published into the tables, by natural key, as often as one likes."""

from collections.abc import Callable

from capability.imports.facts import load_csirts, load_indices, load_laws, load_strategies
from capability.imports.framework import (
    load_dimensions,
    load_editions,
    load_factors,
    load_indicators,
    load_sentences,
    load_threat_classes,
)
from capability.imports.levels import load_levels
from common.scope import PROGRAMME, scope
from documents.imports import load_sources
from documents.loading import Change
from member_states.imports import load_participations, load_readings, load_states

# In the order in which the rows need each other.
STEPS: dict[str, Callable[[], Change]] = {
    "sources": load_sources,
    "member states": load_states,
    "participation": load_participations,
    "readings of sources": load_readings,
    "editions": load_editions,
    "dimensions": load_dimensions,
    "factors": load_factors,
    "indicators": load_indicators,
    "stage sentences": load_sentences,
    "threat classes": load_threat_classes,
    "published levels": load_levels,
    "national CSIRTs": load_csirts,
    "national strategies": load_strategies,
    "laws": load_laws,
    "external indices": load_indices,
}


def load_reference() -> dict[str, Change]:
    """All of it or nothing, as the programme's own work."""
    with scope(PROGRAMME, page="load_reference"):
        return {name: step() for name, step in STEPS.items()}
