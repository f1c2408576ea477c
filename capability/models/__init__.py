from capability.models.answers import (
    Answer,
    AnswerDecision,
    Contributor,
    DraftAnswer,
    DraftContributor,
    DraftEvidence,
    Evidence,
)
from capability.models.facts import (
    CsirtStatus,
    ExternalIndex,
    Law,
    StrategyStatus,
    SupportRequest,
    ThreatLevel,
)
from capability.models.framework import (
    Dimension,
    Edition,
    Factor,
    Indicator,
    Stage,
    StageSentence,
    ThreatClass,
)
from capability.models.reviewing import ReviewAssignment, ReviewNote, SecondOpinion
from capability.models.sharing import SharingChange
from capability.models.strategies import StrategyConsultation, StrategyStep, StrategyVersion
from capability.models.updates import Extension, Round, Submission, Update, UpdateMove

__all__ = [
    "Answer",
    "AnswerDecision",
    "Contributor",
    "CsirtStatus",
    "Dimension",
    "DraftAnswer",
    "DraftContributor",
    "DraftEvidence",
    "Edition",
    "Evidence",
    "Extension",
    "ExternalIndex",
    "Factor",
    "Indicator",
    "Law",
    "ReviewAssignment",
    "ReviewNote",
    "Round",
    "SecondOpinion",
    "SharingChange",
    "Stage",
    "StageSentence",
    "StrategyConsultation",
    "StrategyStatus",
    "StrategyStep",
    "StrategyVersion",
    "Submission",
    "SupportRequest",
    "ThreatClass",
    "ThreatLevel",
    "Update",
    "UpdateMove",
]
