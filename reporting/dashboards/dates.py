"""Dates as sources give them, in words."""

from common.partial_dates import in_words

__all__ = ["in_words"]
