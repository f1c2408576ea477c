"""The days of agreements, in words and as exactly as they are known."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from partnerships.models import Agreement

Precision = Agreement.Precision


def in_words(day: date | None, precision: str = Precision.DAY) -> str:
    """12 February 2014; the week of 23 April 2015; August 2011; 2015; nothing without a day."""
    if day is None:
        return ""
    if precision == Precision.WEEK:
        return _("the week of %(day)s") % {"day": date_format(day, "DATE_FORMAT")}
    if precision == Precision.MONTH:
        return date_format(day, "YEAR_MONTH_FORMAT")
    return str(day.year) if precision == Precision.YEAR else date_format(day, "DATE_FORMAT")


def headline(agreement: Agreement) -> str:
    """Cooperation agreement, signed 12 February 2014 in Redmond."""
    words = {"kind": agreement.get_kind_display(), "day": in_words(agreement.concluded_on, agreement.precision)}
    if agreement.phase != Agreement.Phase.CONCLUDED:
        return words["kind"]
    if not words["day"]:
        return _("%(kind)s, date not stated") % words
    if agreement.kind == Agreement.Kind.CONTRIBUTION:
        return _("%(kind)s, announced %(day)s") % words
    if agreement.kind == Agreement.Kind.MEMBERSHIP:
        return _("%(kind)s since %(day)s") % words
    if agreement.place:
        return _("%(kind)s, signed %(day)s, %(place)s") % {**words, "place": agreement.place}
    return _("%(kind)s, signed %(day)s") % words
