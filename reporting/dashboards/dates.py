"""Dates as sources give them: a year, a year and a month, or a day."""

from datetime import date

from django.utils.formats import date_format


def in_words(partial: str) -> str:
    """2019, May 2019 or 3 May 2019; what is no date is shown as it stands."""
    parts = partial.split("-")
    try:
        day = date(*(int(part) for part in [*parts, "1", "1"][:3]))
    except ValueError:
        return partial
    if len(parts) == 1:
        return parts[0]
    return date_format(day, "YEAR_MONTH_FORMAT" if len(parts) == 2 else "DATE_FORMAT")
