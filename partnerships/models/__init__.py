from partnerships.models.agreements import Agreement, AgreementInstrument, AgreementLink, Audience, Party
from partnerships.models.partners import Partner, PartnerContact
from partnerships.models.people import Appearance, NamedPerson

__all__ = [
    "Agreement",
    "AgreementInstrument",
    "AgreementLink",
    "Appearance",
    "Audience",
    "NamedPerson",
    "Partner",
    "PartnerContact",
    "Party",
]
