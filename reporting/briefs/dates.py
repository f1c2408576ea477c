"""Dates that sources give in part: a year, a year and a month, or a day."""

from datetime import date

from django.utils.formats import date_format


def partial_date(given: str) -> str:
    """A year, a month of a year or a day, as the active language writes it; what is no date stays as it is."""
    try:
        if given.count("-") == 2:
            return date_format(date.fromisoformat(given))
        if given.count("-") == 1:
            return date_format(date.fromisoformat(f"{given}-01"), "YEAR_MONTH_FORMAT")
    except ValueError:
        pass
    return given
