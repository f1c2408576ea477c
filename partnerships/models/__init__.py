from partnerships.models.agreement_parts import AgreementActivity, AgreementFile, AgreementMove, Amendment, Standing
from partnerships.models.agreements import Agreement, AgreementInstrument, AgreementLink, Audience, Party
from partnerships.models.commitments import Commitment, CommitmentActivity, Delivery, DeliveryFile, DeliveryMove
from partnerships.models.contributions import Allocation, Contribution, ExchangeRate, Instalment
from partnerships.models.operation_parts import (
    Custody,
    Exhibit,
    LogEntry,
    OperationAction,
    OperationAlert,
    OperationFigure,
)
from partnerships.models.operations import (
    CompartmentChange,
    Line,
    Operation,
    OperationMove,
    OperationPartner,
    OperationPerson,
    OperationState,
)
from partnerships.models.partners import Partner, PartnerContact
from partnerships.models.people import Appearance, NamedPerson

__all__ = [
    "Agreement",
    "AgreementActivity",
    "AgreementFile",
    "AgreementInstrument",
    "AgreementLink",
    "AgreementMove",
    "Allocation",
    "Amendment",
    "Appearance",
    "Audience",
    "Commitment",
    "CommitmentActivity",
    "CompartmentChange",
    "Contribution",
    "Custody",
    "Delivery",
    "DeliveryFile",
    "DeliveryMove",
    "ExchangeRate",
    "Exhibit",
    "Instalment",
    "Line",
    "LogEntry",
    "NamedPerson",
    "Operation",
    "OperationAction",
    "OperationAlert",
    "OperationFigure",
    "OperationMove",
    "OperationPartner",
    "OperationPerson",
    "OperationState",
    "Partner",
    "PartnerContact",
    "Party",
    "Standing",
]
