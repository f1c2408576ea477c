"""The facts of agreements and partners on which sources differ, and the names of what they are about."""

from django.utils.translation import gettext_lazy as _

from documents import readings
from partnerships.models import Agreement, Audience, Partner


def register() -> None:
    readings.name_fact("agreement.kind", _("What kind of agreement it is"))
    readings.name_fact("agreement.signed-by", _("Who signed"))
    readings.name_fact("agreement.occasion", _("Name of the occasion"))
    readings.name_fact("agreement.aims", _("What it aims at"))
    readings.name_fact("agreement.how-many", _("How many agreements were signed"))
    readings.name_fact("agreement.site", _("Name and opening of the centre"))
    readings.name_fact("partner.what-it-is", _("What the partner is"))
    readings.name_subjects(names_of_subjects)


def names_of_subjects(subjects: set[str]) -> dict[str, str]:
    """Of what everybody may read: the page of sources is public."""
    agreements = Agreement.objects.filter(slug__in=_slugs(subjects, "agreement"), audience=Audience.PUBLIC)
    partners = Partner.objects.filter(slug__in=_slugs(subjects, "partner"), is_published=True)
    found = {subject_of(one): one.name for one in agreements}
    return found | {subject_of(one): one.name for one in partners}


def subject_of(thing: Agreement | Partner) -> str:
    return f"{thing._meta.model_name}:{thing.slug}"


def _slugs(subjects: set[str], kind: str) -> list[str]:
    return [subject.removeprefix(f"{kind}:") for subject in subjects if subject.startswith(f"{kind}:")]
