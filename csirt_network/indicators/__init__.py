"""Indicators as people type and paste them: what kind they are, their one form, shown defanged, written as STIX 2.1.

A value may come defanged (`hxxps://bad[.]example`, `1.2.3[.]4`) and with its kind before it (`file: setup.zip`), which
decides where the eye cannot: a name like setup.zip is a domain as well.
"""

from csirt_network.indicators.defanged import defang, refang
from csirt_network.indicators.kinds import Kind, stix_pattern
from csirt_network.indicators.reading import (
    MOST_CHARACTERS,
    MOST_LINES,
    Indicator,
    Row,
    normalise,
    parse_lines,
    recognise,
)

__all__ = [
    "MOST_CHARACTERS",
    "MOST_LINES",
    "Indicator",
    "Kind",
    "Row",
    "defang",
    "normalise",
    "parse_lines",
    "recognise",
    "refang",
    "stix_pattern",
]
