"""Dates that sources give in part: a year, a year and a month, or a day."""

from datetime import date

from django.utils.formats import date_format


def partial_date(given: str) -> str:
    """A year, a month of a year or a day, as the active language writes it; what is no date stays as it is."""
    parts = given.split("-")
    try:
        numbers = [int(part) for part in parts]
        if len(numbers) == 3:
            return date_format(date(*numbers))
        if len(numbers) == 2:
            return date_format(date(*numbers, 1), "YEAR_MONTH_FORMAT")
    except ValueError:
        pass
    return given
