from partnerships.models.agreements import Agreement, AgreementInstrument, AgreementLink, Audience, Party
from partnerships.models.commitments import Commitment, CommitmentActivity, Delivery, DeliveryFile, DeliveryMove
from partnerships.models.contributions import Allocation, Contribution, ExchangeRate, Instalment
from partnerships.models.partners import Partner, PartnerContact
from partnerships.models.people import Appearance, NamedPerson

__all__ = [
    "Agreement",
    "AgreementInstrument",
    "AgreementLink",
    "Allocation",
    "Appearance",
    "Audience",
    "Commitment",
    "CommitmentActivity",
    "Contribution",
    "Delivery",
    "DeliveryFile",
    "DeliveryMove",
    "ExchangeRate",
    "Instalment",
    "NamedPerson",
    "Partner",
    "PartnerContact",
    "Party",
]
