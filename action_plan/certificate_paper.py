"""A certificate as PDF, in its language: made when it is read, the same bytes each time."""

from io import BytesIO
from pathlib import Path
from typing import Any

import qrcode
from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext
from qrcode.image.svg import SvgPathImage

from action_plan.models import Certificate
from common.paper.typeset import language_of, typeset

TEMPLATE = Path(__file__).with_name("certificate.typ")


def as_pdf(certificate: Certificate) -> bytes:
    with translation.override(certificate.language):
        return typeset(TEMPLATE, _told(certificate), certificate.issued_on)


def _told(certificate: Certificate) -> dict[str, Any]:
    address = settings.SITE_URL + certificate.get_absolute_url()
    hours = certificate.hours.normalize()
    about = {"hours": f"{hours:f}"}
    return {
        **language_of(certificate.language),
        "name": certificate.name,
        "title": certificate.title,
        "dates": _dates(certificate),
        "number": certificate.spelled,
        "address": address,
        "qr": qr_of(address),
        "is_sample": settings.TRIAL,
        "words": {
            "brand": gettext("OAS Cyber"),
            "programme": gettext("Cyber Security Program of the Organization of American States (CICTE)"),
            "sample": gettext("Sample figures"),
            "heading": gettext("Certificate of participation"),
            "certifies": gettext("The Cyber Security Program of the OAS certifies that"),
            "took_part": gettext("has taken part in the course"),
            "hours": ngettext("%(hours)s hour of training", "%(hours)s hours of training", int(hours)) % about,
            "issued": gettext("Issued on %(day)s") % {"day": date_format(certificate.issued_on)},
            "number": gettext("Number"),
            "verify": gettext("Whether this certificate is valid is said here:"),
            "code": gettext("Code that leads to the verification of this certificate"),
        },
    }


def _dates(certificate: Certificate) -> str:
    first, last = date_format(certificate.starts_on), date_format(certificate.ends_on)
    return first if first == last else gettext("%(first)s to %(last)s") % {"first": first, "last": last}


def qr_of(address: str) -> str:
    """As SVG, with the quiet zone of four modules that readers need."""
    drawn = BytesIO()
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=4, image_factory=SvgPathImage)
    code.add_data(address)
    code.make_image().save(drawn)
    return drawn.getvalue().decode()
