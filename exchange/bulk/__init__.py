"""Files with many objects, read line by line: tables, bundles of STIX 2.1, events of MISP. Nothing here is kept."""

from exchange.bulk.lines import Line, Terms
from exchange.bulk.telling import read

__all__ = ["Line", "Terms", "read"]
